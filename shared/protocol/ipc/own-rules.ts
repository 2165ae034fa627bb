import { z } from 'zod';

/** The trader's own rules of an account, as they are written: codes and parameters are those of the vectors. */

const text = z.string();
const Account = text.min(1).max(200);

/** What the parameters may be is the code's matter; the engine answers with the rule and the field that are wrong. */
const OwnRuleWish = z.strictObject({
  /** Begins with `own.`. */
  id: text.min(1).max(60),
  title: text.min(1).max(100),
  rule: text.min(1).max(20),
  /** `warn` tells, `refuse` holds entries while it stands, `lock` until the reset, `soft` also closes what is open. */
  effect: z.enum(['warn', 'refuse', 'lock', 'soft']).optional(),
  params: z.record(text.max(40), z.unknown()),
});

/** All own rules of an account as they shall be. What is looser needs a reason and waits for the next session. */
export const OwnRulesWish = z.strictObject({
  account: Account,
  rules: z.array(OwnRuleWish).max(40),
  reason: text.max(400),
});

export const OwnRulesQuestion = z.strictObject({ account: Account });

const OwnRuleView = z.strictObject({
  id: text,
  title: text,
  rule: text,
  effect: text,
  params: z.record(text, z.unknown()),
});

/** The rules in force, and those that were chosen last where they are others. */
export const OwnRulesView = z.strictObject({
  account: Account,
  rules: z.array(OwnRuleView),
  waiting: z.strictObject({ from: z.int(), rules: z.array(OwnRuleView) }).nullable(),
});

export type OwnRulesWish = z.infer<typeof OwnRulesWish>;
export type OwnRulesQuestion = z.infer<typeof OwnRulesQuestion>;
export type OwnRulesView = z.infer<typeof OwnRulesView>;
