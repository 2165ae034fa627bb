import type { Random } from '../../../../../shared/simulation/random.ts';
import type { StepArguments } from '../ninjatrader-host.ts';
import type { Held, Happening } from './trial.ts';

/** Who and what a trial is about; the rest of it is drawn. */
export interface Cast {
  readonly account: string;
  /** A connection that no other trial uses. */
  readonly ownLine: string;
  readonly instrument: string;
  readonly second: string;
  /** A contract that no other trial trades, so that its price may move. */
  readonly ownContract: string;
}

/** What makes a kind of trial differ from a bracketed position that is closed in peace. */
export interface Twist {
  readonly faults?: StepArguments;
  readonly faultsFrom?: 'entry' | 'press';
  readonly entries?: readonly StepArguments[];
  readonly held?: Held | null;
  readonly happenings?: readonly Happening[];
  readonly presses?: readonly number[];
  readonly instruments?: readonly [string, ...string[]];
  readonly scope?: 'account' | 'instrument';
  readonly needsOwnLine?: boolean;
}

export type Kind = (random: Random, cast: Cast) => Twist;

const BRACKET_TICKS = 40;
/** The price of everything that does not move. */
const PRICE = 6_000;
const PRICE_TICK = 0.25;
const OIL_PRICE = 71;
const OIL_TICK = 0.01;

/** A market order with a bracket and what it comes to. */
export function position(
  random: Random,
  { account, instrument }: Pick<Cast, 'account' | 'instrument'>,
): { readonly entries: readonly StepArguments[]; readonly held: Held } {
  const quantity = random.int(1, 5);
  const isLong = random.chance(0.5);
  const action = isLong ? 'Buy' : 'SellShort';
  const bracket = { stopTicks: BRACKET_TICKS, targetTicks: BRACKET_TICKS };
  return {
    entries: [{ account, instrument, action, quantity, name: 'Entry', bracket }],
    held: { quantity: isLong ? quantity : -quantity, liveOrders: 2 },
  };
}

function later(afterMs: number, step: string, given: StepArguments): Happening {
  return { afterMs, step, given };
}

function limitOrder(cast: Cast, action: string, ticks: number): StepArguments {
  const { account, instrument } = cast;
  const limit = PRICE + ticks * PRICE_TICK;
  return { account, instrument, action, quantity: 1, type: 'Limit', limit, name: 'Resting' };
}

/** Nothing is asked of the host after the press, so these can also be tried in the midst of any disruption. */
export const QUIET_KINDS = {
  plain: () => ({}),
  nothingOpen: () => ({ entries: [], held: { quantity: 0, liveOrders: 0 } }),
  fillDuringCancel: (random) => ({ faults: { fillInFlight: random.int(1, 2) } }),
  slowCancel: (random) => ({ faults: { cancel: 'slow', cancelMs: random.int(1_000, 4_900) } }),
  verySlowCancel: (random) => ({ faults: { cancel: 'slow', cancelMs: random.int(5_000, 9_000) } }),
  slowCancelWithFill: (random) => ({
    faults: { cancel: 'slow', cancelMs: random.int(100, 6_000), fillInFlight: 1 },
  }),
  cancelNever: () => ({ faults: { cancel: 'never' } }),
  closeRejectedOnce: () => ({ faults: { rejectClose: 1 } }),
  closeRejectedThrice: () => ({ faults: { rejectClose: 3 } }),
  closeRejectedAlways: () => ({ faults: { rejectClose: -1 } }),
  orphanLeg: (random) => ({ faults: { orphanLeg: true, fillInFlight: random.int(0, 1) } }),
  lateBracket: (random) => ({
    faults: { lateBracket: random.int(1, 2), lateBracketMs: random.int(20, 9_500) },
  }),
  reenters: (random) => ({
    faults: {
      reenter: random.int(1, 2),
      reenterMs: random.int(5, 3_000),
      reenterQuantity: random.int(1, 3),
    },
  }),
  keepsReentering: (random) => ({
    faults: { reenter: -1, reenterMs: random.int(20, 2_500), reenterQuantity: random.int(1, 3) },
  }),
  positionLate: (random) => ({
    faults: { position: 'late', positionMs: random.int(100, 900) },
  }),
  positionVeryLate: (random) => ({
    faults: { position: 'late', positionMs: random.int(1_000, 4_000) },
  }),
  positionLateWithFill: (random) => ({
    faults: { position: 'late', positionMs: random.int(100, 4_000), fillInFlight: 1 },
  }),
  positionLost: () => ({ faults: { position: 'lost' } }),
  positionLies: (random) => ({
    faults: { position: 'lying', positionShows: random.chance(0.6) ? 0 : random.int(-3, 3) },
    faultsFrom: random.chance(0.5) ? 'entry' : 'press',
    held: null,
  }),
  executionDropped: () => ({ faults: { execution: 'dropped' } }),
  executionReplayed: () => ({ faults: { execution: 'replayed' } }),
  positionFirst: () => ({ faults: { positionFirst: true }, faultsFrom: 'entry' }),
  eventsInsideSubmit: () => ({ faults: { eventsInsideSubmit: true }, faultsFrom: 'entry' }),
  partialFills: (random) => ({
    faults: { fillCap: 1, fillEveryMs: random.int(10, 1_500) },
  }),
  partialFillsLate: (random) => ({
    faults: { fillCap: 1, fillEveryMs: random.int(10, 400), position: 'late', positionMs: 600 },
  }),
  stopsHeld: (random) => ({
    faults: { stops: random.pick(['accepted', 'triggerPending']) },
    faultsFrom: 'entry',
  }),
  silentPlatform: () => ({ faults: { silent: true } }),
  pressDuringFill: (random, cast) => ({
    ...position(random, cast),
    held: null,
    faults: random.chance(0.3) ? { position: 'late', positionMs: random.int(50, 2_000) } : {},
    faultsFrom: 'entry',
  }),
  entriesOnBothSides: (random, cast) => {
    const side = position(random, cast);
    const resting = [limitOrder(cast, 'Buy', -20), limitOrder(cast, 'SellShort', 30)];
    return {
      entries: [...resting, ...side.entries],
      held: { quantity: side.held.quantity, liveOrders: 4 },
      faults: random.chance(0.4) ? { fillInFlight: random.int(1, 3) } : {},
    };
  },
  oneContractOfTwo: (random, cast) => {
    const [first, second] = [
      position(random, cast),
      position(random, { ...cast, instrument: cast.second }),
    ];
    return {
      entries: [...first.entries, ...second.entries],
      held: { quantity: first.held.quantity + second.held.quantity, liveOrders: 4 },
      instruments: [cast.instrument, cast.second],
      scope: 'instrument',
      faults: random.chance(0.4) ? { fillInFlight: 1 } : {},
    };
  },
} satisfies Readonly<Record<string, Kind>>;

/** Something happens after the press. */
const BUSY_KINDS = {
  lineLost: (random, cast) => {
    const lostAt = random.int(0, 2_500);
    const [step, extra] = random.pick<[string, StepArguments]>([
      ['loseConnection', {}],
      ['disconnect', { error: 'LogOnFailed' }],
    ]);
    const faults = { cancel: 'slow', cancelMs: random.int(50, 3_000) };
    return {
      needsOwnLine: true,
      faults: random.chance(0.5) ? faults : { unknownAfterReconnect: random.chance(0.5) },
      happenings: [
        later(lostAt, step, { connection: cast.ownLine, ...extra }),
        later(lostAt + random.int(300, 7_000), 'connect', { connection: cast.ownLine }),
      ],
    };
  },
  lineLostForGood: (random, cast) => ({
    needsOwnLine: true,
    faults: { cancel: 'slow', cancelMs: random.int(500, 3_000) },
    happenings: [later(random.int(0, 400), 'loseConnection', { connection: cast.ownLine })],
  }),
  lineLostInWatch: (random, cast) => {
    const lostAt = random.int(2_000, 9_000);
    return {
      needsOwnLine: true,
      happenings: [
        later(lostAt, 'loseConnection', { connection: cast.ownLine }),
        later(lostAt + random.int(200, 4_000), 'connect', { connection: cast.ownLine }),
      ],
    };
  },
  reversedByTrader: (random, cast) => {
    const { account, instrument } = cast;
    const side = position(random, cast);
    const action = side.held.quantity > 0 ? 'SellShort' : 'Buy';
    const quantity = Math.abs(side.held.quantity) * 2;
    const order = { account, instrument, action, quantity, name: 'Reversal' };
    return { ...side, happenings: [later(random.int(0, 60), 'submit', order)] };
  },
  entryAfterPress: (random, cast) => {
    const { account, instrument } = cast;
    const by = random.pick(['trader', 'strategy']);
    const action = random.pick(['Buy', 'SellShort']);
    const market = { account, instrument, action, quantity: random.int(1, 3), name: 'Late entry' };
    const order = random.chance(0.5) ? market : limitOrder(cast, 'Buy', -random.int(4, 20));
    return { happenings: [later(random.int(0, 9_500), 'submit', { ...order, by })] };
  },
  pressedAgain: (random) => ({
    presses: [random.int(0, 200), random.int(200, 6_000), random.int(6_000, 12_000)],
    faults: random.chance(0.5) ? { cancel: 'slow', cancelMs: random.int(500, 6_000) } : {},
  }),
  stopHitDuringCancel: (random, cast) => {
    const instrument = cast.ownContract;
    const side = position(random, { ...cast, instrument });
    const adverse = side.held.quantity > 0 ? -1 : 1;
    const jump = adverse * (BRACKET_TICKS + 10) * OIL_TICK;
    const last = Math.round((OIL_PRICE + jump) * 100) / 100;
    return {
      ...side,
      instruments: [instrument],
      faults: { cancelConfirmMs: random.int(5, 400), rejectClose: random.int(0, 2) },
      happenings: [later(random.int(0, 120), 'setPrice', { instrument, last })],
    };
  },
} satisfies Readonly<Record<string, Kind>>;

export const KINDS: Readonly<Record<string, Kind>> = { ...QUIET_KINDS, ...BUSY_KINDS };
