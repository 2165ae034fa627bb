import type { EpochMs } from '../../../kernel/clock.ts';
import type { InstrumentName } from '../../instrument/instrument.ts';
import type { TradingDay } from '../../session/trading-day.ts';

const MINUTE_MS = 60_000;
/** A flatten takes seconds and may need a second try, and some firms count a position at the deadline as a breach. */
const ACT_LEAD_MS = 30_000;

/** In the order in which they come. */
export const DEADLINE_STAGES = ['before', 'T-15', 'T-5', 'T-1', 'act'] as const;
export type DeadlineStage = (typeof DEADLINE_STAGES)[number];

const LEADS: readonly (readonly [DeadlineStage, number])[] = [
  ['T-15', 15 * MINUTE_MS],
  ['T-5', 5 * MINUTE_MS],
  ['T-1', MINUTE_MS],
  ['act', ACT_LEAD_MS],
];

/**
 * By when positions must be closed on a trading day; the calendar has taken early closes into account. The desk acts
 * half a minute before it, so that the account is flat when it comes.
 */
export interface Deadline {
  readonly id: string;
  readonly day: TradingDay;
  readonly at: EpochMs;
  /** From here on the day is over and the deadline asks for nothing more. */
  readonly endsAt: EpochMs;
  /** Null: everything in the account. */
  readonly instruments: readonly InstrumentName[] | null;
  /** Whether the policy has it act, or warn alone. */
  readonly acts: boolean;
}

/** How far a deadline has got on its day. */
export interface DeadlineProgress {
  readonly day: TradingDay;
  readonly stage: DeadlineStage;
}

/** The progress at a time. Within a day it never goes back, so a clock that does repeats nothing. */
export function deadlineProgress(
  before: DeadlineProgress | null,
  deadline: Deadline,
  now: EpochMs,
): DeadlineProgress {
  const { day, at, endsAt } = deadline;
  const known: DeadlineStage = before?.day === day ? before.stage : 'before';
  if (now >= endsAt) return { day, stage: known };
  const reached = LEADS.filter(([, lead]) => now >= at - lead).at(-1)?.[0] ?? 'before';
  return { day, stage: stageRank(reached) > stageRank(known) ? reached : known };
}

/** When the next stage comes; null when there is none left. */
export function nextStageAt(
  { stage }: DeadlineProgress,
  { at, endsAt }: Deadline,
  now: EpochMs,
): EpochMs | null {
  if (now >= endsAt) return null;
  const next = LEADS.find(([one, lead]) => stageRank(one) > stageRank(stage) && at - lead > now);
  return next === undefined ? null : ((at - next[1]) as EpochMs);
}

export function stageRank(stage: DeadlineStage): number {
  return DEADLINE_STAGES.indexOf(stage);
}
