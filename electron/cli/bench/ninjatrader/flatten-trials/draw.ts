import { randomFrom, type Random } from '../../../../../shared/simulation/random.ts';
import type { ScopeView } from '../../../../../shared/protocol/ipc/views.ts';
import { KINDS, position, QUIET_KINDS, type Cast, type Twist } from './kinds.ts';
import { DISRUPTIONS, type BatchPlan, type Disruption, type Trial } from './trial.ts';

const SHARED_LINES = ['Rithmic A', 'Rithmic B', 'Rithmic C'] as const;
const CONTRACTS = ['ES 12-26', 'MES 12-26'] as const;
const OTHER_CONTRACTS = ['ES 03-27', 'MES 03-27'] as const;
/** Presses are spread over this time, so that what happens to all finds each somewhere else. */
const SPREAD_MS = 4_000;
const EVERYTHING_SIZE = 4;
/** An account that cannot be closed would hide behind its alarm what becomes of the others. */
const MENDABLE_KINDS = [
  'plain',
  'nothingOpen',
  'fillDuringCancel',
  'slowCancel',
  'closeRejectedOnce',
  'orphanLeg',
  'lateBracket',
  'reenters',
  'positionLate',
  'partialFills',
  'executionDropped',
  'executionReplayed',
  'entriesOnBothSides',
  'pressDuringFill',
];
const FIRST_YEAR = 27;
const MONTHS = 12;

/** Draws a batch; the same seed, size, disruption and kinds give the same one. */
export function drawBatch(
  seed: string,
  size: number,
  disruption: Disruption,
  kinds: readonly string[] = Object.keys(disruption === 'none' ? KINDS : QUIET_KINDS),
): BatchPlan {
  const random = randomFrom(`${seed}/batch`);
  // Batches of one run begin at different kinds, so that a small one does not always try the same.
  const first = random.int(0, kinds.length - 1);
  const trials = Array.from({ length: size }, (_, n) =>
    drawTrial(seed, n, kinds[(first + n) % kinds.length] ?? 'plain'),
  );
  return {
    press: 'each',
    disruption,
    disruptedAtMs: [random.int(1_000, SPREAD_MS), random.int(8_000, 14_000)],
    awayMs: random.int(50, 4_000),
    trials,
  };
}

/** Draws number `n` of a batch: the same seed, number and kind give the same trial. */
export function drawTrial(seed: string, n: number, kind: string): Trial {
  const random = randomFrom(`${seed}/${n}/${kind}`);
  const cast: Cast = {
    account: `TRIAL-${n}`,
    ownLine: `Line ${n}`,
    instrument: random.pick(CONTRACTS),
    second: random.pick(OTHER_CONTRACTS),
    ownContract: oilContract(n),
  };
  const twist: Twist = KINDS[kind]?.(random, cast) ?? {};
  const side = twist.entries === undefined ? position(random, cast) : null;
  const [first, ...rest] = twist.instruments ?? [cast.instrument];
  return {
    seed: `${seed}/${n}/${kind}`,
    kind,
    account: cast.account,
    connection: twist.needsOwnLine === true ? cast.ownLine : random.pick(SHARED_LINES),
    instruments: [first, ...rest],
    scope: scopeOf(random, twist, { account: cast.account, instrument: first }),
    entries: twist.entries ?? side?.entries ?? [],
    held: twist.held === undefined ? (side?.held ?? null) : twist.held,
    faults: twist.faults ?? {},
    faultsFrom: twist.faultsFrom ?? 'press',
    pressAtMs: random.int(0, SPREAD_MS),
    happenings: twist.happenings ?? [],
    presses: twist.presses ?? [],
  };
}

/** Draws accounts with troubles of their own that are flattened by one press. */
export function drawEverything(seed: string, size: number): BatchPlan {
  const plan = drawBatch(seed, size, 'none', MENDABLE_KINDS);
  const trials = plan.trials.map((trial) => ({ ...trial, scope: { kind: 'all' } as const }));
  return { ...plan, press: 'everything', trials };
}

/** A single trial out of a run, by the seed that its verdict bears. Null: no trial has that seed. */
export function drawAgain(seed: string, disruption: Disruption): BatchPlan | null {
  const [, batch, n, kind] = /^(.+)\/(\d+)\/(\w+)$/.exec(seed) ?? [];
  if (batch === undefined || kind === undefined || !(kind in KINDS)) return null;
  return {
    ...drawBatch(batch, 0, disruption),
    trials: [drawTrial(batch, Number(n), kind)],
  };
}

/** How a run is divided: most of it in peace, a share for each disruption, and some presses on everything. */
export function drawRun(seed: string, runs: number, batchSize: number): readonly BatchPlan[] {
  const plans = DISRUPTIONS.filter((name) => name !== 'none').map((name) =>
    drawBatch(`${seed}/${name}`, Math.max(1, Math.floor(runs / 10)), name),
  );
  for (let n = 1; n <= Math.max(1, Math.floor(runs / 100)); n += 1) {
    plans.push(drawEverything(`${seed}/everything-${n}`, EVERYTHING_SIZE));
  }
  const drawn = plans.reduce((sum, { trials }) => sum + trials.length, 0);
  for (let left = runs - drawn, n = 1; left > 0; left -= batchSize, n += 1) {
    plans.push(drawBatch(`${seed}/none-${n}`, Math.min(left, batchSize), 'none'));
  }
  return plans;
}

function scopeOf(
  random: Random,
  { scope }: Twist,
  whole: { readonly account: string; readonly instrument: string },
): ScopeView {
  const kind = scope ?? random.pick(['account', 'account', 'instrument']);
  return kind === 'instrument' ? { kind, ...whole } : { kind: 'account', account: whole.account };
}

function oilContract(n: number): string {
  const month = String((n % MONTHS) + 1).padStart(2, '0');
  return `CL ${month}-${FIRST_YEAR + Math.floor(n / MONTHS)}`;
}
