import type { Fault } from '../../../../shared/simulation/faults/fault-script.ts';
import { randomFrom, type Random } from '../../../../shared/simulation/random.ts';
import type { ScopeView } from '../../../../shared/protocol/ipc/views.ts';

/** One flatten under faults; everything in it follows from its seed. */
export interface Scenario {
  readonly seed: string;
  readonly accounts: readonly string[];
  readonly instruments: readonly string[];
  readonly scope: ScopeView;
  readonly faults: readonly Fault[];
  /** Virtual time of the press. */
  readonly pressAtMs: number;
  /** The app is killed this long after the press and started again two seconds later; null: it is not. */
  readonly appKilledAfterMs: number | null;
}

type Always = { readonly forMs: number | null };
type FaultMaker = (
  random: Random,
  timing: { atMs: number; on: 'flatten' | 'start' } & Always,
) => Fault;

const line = { direction: 'both', types: [] } as const;
const everyone = { accounts: [] } as const;

/** Every kind of fault that the simulation knows, with the strengths drawn. */
const FAULTS: readonly [FaultMaker, ...FaultMaker[]] = [
  (random, timing) => ({
    kind: 'drop',
    ...line,
    ...timing,
    probability: 0.01 + random.next() * 0.3,
  }),
  (random, timing) => ({ kind: 'duplicate', ...line, ...timing, probability: random.next() * 0.5 }),
  (random, timing) => ({
    kind: 'reorder',
    ...line,
    ...timing,
    probability: random.next() * 0.3,
    minMs: 0,
    maxMs: 50,
  }),
  (random, timing) => ({
    kind: 'delay',
    ...line,
    ...timing,
    probability: random.next(),
    minMs: 0,
    maxMs: 800,
  }),
  (random, timing) => ({ kind: 'garbage', ...line, ...timing, probability: random.next() * 0.05 }),
  (_, timing) => ({ kind: 'halfOpen', ...timing, forMs: timing.forMs ?? 15_000 }),
  (random, timing) => ({
    kind: 'rejectOrders',
    ...everyone,
    ...timing,
    probability: 0.3 + random.next() * 0.7,
    only: random.chance(0.5) ? 'closing' : 'any',
    comment: 'Rejected by the exchange.',
  }),
  (_, timing) => ({ kind: 'partialFills', ...everyone, ...timing, contracts: 1 }),
  (_, timing) => ({ kind: 'fillInFlight', ...everyone, ...timing, probability: 1 }),
  (_, timing) => ({ kind: 'cancelNeverConfirmed', ...everyone, ...timing }),
  (_, timing) => ({ kind: 'ocoRace', ...everyone, ...timing }),
  (_, timing) => ({ kind: 'zerosBurst', ...everyone, ...timing }),
  (random, timing) => ({
    kind: 'lateBracket',
    ...everyone,
    ...timing,
    delayMs: random.int(200, 8_000),
  }),
  (random, timing) => ({
    kind: 'reenteringStrategy',
    ...everyone,
    ...timing,
    quantity: random.int(1, 3),
    everyMs: random.int(200, 4_000),
  }),
  (random, timing) => ({
    kind: 'lyingPosition',
    ...everyone,
    ...timing,
    shows: random.chance(0.6) ? 'flat' : random.int(-3, 3),
  }),
  (random, timing) => ({
    kind: 'accountDisconnected',
    ...everyone,
    ...timing,
    zeros: random.chance(0.5),
  }),
  (_, timing) => ({ kind: 'pausedMarket', instrument: null, ...timing }),
  (random, timing) => ({ kind: 'clockSkew', ...timing, skewMs: random.int(-3_600_000, 3_600_000) }),
  (_, timing) => ({ kind: 'shuffledEvents', ...timing }),
  (_, timing) => ({ kind: 'crash', ...timing }),
  (_, timing) => ({ kind: 'linkDrop', ...timing }),
];

const INSTRUMENTS = ['ES 12-26', 'NQ 12-26', 'GC 12-26'] as const;

/** Draws scenario number `n` of a matrix. */
export function drawScenario(matrixSeed: string, n: number): Scenario {
  const seed = `${matrixSeed}/${n}`;
  const random = randomFrom(seed);
  const accounts = Array.from({ length: random.int(1, 4) }, (_, index) => `Sim${101 + index}`);
  const instruments = INSTRUMENTS.slice(0, random.int(1, 3));
  const pressAtMs = random.int(5_000, 12_000);
  const first = FAULTS[n % FAULTS.length] ?? FAULTS[0];
  const more = Array.from({ length: random.int(0, 2) }, () => random.pick(FAULTS));
  // Every fault has its turn as the first one; one scenario in ten has none.
  const makers = n % 10 === 9 ? [] : [first, ...more];
  return {
    seed,
    accounts,
    instruments,
    scope: drawScope(random, accounts, instruments),
    faults: makers.map((make) => make(random, drawTiming(random, pressAtMs))),
    pressAtMs,
    appKilledAfterMs: random.chance(0.1) ? random.int(0, 12_000) : null,
  };
}

function drawScope(
  random: Random,
  accounts: readonly string[],
  instruments: readonly string[],
): ScopeView {
  const account = accounts[random.int(0, accounts.length - 1)] ?? '';
  const instrument = instruments[random.int(0, instruments.length - 1)] ?? '';
  const kind = random.pick(['all', 'all', 'account', 'instrument']);
  if (kind === 'all') return { kind };
  return kind === 'account' ? { kind, account } : { kind: 'instrument', account, instrument };
}

function drawTiming(
  random: Random,
  pressAtMs: number,
): { atMs: number; on: 'flatten' | 'start'; forMs: number | null } {
  const forMs = random.chance(0.25) ? null : random.int(50, 20_000);
  if (random.chance(0.5)) return { on: 'flatten', atMs: random.int(0, 9_000), forMs };
  return { on: 'start', atMs: Math.max(0, pressAtMs - random.int(0, 4_000)), forMs };
}
