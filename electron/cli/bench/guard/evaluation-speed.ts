import type { EpochMs, MonoMs } from '../../../../shared/kernel/clock.ts';
import type { AccountName } from '../../../../shared/domain/account/account.ts';
import type { InstrumentName } from '../../../../shared/domain/instrument/instrument.ts';
import { money, ZERO_MONEY, type Money } from '../../../../shared/domain/money/money.ts';
import { decide } from '../../../../shared/domain/risk/decision.ts';
import { openAccount, step, type RiskRules } from '../../../../shared/domain/risk/engine.ts';
import type { RiskEvent } from '../../../../shared/domain/risk/event.ts';
import { exchangeCalendar } from '../../../../shared/domain/risk/exchange-calendar.ts';
import { summariesOf } from '../../../../shared/domain/risk/feed/summaries.ts';
import type { AccountReading } from '../../../../shared/domain/risk/protection/account-reading.ts';
import { NO_LOCKS } from '../../../../shared/domain/risk/protection/lock.ts';
import { protect } from '../../../../shared/domain/risk/protection/protect.ts';
import { startProtection } from '../../../../shared/domain/risk/protection/protection-state.ts';
import { sessionFacts } from '../../../../shared/domain/risk/protection/session-facts.ts';
import {
  PROTECTION_DEFAULTS,
  type ProtectionSettings,
} from '../../../../shared/domain/risk/protection/settings.ts';
import { DEFAULT_LADDER, type Verdict } from '../../../../shared/domain/risk/verdict.ts';
import { randomFrom } from '../../../../shared/simulation/random.ts';
import type { PackLibrary } from '../../../risk/pack-library.ts';
import { rulebookOf } from '../../../risk/pack-rules/rulebook.ts';
import type { TrialTemplate } from './breach-draw.ts';

const ROOT = 'ES';
/** A Wednesday morning in the middle of a session. */
const FROM = Date.UTC(2026, 10, 18, 15) as EpochMs;
const APART_MS = 20;
const TICK_VALUE = money(125_000);
const INSTRUMENT = 'ES 12-26' as InstrumentName;
const HELD = [{ instrument: INSTRUMENT, root: ROOT, quantity: 1 }];
const SETTINGS: ProtectionSettings = {
  ...PROTECTION_DEFAULTS,
  standing: {
    level: 'protect',
    mode: 'test',
    accountKind: 'simulation',
    isLiveEnabled: false,
    automation: 'allowed',
    insists: false,
  },
};

/** What a shipped template's rules are evaluated with. */
export function rulesFor(library: PackLibrary, { id }: TrialTemplate): RiskRules {
  const found = library.find(id);
  if (found === null) throw new Error(`There is no ${id}.`);
  const { pack, template, merged } = found;
  const { sources } = pack;
  const { rules } = merged;
  const terms = { template, sources, rules, calendarRoot: ROOT, hasDailyLimit: false };
  const made = rulebookOf(terms);
  if (!made.ok) throw new Error(`${id} has no start.`);
  return {
    rulebook: made.value.book,
    calendar: exchangeCalendar(ROOT),
    ladder: DEFAULT_LADDER,
  };
}

/**
 * Judges an account that wanders by so many marks: rules, decision and protection. Gives how often an evaluation
 * came to any verdicts, so that nothing of it can be left out.
 */
export function evaluate(rules: RiskRules, start: Money, marks: number): number {
  const random = randomFrom('evaluation');
  const session = sessionFacts(ROOT, FROM);
  let state = openAccount(rules, {
    ...{ at: FROM, balance: start, dayReference: start, isFresh: true, peaks: {}, references: {} },
  });
  let protection = startProtection('Sim101' as AccountName, null, {
    wall: FROM,
    mono: 0 as MonoMs,
  });
  let judged = 0;
  let ticks = 0;
  for (let n = 1; n <= marks; n += 1) {
    const at = { wall: (FROM + n * APART_MS) as EpochMs, mono: (n * APART_MS) as MonoMs };
    // Never so far that anything is locked: an account that stands still is judged faster.
    ticks = Math.max(-10, Math.min(10, ticks + random.int(-1, 1)));
    const open = money(ticks * TICK_VALUE);
    const taken = step(rules, state, markAt(at.wall, start, open));
    if (!taken.ok) throw new Error(taken.error.code);
    state = taken.value.state;
    const { verdicts } = taken.value;
    if (decide(rules.rulebook, verdicts, ZERO_MONEY, null).binding !== null) judged += 1;
    const restored = n === 1 ? [{ kind: 'restored', book: NO_LOCKS, isKept: true } as const] : [];
    const events = [...restored, readingAt(at.mono, { start, open, rules, verdicts })];
    protection = protect(protection, { at, session, events }, SETTINGS).state;
  }
  return judged;
}

function markAt(at: EpochMs, balance: Money, open: Money): RiskEvent {
  return {
    ...{ kind: 'mark', at, balance, open, fees: ZERO_MONEY, high: null, low: null },
    ...{ worstTrade: null, quality: 'fresh' },
  };
}

function readingAt(
  heardAt: MonoMs,
  {
    start,
    open,
    rules,
    verdicts,
  }: {
    readonly start: Money;
    readonly open: Money;
    readonly rules: RiskRules;
    readonly verdicts: readonly Verdict[];
  },
) {
  const figure = (value: Money | null) => ({ value, heardAt });
  const position = { instrument: INSTRUMENT, root: ROOT, quantity: 1, tickValue: TICK_VALUE };
  const reading: AccountReading = {
    isConnected: true,
    equity: figure(money(start + open)),
    balance: figure(start),
    open: figure(open),
    second: { ...figure(money(start + open)), isIndependent: true },
    brokerRoom: figure(null),
    positions: [{ ...position, adverseTicks: null }],
    orders: [],
  };
  return { kind: 'reading', reading, rules: summariesOf(rules.rulebook, verdicts, HELD) } as const;
}
