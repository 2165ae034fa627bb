import { z } from 'zod';
import {
  contractsFields,
  conductFields,
  holdingFields,
  News,
  sessionFields,
} from './conduct-sections.ts';
import {
  dailyLossFields,
  drawdownFields,
  growthGuardFields,
  maeFields,
  ProfitTarget,
  StartBalance,
} from './loss-sections.ts';
import {
  consistencyFields,
  daysFields,
  inactivityFields,
  payoutFields,
  timeLimitFields,
} from './profit-sections.ts';
import { None, Units, Unknown } from './values.ts';

/** One figure or choice of its own, the same in a layer and in a template. */
const single = {
  currency: z.string().regex(/^[A-Z]{3}$/),
  startBalance: StartBalance,
  /** What some platforms add to a balance that begins at zero. */
  displayOffset: Units,
  profitTarget: ProfitTarget,
  news: z.union([News, z.literal('free'), Unknown]),
  notes: z.array(z.string().min(1).max(400)),
};

const always = {
  drawdown: drawdownFields,
  days: daysFields,
  session: sessionFields,
  holding: holdingFields,
  conduct: conductFields,
};

const perhaps = {
  dailyLoss: dailyLossFields,
  contracts: contractsFields,
  mae: maeFields,
  growthGuard: growthGuardFields,
  consistency: consistencyFields,
  payout: payoutFields,
  inactivity: inactivityFields,
  timeLimit: timeLimitFields,
};

/** Everything a firm demands of one account. Nothing is left out: what does not apply says so. */
export const Rules = z.strictObject({
  ...single,
  drawdown: z.strictObject(always.drawdown),
  days: z.strictObject(always.days),
  session: z.strictObject(always.session),
  holding: z.strictObject(always.holding),
  conduct: z.strictObject(always.conduct),
  dailyLoss: z.union([z.strictObject(perhaps.dailyLoss), None, Unknown]),
  contracts: z.union([z.strictObject(perhaps.contracts), None, Unknown]),
  mae: z.union([z.strictObject(perhaps.mae), None, Unknown]),
  growthGuard: z.union([z.strictObject(perhaps.growthGuard), None, Unknown]),
  consistency: z.union([z.strictObject(perhaps.consistency), None, Unknown]),
  payout: z.union([z.strictObject(perhaps.payout), None, Unknown]),
  inactivity: z.union([z.strictObject(perhaps.inactivity), None, Unknown]),
  timeLimit: z.union([z.strictObject(perhaps.timeLimit), None, Unknown]),
});
export type Rules = z.infer<typeof Rules>;

/** Some of the rules, as a layer of a pack writes them; later layers fill in and replace. */
export const rulesPartFields = {
  ...z.strictObject(single).partial().shape,
  drawdown: z.strictObject(always.drawdown).partial().optional(),
  days: z.strictObject(always.days).partial().optional(),
  session: z.strictObject(always.session).partial().optional(),
  holding: z.strictObject(always.holding).partial().optional(),
  conduct: z.strictObject(always.conduct).partial().optional(),
  dailyLoss: z.union([z.strictObject(perhaps.dailyLoss).partial(), None, Unknown]).optional(),
  contracts: z.union([z.strictObject(perhaps.contracts).partial(), None, Unknown]).optional(),
  mae: z.union([z.strictObject(perhaps.mae).partial(), None, Unknown]).optional(),
  growthGuard: z.union([z.strictObject(perhaps.growthGuard).partial(), None, Unknown]).optional(),
  consistency: z.union([z.strictObject(perhaps.consistency).partial(), None, Unknown]).optional(),
  payout: z.union([z.strictObject(perhaps.payout).partial(), None, Unknown]).optional(),
  inactivity: z.union([z.strictObject(perhaps.inactivity).partial(), None, Unknown]).optional(),
  timeLimit: z.union([z.strictObject(perhaps.timeLimit).partial(), None, Unknown]).optional(),
};
