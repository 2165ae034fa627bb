import { z } from 'zod';
import { ClockTime, Count, None, Percent, Units, Unknown } from './values.ts';

/** The rules on size, hours and manner of trading. */

/** `from`: at this profit at the previous close. `above`: only past it. Below the first tier the first one holds. */
export const SizeTier = z.union([
  z.strictObject({ from: Units, minis: Count }),
  z.strictObject({ above: Units, minis: Count }),
]);
export type SizeTier = z.infer<typeof SizeTier>;

export const contractsFields = {
  /** Most contracts of full size at any time; the tiers may allow less. */
  minis: z.union([Count, Unknown]),
  micros: z.union([Count, Unknown]).optional(),
  microsPerMini: z.union([Count.min(1), Unknown]),
  tiers: z.array(SizeTier).min(2).optional(),
  /** Whether a lower close takes the tier away again. */
  tiersFall: z.boolean().optional(),
  /** Seconds that an excess may stand without counting. */
  graceSeconds: Count.optional(),
  /** Products that weigh other than their name says, in micros. */
  weights: z.record(z.string().regex(/^[A-Z0-9]{1,6}$/), Count.min(1)).optional(),
};

export const sessionFields = {
  rollsAt: ClockTime.describe('When one trading day becomes the next'),
  flatBy: z.union([ClockTime, None, Unknown]),
  /** What happens to a position that is still open then. */
  atFlatBy: z.enum(['closedByFirm', 'breach', 'traderDuty', 'unknown']),
  /** What the deadline becomes when the exchange closes early. */
  earlyClose: z.union([
    z.strictObject({ minutesBefore: z.int().min(0).max(240) }),
    z.strictObject({ at: ClockTime }),
    z.literal('traderDuty'),
    Unknown,
    None,
  ]),
};

export const holdingFields = {
  overnight: z.union([z.boolean(), Unknown]),
  weekend: z.union([z.boolean(), Unknown]),
  /** More than a share of trades or of profit shorter than this is an abuse. */
  shortTrades: z.union([
    z.strictObject({ seconds: Count.min(1), maxPercent: Percent }),
    None,
    Unknown,
  ]),
  /** No trading this close to the exchange's price limit. */
  priceLimitPercent: z.union([Percent, None, Unknown]),
};

export const News = z.strictObject({
  rule: z.enum(['flat', 'noNewPositions', 'noExecutions', 'oneDirection', 'closedByFirm']),
  minutesBefore: z.union([z.number().min(0).max(240), Unknown]),
  minutesAfter: z.union([z.number().min(0).max(240), Unknown]),
  events: z.array(z.string().min(1).max(60)).min(1),
});

export const conductFields = {
  /** What the firm says of orders that a person did not press. */
  automation: z.enum(['allowed', 'ownOnly', 'manualOnly', 'prohibited', 'unknown']),
  /** Protection the app begins with; `observe` where the firm forbids automation. */
  protection: z.enum(['observe', 'guard', 'protect']),
  copying: z.enum(['ownAccounts', 'forbidden', 'unknown']),
  hedging: z.enum(['allowed', 'forbidden', 'unknown']),
  stopRequired: z.union([z.boolean(), Unknown]),
  maxAccounts: z.union([Count.min(1), None, Unknown]),
  accountsOf: z.enum(['person', 'household', 'unknown']),
  maxTradesPerDay: z.union([Count.min(1), None, Unknown]),
};
