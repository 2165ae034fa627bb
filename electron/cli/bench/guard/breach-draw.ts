import { MONEY_SCALE } from '../../../../shared/domain/money/money.ts';
import type { Contract } from '../../../../shared/simulation/contracts.ts';
import { randomFrom, type Random } from '../../../../shared/simulation/random.ts';
import type { Tape } from './tapes.ts';

/** An intraday trailing floor that a trial can be played under; amounts in whole units of the currency. */
export interface TrialTemplate {
  readonly id: string;
  readonly start: number;
  /** From the highest equity to the floor. */
  readonly amount: number;
  readonly maxContracts: number;
}

/** One breach of a trader's own limit, found by looking ahead; everything in it follows from its seed. */
export interface BreachPlan {
  readonly seed: string;
  readonly tape: Tape;
  readonly template: TrialTemplate;
  /** Index of the tick at which the position is opened. */
  readonly from: number;
  /** Signed contracts. */
  readonly quantity: number;
  /** Share of the firm's room that may be used, in parts per thousand. */
  readonly safety: number;
  /** From the highest equity on to the own limit, in ticks of the whole position. */
  readonly distance: number;
  /** Where the poll's clock stands at the entry, as a share of its period. */
  readonly phase: number;
}

/** What an account must be able to lose for the limit to be reached. */
export interface Reach {
  readonly distance: number;
  /** Milliseconds. */
  readonly withinMs: number;
}

/** What breaches are drawn from. */
export interface Pool {
  readonly tapes: readonly Tape[];
  readonly templates: readonly TrialTemplate[];
}

const WITHIN_MS = 8 * 60_000;
const MAX_CONTRACTS = 10;
/** Own limits from a scalper's stop to a wide one, in ticks. */
const DISTANCES = [6, 48] as const;
/** The least that the desk keeps for slippage of a contract; a wild market brings the limit nearer. */
const RESERVE_TICKS = 8;
/** Costs of the entry and the spread between the fill and the last price; they count as loss. */
const MARGIN_TICKS = 3;
const [LEAST_SAFETY, MOST_SAFETY] = [50, 950];
/** Before the first firm wants everything closed. */
const LAST_ENTRY_MS = 20.25 * 3_600_000;
const DAY_MS = 86_400_000;
const DRAWS = 10_000;

/** Draws breach number `n`; the same seed, number and pool give the same one. Every tape has its turn. */
export function drawBreach(seed: string, n: number, { tapes, templates }: Pool): BreachPlan {
  const random = randomFrom(`${seed}/${n}`);
  const tape = tapes[n % tapes.length];
  if (tape === undefined) throw new Error('There is no market to draw from.');
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const template = templates[random.int(0, templates.length - 1)];
    const plan =
      template === undefined ? null : tryDraw({ seed: `${seed}/${n}`, tape, template }, random);
    if (plan !== null) return plan;
  }
  throw new Error(`${tape.name} never moves far enough.`);
}

/** First tick after `from` at which a position on that side has lost the distance from its best; null for none in time. */
export function reachOf(
  { ticks }: Pick<Tape, 'ticks'>,
  from: number,
  sign: number,
  { distance, withinMs }: Reach,
): number | null {
  const start = ticks[from];
  if (start === undefined) return null;
  let best = sign * start.last;
  for (let index = from + 1; index < ticks.length; index += 1) {
    const tick = ticks[index];
    if (tick === undefined || tick.at - start.at > withinMs) return null;
    const value = sign * tick.last;
    best = Math.max(best, value);
    if (best - value >= distance) return index;
  }
  return null;
}

function tryDraw(
  place: Pick<BreachPlan, 'seed' | 'tape' | 'template'>,
  random: Random,
): BreachPlan | null {
  const { tape, template } = place;
  const size = random.int(1, Math.min(MAX_CONTRACTS, contractsFor(template, tape.contract)));
  const distance = random.int(...DISTANCES);
  const from = random.int(0, tape.ticks.length - 2);
  const phase = random.next();
  const sign = random.chance(0.5) ? 1 : -1;
  const safety = safetyFor(template, size * (distance + RESERVE_TICKS), tape.contract);
  if (safety === null || (tape.ticks[from]?.at ?? 0) % DAY_MS > LAST_ENTRY_MS) return null;
  const reach = { distance: distance + MARGIN_TICKS, withinMs: WITHIN_MS };
  const side = [sign, -sign].find((one) => reachOf(tape, from, one, reach) !== null);
  if (side === undefined) return null;
  return { ...place, from, quantity: side * size, safety, distance, phase };
}

/** Contracts that the rules allow and the account's start can carry. */
function contractsFor({ start, maxContracts }: TrialTemplate, { root }: Contract): number {
  return Math.min(maxContracts, Math.floor((start * MONEY_SCALE) / root.initialMargin));
}

/** The share of the firm's room that so many ticks of one contract are; null beyond a believable one. */
function safetyFor({ amount }: TrialTemplate, ticks: number, { root }: Contract): number | null {
  const share = Math.round((ticks * root.tickSize * root.pointValue * 1_000) / amount);
  return share >= LEAST_SAFETY && share <= MOST_SAFETY ? share : null;
}
