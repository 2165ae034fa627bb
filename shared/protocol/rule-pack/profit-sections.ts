import { z } from 'zod';
import { Count, None, Operator, Percent, PositiveUnits, Units, Unknown } from './values.ts';

/** The rules on what a profit must look like, and on taking it out. */

export const consistencyFields = {
  /**
   * What the best day is held against: the net of all days, the sum of the winning days, the profit target, or the
   * profit that the target is raised to.
   */
  formula: z.enum(['shareOfNet', 'shareOfWinningDays', 'shareOfTarget', 'raisesTarget']),
  percent: Percent.optional(),
  /** One per payout, the last one for all that follow. */
  percentByPayout: z.array(Percent).min(2).optional(),
  operator: Operator,
  window: z.enum(['sinceStart', 'sinceLastPayout']),
  gates: z.enum(['pass', 'payout']),
};

/** What makes a trading day count. */
export const DayTest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('anyFill') }),
  z.strictObject({ kind: z.literal('positionOpened') }),
  z.strictObject({ kind: z.literal('netAtLeast'), amount: PositiveUnits }),
  z.strictObject({ kind: z.literal('netAbove'), amount: PositiveUnits }),
  z.strictObject({ kind: z.literal('closedProfitAtLeast'), percentOfStart: Percent }),
  z.strictObject({
    kind: z.literal('activeTradingDay'),
    realizedAtLeast: PositiveUnits,
    percentOfBest: Percent,
  }),
]);

export const DayCount = z.strictObject({ count: Count.min(1), test: DayTest });

export const daysFields = {
  /** Days before an evaluation can be passed. */
  toPass: z.union([DayCount, None, Unknown]),
  /** Days before a payout can be asked for. */
  toPayout: z.union([DayCount, None, Unknown]),
  /** Traded days needed beside those. */
  tradedToPayout: Count.min(1).optional(),
  halfDays: z.enum(['count', 'foldIntoNextDay', 'unknown']),
};

export const payoutFields = {
  safetyNet: z.union([Units, None, Unknown]).describe('Balance that must remain'),
  minimumBalance: z.union([Units, None, Unknown]).describe('Balance needed to ask'),
  minimumRequest: z.union([PositiveUnits, None, Unknown]),
  /** One per payout, the last one for all that follow. */
  caps: z.union([z.array(z.union([PositiveUnits, None])).min(1), None, Unknown]),
  percentOfBalance: z.union([Percent, None, Unknown]),
  maximumCount: z.union([Count.min(1), None, Unknown]),
  /** The trader's share. */
  splitPercent: z.union([Percent, Unknown]),
  /** Taken out whole before the share applies. */
  fullSplitUpTo: PositiveUnits.optional(),
};

export const inactivityFields = {
  calendarDays: Count.min(1),
  activeDays: Count.min(1),
  minimumNet: PositiveUnits.optional(),
};

export const timeLimitFields = { calendarDays: Count.min(1) };
