import fc from 'fast-check';
import type { EpochMs } from '../kernel/clock.ts';
import type { Stamp } from '../domain/desk/fact.ts';
import { keptOf, protectionStateFrom } from '../domain/risk/protection/kept-protection.ts';
import { NO_LOCKS } from '../domain/risk/protection/lock.ts';
import type { ProtectionOutcome } from '../domain/risk/protection/outcome.ts';
import { protect } from '../domain/risk/protection/protect.ts';
import type {
  ProtectionEvent,
  ProtectionInput,
} from '../domain/risk/protection/protection-event.ts';
import {
  startProtection,
  type ProtectionState,
} from '../domain/risk/protection/protection-state.ts';
import { calendarTime } from '../domain/risk/protection/time-trust.ts';
import type { LiveOrder, OpenPosition } from '../domain/risk/protection/account-reading.ts';
import { classOf, holdingOf } from '../domain/risk/protection/bypass.ts';
import { capExcess } from '../domain/risk/feed/cap-excess.ts';
import { lotsOf, worstExposure } from '../domain/risk/lots.ts';
import type { ContractWeights, Lots } from '../domain/risk/rule-parts.ts';
import type { TradingDay } from '../domain/session/trading-day.ts';
import {
  ACCOUNT,
  capRule,
  ES,
  floorRule,
  NQ,
  order,
  position,
  protectionSettings,
  readingAt,
  sessionAt,
  sizeCap,
  stamp,
  START_EQUITY,
  WALL,
  type Said,
} from './protection-world.ts';

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

/** Said under a cap of so many minis that closes entries; null is none. */
export function underCap(one: Said, minis: number | null): Said {
  const { equity = START_EQUITY, positions = [], orders = [] } = one;
  const floor = floorRule(equity === null ? null : equity - 48_000);
  if (minis === null) return { ...one, rules: [floor] };
  const { most, weights } = sizeCap(minis);
  const isOver = worstLoad(positions ?? [], orders, weights) > most;
  const excess = capExcess(positions ?? [], weights, most);
  return { ...one, rules: isOver ? [floor, capRule(minis, { excess })] : [floor] };
}

/** The most that can be held with every order filled that can open something. */
export function worstLoad(
  positions: readonly OpenPosition[],
  orders: readonly LiveOrder[],
  weights: ContractWeights,
): Lots {
  const holding = holdingOf(positions);
  const working = orders.map((one) => {
    const { instrument, root, quantity } = one;
    return { root, quantity, isExit: classOf(one, holding[instrument] ?? 0) === 'reducing' };
  });
  return lotsOf(worstExposure(positions, working), weights);
}

/** What may happen at an instant; a reading is made with the instant's own time. */
type Happening = (ms: number) => ProtectionEvent;

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(said, fc.constantFrom(null, null, 1, 3)).map(
      ([one, minis]) =>
        (ms: number) =>
          readingAt(ms, underCap(one, minis)),
    ),
  },
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
/** A history of an account with lost connections, moved clocks and starts in it. */
export const history = fc.array(instant, { minLength: 1, maxLength: 25 });
/** Settings at every level, most of them at the highest. */
export const levels = fc
  .constantFrom('observe' as const, 'guard' as const, 'protect' as const, 'protect' as const)
  .map((level) => protectionSettings({ standing: { ...protectionSettings().standing, level } }));

export interface Moment {
  readonly ms: number;
  readonly isStart: boolean;
  readonly before: ProtectionState;
  readonly input: ProtectionInput;
  readonly outcome: ProtectionOutcome;
}

export type Instant = typeof instant extends fc.Arbitrary<infer T> ? T : never;

/** Every moment of a history, from a restored account on. */
export function play(steps: readonly Instant[], by = protectionSettings()): readonly Moment[] {
  const moments: Moment[] = [];
  let state = startProtection(ACCOUNT, null, stamp(0));
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
