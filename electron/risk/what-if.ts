import { money } from '../../shared/domain/money/money.ts';
import type { DeskState } from '../../shared/domain/desk/state.ts';
import type { Instrument, InstrumentName } from '../../shared/domain/instrument/instrument.ts';
import { decide } from '../../shared/domain/risk/decision.ts';
import { step } from '../../shared/domain/risk/engine.ts';
import { isOwnRule } from '../../shared/domain/risk/rule-parts.ts';
import type { RiskEvent } from '../../shared/domain/risk/event.ts';
import { exposureOf, rootOf } from '../../shared/domain/risk/feed/exposure.ts';
import type { OpenPosition } from '../../shared/domain/risk/protection/account-reading.ts';
import { ownLimits } from '../../shared/domain/risk/protection/rule-judging.ts';
import type { Verdict } from '../../shared/domain/risk/verdict.ts';
import type { WhatIfQuestion, WhatIfView } from '../../shared/protocol/ipc/risk-calls.ts';
import type { AccountGuard } from './account-guard.ts';
import { ruleTitle } from './rule-titles.ts';

/** The answer where nothing is known. */
export function unknownWhatIf(message: string): WhatIfView {
  return {
    ...{ loss: null, room: null, left: null, ownLeft: null, maxContracts: null },
    ...{ binding: null, bindingTitle: '', outcome: 'unknown', message },
  };
}

/** What a size and an adverse move would come to; changes nothing. */
export function whatIf(
  guard: AccountGuard,
  desk: DeskState,
  { instrument: name, quantity, ticks }: WhatIfQuestion,
): WhatIfView {
  const instrument = desk.instruments.get(name as InstrumentName);
  const account = desk.accounts.get(guard.account);
  if (instrument === undefined || account === undefined) {
    return unknownWhatIf("The contract's terms are not known.");
  }
  const { rules, verdicts } = {
    rules: guard.engine.rules.engine,
    verdicts: guard.engine.verdicts(),
  };
  const held = account.positions.get(instrument.name)?.position?.quantity ?? 0;
  const size = held + quantity;
  const loss = money(Math.abs(size) * ticks * instrument.tickValue);
  const after = tried(guard, desk, { name: instrument.name, size, loss });
  if (after === null) return unknownWhatIf('The figures of the account are not known.');
  const before = decide(rules.rulebook, verdicts, money(0), null);
  const then = decide(rules.rulebook, after, money(0), null);
  const root = rootOf(desk, instrument.name);
  const proposal = { root, stopTicks: ticks, tickValue: instrument.tickValue, fees: money(0) };
  const { maxContracts } = decide(rules.rulebook, verdicts, money(0), proposal);
  const bound = after.find(({ rule }) => rule === then.binding) ?? null;
  const positions = heldAfter(guard, instrument, size);
  const own = ownLimits({ ...guard.protection(), positions }, guard.settings());
  const known = own.flatMap((limit) => (limit.kind === 'known' ? [limit.left - loss] : []));
  const ownLeft = own.length === 0 || known.length < own.length ? null : Math.min(...known);
  return {
    loss,
    room: before.allowedLoss,
    left: bound?.left ?? null,
    ownLeft,
    binding: then.binding,
    bindingTitle: bound === null ? '' : ruleTitle(bound),
    maxContracts,
    ...outcomeOf(verdicts, after, { ownLeft, closed: closedTo(guard, held, size) }),
  };
}

/** What would be open, for the part of the own limit that is kept for slippage. */
function heldAfter(
  guard: AccountGuard,
  { name, root, tickValue }: Instrument,
  quantity: number,
): readonly OpenPosition[] | null {
  const { positions } = guard.protection();
  if (positions === null) return null;
  const others = positions.filter(({ instrument }) => instrument !== name);
  if (quantity === 0) return others;
  const adverseTicks = guard.adverseTicks(name);
  return [...others, { instrument: name, root, quantity, tickValue, adverseTicks }];
}

/** Exits are always free. */
function isExit(held: number, size: number): boolean {
  return Math.abs(size) <= Math.abs(held) && size * held >= 0;
}

/** Why an entry is cancelled whatever its size; an empty text where it is not. */
function closedTo(guard: AccountGuard, held: number, size: number): string | null {
  if (isExit(held, size)) return null;
  return guard.protection().book.locks[0]?.reason ?? '';
}

function tried(
  guard: AccountGuard,
  desk: DeskState,
  wish: { readonly name: InstrumentName; readonly size: number; readonly loss: number },
): readonly Verdict[] | null {
  const state = guard.engine.state();
  const account = desk.accounts.get(guard.account);
  const { balance, open, fees } = state.book.figures;
  if (account === undefined || balance === null || open === null) return null;
  const root = rootOf(desk, wish.name);
  const exposure = exposureOf(desk, account, state.book.at);
  const others = exposure.positions.filter((one) => one.root !== root);
  const positions =
    wish.size === 0 ? others : [...others, { root, quantity: wish.size, stopped: 0 }];
  const events: readonly RiskEvent[] = [
    { ...exposure, positions },
    {
      ...{ kind: 'mark', at: state.book.at, balance, open: money(open - wish.loss), fees },
      ...{ high: null, low: null, worstTrade: null, quality: 'fresh' },
    },
  ];
  let verdicts: readonly Verdict[] | null = null;
  let next = { ...state, instant: [] };
  for (const event of events) {
    const taken = step(guard.engine.rules.engine, next, {
      ...event,
      at: (next.book.at + 1) as typeof event.at,
    });
    if (!taken.ok) return null;
    next = { ...taken.value.state, instant: [] };
    verdicts = taken.value.verdicts;
  }
  return verdicts;
}

function outcomeOf(
  before: readonly Verdict[],
  after: readonly Verdict[],
  // `closed` is null for an exit.
  { ownLeft, closed }: { readonly ownLeft: number | null; readonly closed: string | null },
): Pick<WhatIfView, 'outcome' | 'message'> {
  const broken = after.filter(isBroken);
  const firms = broken.find(({ rule }) => !isOwnRule(rule));
  if (firms !== undefined) {
    return { outcome: 'breach', message: `${ruleTitle(firms)} would be broken.` };
  }
  const own = broken.find(({ rule }) => !before.some((one) => one.rule === rule && isBroken(one)));
  if (own !== undefined && (closed ?? '') === '') {
    const message = `Your own rule "${ruleTitle(own)}" would be broken.`;
    return { outcome: 'overOwnLimit', message };
  }
  const by = [...before, ...after].find(({ closesEntries }) => closesEntries)?.reason ?? '';
  const why = closed === null || closed !== '' ? closed : by;
  if (why !== null && why !== '') return { outcome: 'refused', message: why };
  const unknown = after.find(({ isRoom, severity }) => isRoom && severity === 'unknown');
  if (unknown !== undefined) return { outcome: 'unknown', message: unknown.reason };
  if (ownLeft === null) return { outcome: 'unknown', message: 'Your own limit is not known now.' };
  if (ownLeft <= 0) {
    return { outcome: 'overOwnLimit', message: 'Your own limit would be used up: the desk acts.' };
  }
  return { outcome: 'within', message: 'Every limit on losses and size would be kept.' };
}

function isBroken({ effect, severity }: Verdict): boolean {
  return severity === 'breach' && (effect === 'hard' || effect === 'soft' || effect === 'lock');
}
