import { z } from 'zod';
import {
  Amount,
  ClockTime,
  Effect,
  None,
  Operator,
  Percent,
  PositiveUnits,
  Units,
  Unknown,
} from './values.ts';

/** The rules that end or pause an account for its losses. */

/** What makes the floor jump to where it stays. */
export const LockEvent = z.enum(['peak', 'realizedProfit', 'payoutRequest', 'firstPayout']);

export const Lock = z.strictObject({
  floor: Units.describe('Where the floor stays for good'),
  /** Peak at which the trailing floor arrives there; only with `peak` among the events. */
  trigger: Units.optional(),
  on: z.array(LockEvent).min(1),
});

export const drawdownFields = {
  /**
   * What the floor follows: `intraday` the highest net liquidation, `endOfDay` the highest closing balance,
   * `midnightBalance` the highest balance at the day roll, `static` nothing. Always tested against net liquidation.
   */
  type: z.enum(['intraday', 'endOfDay', 'midnightBalance', 'static', 'none', 'unknown']),
  amount: z.union([Amount, None, Unknown]),
  operator: Operator,
  effect: Effect,
  lock: z.union([Lock, z.literal('never'), Unknown]),
  /** When an end-of-day or midnight floor moves. */
  recalculatedAt: z.union([ClockTime, Unknown]).optional(),
};

export const LossTier = z.strictObject({
  from: Units.describe('Profit at the previous close from which the tier holds'),
  amount: z.union([PositiveUnits, None]),
});

export const dailyLossFields = {
  /** `optional`: off unless the trader bought or chose it. */
  availability: z.enum(['always', 'optional']),
  effect: Effect,
  /** What the day's loss is counted from; open profit, loss and fees always count. */
  basis: z.enum([
    'sessionStartBalance',
    'midnightBalance',
    'higherOfBalanceAndEquity',
    'previousClose',
    'unknown',
  ]),
  amount: z.union([Amount, Unknown]).optional(),
  tiers: z.array(LossTier).min(2).optional(),
  operator: Operator,
  resetsAt: ClockTime,
  noResetOn: z.array(z.enum(['holiday', 'halfDay'])),
  /** What removes the rule for the rest of the account's life. */
  endsWhen: z.enum(['never', 'floorLocks', 'floorReachesStart']),
};

/** Adverse excursion allowed to one open trade, as a share of the profit at the start of the day. */
export const maeFields = {
  percent: Percent,
  raisedPercent: Percent,
  /** Closing profit from which the raised share holds, from the next full session. */
  raisedFrom: PositiveUnits,
  /** Allowed while the profit is below the safety net; older pages only. */
  belowSafetyNet: z.union([PositiveUnits, Unknown]),
};

/** A day may not give back more than a share of the growth, once the account has grown enough. */
export const growthGuardFields = { afterGrowthPercent: Percent, mayLosePercent: Percent };

export const ProfitTarget = z.union([Amount, None, Unknown]);
export const StartBalance = z.union([Units, Unknown]);
