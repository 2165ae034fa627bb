import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../kernel/clock.ts';
import {
  ES,
  floorRule,
  NQ,
  order,
  position,
  ProtectedAccount,
  protectionSettings,
  readingAt,
  sessionAt,
  stamp,
  WALL,
  type Said,
} from '../../../testing/protection-world.ts';
import type { Stamp } from '../../desk/fact.ts';
import type { TradingDay } from '../../session/trading-day.ts';
import { classOf, holdingOf } from './bypass.ts';
import { keptOf, protectionStateFrom } from './kept-protection.ts';
import { NO_LOCKS, type Lock } from './lock.ts';
import type { ProtectionAction, ProtectionOutcome } from './outcome.ts';
import { protect } from './protect.ts';
import type { ProtectionEvent, ProtectionInput } from './protection-event.ts';
import { startProtection, type ProtectionState } from './protection-state.ts';
import { calendarTime } from './time-trust.ts';

const HOUR = 3_600_000;

const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(value, { maxLength: 2 });
const said: fc.Arbitrary<Said> = fc.record({
  equity: fc.constantFrom(50_000, 49_950, 49_000, 48_800, 48_690, 47_900, 0, null),
  second: fc.constantFrom(null, 50_000, 48_800, 48_690, 47_900),
  brokerRoom: fc.constantFrom(null, 2_000, 650, 0),
  isConnected: fc.constantFrom(true, true, true, false),
  positions: fc.oneof(
    fc.constant(null),
    fc.constantFrom(-2, 1, 3).map((quantity) => [position(quantity)]),
    fc.constant([position(1), position(-1, { instrument: NQ })]),
    fc.constant([]),
  ),
  orders: some(
    fc.record({ id: fc.constantFrom('a', 'b', 'c'), quantity: fc.constantFrom(-3, -1, 1, 2) }),
  ).map((orders) =>
    [...new Map(orders.map((one) => [one.id, one])).values()].map(({ id, quantity }) =>
      order(id, quantity, id === 'c' ? NQ : ES),
    ),
  ),
});

/** What may happen at an instant; a reading is made with the instant's own time. */
type Happening = (ms: number) => ProtectionEvent;

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 8, arbitrary: said.map((one) => (ms: number) => readingAt(ms, one)) },
  fc.constant(() => ({ kind: 'resumed' }) as const),
  fc.constant((ms: number) => ({ kind: 'market', at: (WALL + ms) as EpochMs }) as const),
  fc
    .constantFrom('proven' as const, 'unproven' as const)
    .map((outcome) => () => ({ kind: 'flatten-ended', outcome }) as const),
  fc.constant(() => ({ kind: 'lock-asked', reason: 'A pause.', until: null }) as const),
  fc
    .constantFrom('trader', 'own:trailing', 'rule:trailing', 'bypass')
    .map((lock) => () => ({ kind: 'unlock-asked', lock, reason: 'Please.' }) as const),
  fc.constant(() => ({
    kind: 'deadlines' as const,
    deadlines: [
      {
        id: 'flat-by',
        day: '2026-11-18' as TradingDay,
        at: (WALL + HOUR) as EpochMs,
        endsAt: (WALL + 4 * HOUR) as EpochMs,
        instruments: null,
        acts: true,
      },
    ],
  })),
  fc.record({ id: fc.constantFrom('f', 'g'), before: fc.constantFrom(null, 0, 1) }).map(
    ({ id, before }) =>
      () =>
        ({
          kind: 'fill',
          fill: { id, orderId: 'a', instrument: ES, quantity: 1, before },
        }) as const,
  ),
);

const instant = fc.record({
  after: fc.oneof(fc.integer({ min: 1, max: 600 }), fc.constantFrom(5_000, HOUR, 9 * HOUR)),
  wallMoved: fc.constantFrom(0, 0, 0, 24 * HOUR, -24 * HOUR),
  happenings: fc.array(happening, { maxLength: 3 }),
  /** A start of the app before it, with the locks of the store as they were or of an older store. */
  start: fc.constantFrom(null, null, null, null, null, null, 'intact' as const, 'older' as const),
});
const history = fc.array(instant, { minLength: 1, maxLength: 25 });
const settings = fc
  .constantFrom('observe' as const, 'guard' as const, 'protect' as const, 'protect' as const)
  .map((level) => protectionSettings({ standing: { ...protectionSettings().standing, level } }));

interface Moment {
  readonly ms: number;
  readonly isStart: boolean;
  readonly before: ProtectionState;
  readonly input: ProtectionInput;
  readonly outcome: ProtectionOutcome;
}

type Instant = typeof instant extends fc.Arbitrary<infer T> ? T : never;

/** Every moment of a history, from a restored account on. */
function play(steps: readonly Instant[], by = protectionSettings()): readonly Moment[] {
  const moments: Moment[] = [];
  let state = startProtection(new ProtectedAccount().state.account, null, stamp(0));
  let last = stamp(0);
  let ms = 0;
  for (const { after, wallMoved, happenings, start } of [FIRST, ...steps]) {
    ms += after;
    const at = stamp(ms, wallMoved);
    const events = happenings.map((make) => make(ms));
    if (start !== null) {
      const book = start === 'intact' ? state.book : NO_LOCKS;
      events.push({ kind: 'restored', book, isKept: true });
      state = started(state, last, at);
    }
    const input = { at, session: sessionAt(calendarTime(state, at)), events };
    const outcome = protect(state, input, by);
    moments.push({ ms, isStart: start !== null, before: state, input, outcome });
    ({ state } = outcome);
    last = at;
  }
  return moments;
}

function started(state: ProtectionState, last: Stamp, at: Stamp): ProtectionState {
  const kept: unknown = JSON.parse(JSON.stringify(keptOf(state, last)));
  const next = protectionStateFrom(kept, at);
  if (!next.ok) throw new Error(next.error.code);
  return next.value;
}

const FIRST: Instant = { after: 1, wallMoved: 0, happenings: [], start: 'intact' };

describe('in every reachable state', () => {
  it('no reducing order is cancelled while its position is open, and no exit is asked to wait', () => {
    fc.assert(
      fc.property(history, settings, (steps, by) => {
        for (const { outcome } of play(steps, by)) {
          const { state, actions } = outcome;
          for (const action of actions) expect(isHarmless(action, state)).toBe(true);
        }
      }),
    );
  });

  it('a lock goes only by its own end, or comes to an earlier one only by a permitted wish', () => {
    fc.assert(
      fc.property(history, settings, (steps, by) => {
        for (const { before, input, outcome } of play(steps, by)) {
          for (const lock of before.book.locks) {
            const after = outcome.state.book.locks.find(({ id }) => id === lock.id);
            if (after === undefined) expect(hasPassed(lock, input)).toBe(true);
            else if (isEarlier(after, lock)) expect(isWished(lock, input)).toBe(true);
          }
        }
      }),
    );
  });

  it('the counter of the locks rises with every change and is given out to be kept', () => {
    fc.assert(
      fc.property(history, settings, (steps, by) => {
        for (const { before, outcome } of play(steps, by).slice(1)) {
          const isChanged =
            JSON.stringify(before.book.locks) !== JSON.stringify(outcome.state.book.locks);
          const kept = outcome.actions.filter(({ kind }) => kind === 'keep-locks');
          expect(outcome.state.book.counter > before.book.counter).toBe(kept.length === 1);
          if (isChanged) expect(kept).toHaveLength(1);
        }
      }),
    );
  });

  it('a flatten of the account is asked for once until it has ended', () => {
    fc.assert(
      fc.property(history, (steps) => {
        let isAsked = false;
        for (const { input, outcome, isStart } of play(steps)) {
          if (isStart || input.events.some(({ kind }) => kind === 'flatten-ended')) isAsked = false;
          const asked = outcome.actions.filter(isAccountFlatten).length;
          expect(asked).toBeLessThanOrEqual(isAsked ? 0 : 1);
          isAsked ||= asked > 0;
        }
      }),
    );
  });

  it('at the level observe nothing is done', () => {
    const observe = protectionSettings();
    const by = { ...observe, standing: { ...observe.standing, level: 'observe' as const } };
    const isOwn = ({ kind }: ProtectionAction) =>
      ['flatten', 'cancel-entries', 'reduce-excess'].includes(kind);
    fc.assert(
      fc.property(history, (steps) => {
        expect(play(steps, by).flatMap(({ outcome }) => outcome.actions.filter(isOwn))).toEqual([]);
      }),
    );
  });

  it('the wake-up time lies ahead', () => {
    fc.assert(
      fc.property(history, settings, (steps, by) => {
        for (const { input, outcome } of play(steps, by)) {
          if (outcome.wakeAt !== null) expect(outcome.wakeAt).toBeGreaterThan(input.at.mono);
        }
      }),
    );
  });

  it('nothing changes by time alone before the wake-up time', () => {
    fc.assert(
      fc.property(
        history,
        settings,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (steps, by, part) => {
          const last = play(steps.map(inTime), by).at(-1)!;
          const { state, wakeAt } = last.outcome;
          const ahead =
            wakeAt === null ? 20_000 : Math.min(20_000, wakeAt - last.input.at.mono - 1);
          const at = stamp(last.ms + Math.floor(ahead * part));
          const input = { at, session: sessionAt(calendarTime(state, at)), events: [] };
          const { actions, figure, gate } = protect(state, input, by);
          expect({ actions, figure, gate }).toEqual({
            actions: [],
            figure: last.outcome.figure,
            gate: last.outcome.gate,
          });
        },
      ),
    );
  });
});

describe('the same history', () => {
  it('gives the same bytes again, also through text', () => {
    fc.assert(
      fc.property(history, settings, (steps, by) => {
        const moments = play(steps, by);
        let state = moments[0]!.before;
        for (const { before, input, outcome, isStart } of moments) {
          if (isStart) state = before;
          const again = protect(JSON.parse(JSON.stringify(state)) as ProtectionState, input, by);
          expect(JSON.stringify(again)).toBe(JSON.stringify(outcome));
          ({ state } = again);
        }
      }),
    );
  });

  it('gives the same in whatever order the events of an instant arrived', () => {
    fc.assert(
      fc.property(history, settings, (steps, by) => {
        for (const { before, input, outcome } of play(steps, by)) {
          const turned = { ...input, events: input.events.toReversed() };
          expect(protect(before, turned, by)).toEqual(outcome);
        }
      }),
    );
  });

  it('is kept and read back whole at every moment', () => {
    fc.assert(
      fc.property(history, settings, (steps, by) => {
        for (const { input, outcome } of play(steps, by)) {
          const kept = keptOf(outcome.state, input.at);
          const read = protectionStateFrom(JSON.parse(JSON.stringify(kept)), input.at);
          expect(read.ok && keptOf(read.value, input.at)).toEqual(kept);
        }
      }),
    );
  });
});

describe('a breach that stands', () => {
  it('is acted on within 250 ms, whatever was said before', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const last = play(steps).at(-1)!;
        let { state } = last.outcome;
        const actions: ProtectionAction[] = [];
        for (let late = 1; late <= 251; late += 25) {
          const ms = last.ms + late;
          const at = stamp(ms);
          const breach = { equity: 47_000, positions: [position(2)], rules: [floorRule(-1_000)] };
          const session = sessionAt(calendarTime(state, at));
          const input = { at, session, events: [readingAt(ms, breach)] };
          const outcome = protect(state, input, protectionSettings());
          actions.push(...outcome.actions);
          ({ state } = outcome);
        }
        const isOnTheWay = last.outcome.state.flatten.kind !== 'none';
        expect(isOnTheWay || actions.some(isAccountFlatten)).toBe(true);
        expect(state.book.locks.some(({ id }) => id === 'rule:trailing')).toBe(true);
      }),
    );
  });
});

/** A clock that is put right within an instant changes the day that the instant was told. */
function inTime(one: Instant): Instant {
  return { ...one, wallMoved: 0 };
}

function isAccountFlatten(action: ProtectionAction): boolean {
  return action.kind === 'flatten' && action.instruments === null;
}

/** Cancels only what would open or add, and closes only what is held, never more. */
function isHarmless(action: ProtectionAction, { positions, orders }: ProtectionState): boolean {
  if (positions === null)
    return action.kind !== 'cancel-entries' && action.kind !== 'reduce-excess';
  const held = holdingOf(positions);
  if (action.kind === 'cancel-entries') {
    return action.orders.every((id) => {
      const found = orders.find((one) => one.id === id);
      return found !== undefined && classOf(found, held[found.instrument] ?? 0) === 'entry';
    });
  }
  if (action.kind !== 'reduce-excess') return true;
  const quantity = held[action.instrument] ?? 0;
  const isSameSide = action.keep === 0 || Math.sign(action.keep) === Math.sign(quantity);
  return isSameSide && Math.abs(action.keep) < Math.abs(quantity);
}

/** By both the true time of the test and the instant that the lock names. */
function hasPassed({ end }: Lock, { at }: ProtectionInput): boolean {
  const truth = WALL + (at.mono - stamp(0).mono);
  if (end.kind === 'open') return false;
  const instantOf = end.kind === 'instant' ? end.at : end.opensAt;
  return instantOf !== null && truth >= instantOf - 120_000;
}

function isEarlier(after: Lock, before: Lock): boolean {
  return after.loosening !== null && before.loosening === null;
}

function isWished({ id }: Lock, { events }: ProtectionInput): boolean {
  return events.some((event) => event.kind === 'unlock-asked' && event.lock === id);
}
