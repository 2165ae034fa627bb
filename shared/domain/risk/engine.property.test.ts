import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../kernel/clock.ts';
import { money } from '../money/money.ts';
import { closedToday } from './book.ts';
import { decide } from './decision.ts';
import {
  openAccount,
  step,
  verdictsOf,
  type Outcome,
  type RiskRules,
  type RiskState,
} from './engine.ts';
import type { RiskEvent } from './event.ts';
import { eventBody, history, oneInstant, payoutBody } from '../../testing/risk-events.ts';
import { everyRule, freshOpening, LOSS_RULES, rulesOf } from '../../testing/risk-rules.ts';
import { LOT } from './rule-parts.ts';
import { rank, type Verdict } from './verdict.ts';

const lossRules = rulesOf(LOSS_RULES);

function take(rules: RiskRules, state: RiskState, event: RiskEvent): Outcome {
  const taken = step(rules, state, event);
  if (!taken.ok) throw new Error(`${taken.error.code} for ${JSON.stringify(event)}`);
  return taken.value;
}

function outcomes(rules: RiskRules, events: readonly RiskEvent[]): readonly Outcome[] {
  let state = openAccount(rules, freshOpening);
  return events.map((event) => {
    const outcome = take(rules, state, event);
    ({ state } = outcome);
    return outcome;
  });
}

function stateAfter(rules: RiskRules, events: readonly RiskEvent[]): RiskState {
  return outcomes(rules, events).at(-1)?.state ?? openAccount(rules, freshOpening);
}

function later(state: RiskState, ms: number): EpochMs {
  return (state.book.at + ms) as EpochMs;
}

function markAt(at: EpochMs, equity: number): RiskEvent {
  const balance = money(equity);
  return {
    ...{ kind: 'mark', at, balance, open: money(0), fees: money(0), quality: 'fresh' },
    ...{ high: null, low: null, worstTrade: null },
  };
}

function numbersIn(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(numbersIn);
}

const byRule = (verdicts: readonly Verdict[]) => new Map(verdicts.map((one) => [one.rule, one]));

function begunUnknown(): RiskEvent[] {
  const at = openAccount(everyRule, freshOpening).book.at;
  const roll = { role: 'day', day: '2026-11-19', dayKind: 'full', balance: null } as const;
  return [
    { kind: 'figures-lost', at: (at + 1) as EpochMs },
    {
      kind: 'cash',
      at: (at + 2) as EpochMs,
      reason: 'payout',
      amount: money(-10_000),
      balance: null,
    },
    { kind: 'clock', at: (at + 3) as EpochMs, ...roll },
  ];
}

describe('the rule engine, for every history', () => {
  it('never lowers a trailing floor', () => {
    fc.assert(
      fc.property(history, (events) => {
        const floors = outcomes(lossRules, events).map(({ verdicts }) =>
          verdicts.slice(0, 2).map(({ readings }) => Number(readings['F']?.value)),
        );
        for (const [index, after] of floors.entries()) {
          const before = floors[index - 1] ?? after;
          after.forEach((floor, rule) => expect(floor).toBeGreaterThanOrEqual(before[rule] ?? NaN));
        }
      }),
    );
  });

  it('never relaxes a loss rule because of a further loss', () => {
    const equity = fc.integer({ min: 460_000_000, max: 540_000_000 });
    const loss = fc.integer({ min: 1, max: 30_000_000 });
    fc.assert(
      fc.property(history, equity, loss, (events, level, further) => {
        const state = stateAfter(lossRules, events);
        const at = later(state, 1);
        const before = byRule(take(lossRules, state, markAt(at, level)).verdicts);
        const after = take(lossRules, state, markAt(at, level - further)).verdicts;
        for (const { rule, severity } of after) {
          expect(rank(severity)).toBeGreaterThanOrEqual(rank(before.get(rule)?.severity ?? 'ok'));
        }
      }),
    );
  });

  it('keeps a failed account failed and a lock locked until its own end', () => {
    fc.assert(
      fc.property(history, eventBody, (events, body) => {
        const state = stateAfter(everyRule, events);
        const event = body(later(state, 1));
        const next = take(everyRule, state, event).state;
        everyRule.rulebook.rules.forEach((rule, index) => {
          const [before, after] = [state.rules[index], next.rules[index]];
          if ((before?.failure ?? null) !== null) expect(after?.failure).toEqual(before?.failure);
          const lock = before?.lock ?? null;
          if (lock === null) return;
          const isReset = event.kind === 'clock' && event.role !== 'snapshot';
          const isOver = lock.isTimed && lock.until !== null && event.at >= lock.until;
          if (isReset || isOver) return;
          const until = after?.lock?.until ?? null;
          const isLonger =
            lock.isTimed && lock.until !== null && until !== null && until > lock.until;
          // A new cause during a pause makes it longer; nothing makes it shorter.
          expect(after?.lock, rule.id).toEqual(isLonger ? { ...lock, until } : lock);
        });
      }),
    );
  });

  it('allows no size whose stop reaches the floor', () => {
    const proposals = fc.record({
      stopTicks: fc.integer({ min: 1, max: 200 }),
      tickValue: fc.constantFrom(125_000, 50_000, 12_500, 5_000, 156_250).map(money),
      fees: fc.integer({ min: 0, max: 100_000 }).map(money),
    });
    fc.assert(
      fc.property(history, proposals, (events, given) => {
        const last = outcomes(lossRules, events).at(-1);
        if (last === undefined) return;
        const decision = decide(lossRules.rulebook, last.verdicts, money(0), {
          root: 'ES',
          ...given,
        });
        const size = decision.maxContracts ?? 0;
        const risk = size * (given.stopTicks * given.tickValue + given.fees);
        if (size > 0) expect(risk).toBeLessThan(decision.allowedLoss ?? -1);
        for (const { isRoom, left } of last.verdicts) {
          if (size > 0 && isRoom && left !== null) expect(risk).toBeLessThan(left);
        }
      }),
    );
  });

  it('allows no size beyond a cap, working entries counted', () => {
    const trade = { stopTicks: 1, tickValue: money(1), fees: money(0) };
    fc.assert(
      fc.property(history, fc.constantFrom('ES', 'MES'), (events, root) => {
        const last = outcomes(everyRule, events).at(-1);
        if (last === undefined) return;
        const { rulebook } = everyRule;
        const { maxContracts } = decide(rulebook, last.verdicts, money(0), { root, ...trade });
        const left = last.verdicts.find(({ rule }) => rule === 'cap')?.left ?? 0;
        const weight = root === 'ES' ? LOT : LOT / 10;
        if ((maxContracts ?? 0) > 0) expect((maxContracts ?? 0) * weight).toBeLessThanOrEqual(left);
      }),
    );
  });

  it('gives one verdict for the facts of one instant in any order of arrival', () => {
    fc.assert(
      fc.property(history, oneInstant, fc.array(fc.nat()), (events, bodies, picks) => {
        const state = stateAfter(everyRule, events);
        const facts = bodies.map((body) => body(later(state, 1)));
        const shuffled = facts
          .map((fact, index) => ({ fact, key: picks[index] ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ fact }) => fact)
          .reverse();
        const last = (order: readonly RiskEvent[]) =>
          order.reduce<Outcome | null>(
            (outcome, fact) => take(everyRule, outcome?.state ?? state, fact),
            null,
          );
        expect(last(shuffled)).toEqual(last(facts));
      }),
    );
  });

  it("leaves the day's result alone when a payout is made", () => {
    fc.assert(
      fc.property(history, payoutBody, (events, body) => {
        const state = stateAfter(everyRule, events);
        const { state: paid, verdicts } = take(everyRule, state, body(later(state, 1)));
        expect(closedToday(paid.book)).toBe(closedToday(state.book));
        const results = (list: readonly Verdict[]) =>
          list
            .filter(({ kind }) => kind === 'daily-loss' || kind === 'period-loss')
            .map(({ readings }) => readings['PnL']);
        const idle = take(everyRule, state, { kind: 'tick', at: later(state, 1) });
        expect(results(verdicts)).toEqual(results(idle.verdicts));
      }),
    );
  });

  it('gives the same verdicts byte for byte when the events are replayed', () => {
    fc.assert(
      fc.property(history, (events) => {
        const text = () => JSON.stringify(outcomes(everyRule, events));
        expect(text()).toBe(text());
        const copied = JSON.parse(JSON.stringify(stateAfter(everyRule, events))) as RiskState;
        expect(copied).toEqual(stateAfter(everyRule, events));
      }),
    );
  });

  it('goes on from a stored state as if it had never been stored', () => {
    fc.assert(
      fc.property(history, fc.nat(), (events, cut) => {
        const whole = outcomes(everyRule, events);
        const index = events.length === 0 ? 0 : cut % events.length;
        const kept = JSON.stringify(stateAfter(everyRule, events.slice(0, index)));
        let state = JSON.parse(kept) as RiskState;
        const rest = events.slice(index).map((event) => {
          const outcome = take(everyRule, state, event);
          ({ state } = outcome);
          return outcome;
        });
        expect(JSON.stringify(rest)).toBe(JSON.stringify(whole.slice(index)));
      }),
    );
  });

  it('tells of a state by itself what it told when the state came about', () => {
    fc.assert(
      fc.property(history, (events) => {
        const last = outcomes(everyRule, events).at(-1);
        if (last !== undefined) expect(verdictsOf(everyRule, last.state)).toEqual(last.verdicts);
      }),
    );
  });

  it('knows after an absence without trades what it would have known if it had watched', () => {
    const roles = fc.array(fc.constantFrom('snapshot', 'day', 'week'), { maxLength: 4 });
    fc.assert(
      fc.property(history, roles, fc.boolean(), (events, struck, isSeen) => {
        const begun = stateAfter(everyRule, events);
        const level = begun.book.figures.balance ?? 500_000_000;
        let at = begun.book.at;
        const next = () => (at = (at + 1_000) as EpochMs);
        const clocks = () =>
          struck.map((role) => ({
            ...({ kind: 'clock', at: next(), role, day: '2026-11-20' } as const),
            ...({ dayKind: 'full', balance: null } as const),
          }));
        const course = (isWatched: boolean): readonly RiskEvent[] => {
          ({ at } = begun.book);
          return [
            { kind: 'exposure', at: next(), positions: [], orders: [] },
            markAt(next(), level),
            { kind: isWatched ? 'tick' : 'figures-lost', at: next() },
            ...clocks(),
            // The figures may be told again before anybody knows that nothing was traded.
            isSeen || isWatched ? markAt(next(), level) : { kind: 'tick', at: next() },
            { kind: isWatched ? 'tick' : 'nothing-traded', at: next(), balance: money(level) },
            markAt(next(), level),
          ];
        };
        const told = (list: readonly RiskEvent[]) => {
          let last = take(everyRule, begun, { kind: 'tick', at: begun.book.at });
          for (const event of list) last = take(everyRule, last.state, event);
          return { verdicts: last.verdicts, days: last.state.book.days };
        };
        expect(told(course(false))).toEqual(told(course(true)));
      }),
      // A day of which nobody knows what it began with is under way when the absence begins.
      { examples: [[begunUnknown(), [], false]] },
    );
  });

  it('holds and tells nothing but safe integers', () => {
    fc.assert(
      fc.property(history, (events) => {
        const last = outcomes(everyRule, events).at(-1);
        expect(numbersIn(last).every((value) => Number.isSafeInteger(value))).toBe(true);
      }),
    );
  });

  it('refuses what is no figure and what comes too late, and stays as it was', () => {
    const state = openAccount(everyRule, freshOpening);
    const at = later(state, 1);
    for (const broken of [NaN, Infinity, 0.5, 2e12]) {
      const event = { ...markAt(at, 0), open: broken } as RiskEvent;
      expect(step(everyRule, state, event)).toEqual({
        ok: false,
        error: { code: 'FIGURE_OUT_OF_RANGE', field: 'open' },
      });
    }
    const early = { kind: 'tick', at: later(state, -1) } as const;
    expect(step(everyRule, state, early)).toMatchObject({ error: { code: 'OUT_OF_ORDER' } });
  });
});
