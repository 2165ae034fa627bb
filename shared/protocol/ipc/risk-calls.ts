import { z } from 'zod';

/** What the window may ask of the rules, and the answers. Units are those of `risk-view.ts`. */

const money = z.int();
const time = z.int();
const text = z.string();
const Account = text.min(1).max(200);
const Reason = text.max(400);
const Level = z.enum(['observe', 'guard', 'protect']);
/** The share of the firm's room that may be used, in parts per thousand. */
const Safety = z.int().min(1).max(1_000);

const TemplateView = z.strictObject({
  id: text,
  /** "Apex 4.0 50K intraday evaluation". */
  title: text,
  stage: text,
  size: text,
  platform: text.nullable(),
  /** ISO 4217; of every amount. */
  currency: text,
  /** Null: the pack does not know it, and the template cannot be chosen. */
  startBalance: money.nullable(),
  availability: z.enum(['sold', 'retired', 'unknown']),
  /** What the firm says of software that trades by itself. */
  automation: z.enum(['allowed', 'ownOnly', 'manualOnly', 'prohibited', 'unknown']),
  /** Whether the account may or may not have a daily loss limit, as the trader chose with the firm. */
  hasDailyOption: z.boolean(),
  confidence: z.enum(['high', 'medium', 'low']),
  checkedOn: text.nullable(),
  /** Checked more than 90 days ago, or never. */
  isOld: z.boolean(),
  overrides: z.int(),
});

/** Every template that can be chosen, by firm. */
export const TemplatesView = z.strictObject({
  firms: z.array(
    z.strictObject({
      id: text,
      name: text,
      isActive: z.boolean(),
      note: text,
      edition: text,
      templates: z.array(TemplateView),
    }),
  ),
  /** Packs that cannot be used and why, in sentences. */
  problems: z.array(text),
});

/** Which rules an account is to be judged by, and how far the desk may act. */
export const RulesWish = z.strictObject({
  account: Account,
  template: text.min(1).max(200),
  level: Level,
  safety: Safety,
  /** The trader wants the level although the firm forbids it or does not tell. */
  insists: z.boolean(),
  /** `fresh`: nothing was traded, so peaks are the start balance. `running`: they are unknown but for `peak`. */
  start: z.enum(['fresh', 'running']),
  /** The highest equity or balance that counted so far, where the trader knows it. */
  peak: money.nullable(),
  hasDailyLimit: z.boolean(),
});

/** Another level or safety. What protects less needs a reason and waits for the next session. */
export const ProtectionWish = z.strictObject({
  account: Account,
  level: Level,
  safety: Safety,
  insists: z.boolean(),
  reason: Reason,
});

export const UnlockWish = z.strictObject({ account: Account, reason: Reason });

/** One finished trading day of before the desk watched: net of fees, without payouts. */
const PastDayWish = z.strictObject({
  day: z.iso.date(),
  net: money,
  fills: z.int().min(0).max(100_000),
  isHalf: z.boolean(),
});

/**
 * What only the trader knows of an account. A payout's amount is positive, others are signed. Cash of the same amount
 * that the desk has found on the same day is confirmed and not counted again.
 */
export const RecordWish = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('payout'), account: Account, amount: money.positive() }),
  z.strictObject({ kind: z.literal('deposit'), account: Account, amount: money.positive() }),
  z.strictObject({ kind: z.literal('adjustment'), account: Account, amount: money }),
  /** What the desk took for a payout or a booking of this size, either way, was a result of trading. */
  z.strictObject({ kind: z.literal('was-trading'), account: Account, amount: money.positive() }),
  z.strictObject({ kind: z.literal('payout-request'), account: Account }),
  /** The firm has reset the account to this balance. */
  z.strictObject({ kind: z.literal('reset'), account: Account, balance: money.min(0) }),
  /** The broker's balance at the end of a day that the desk missed. */
  z.strictObject({ kind: z.literal('end-of-day'), account: Account, balance: money }),
  /** The highest equity or balance that counted before the desk watched. */
  z.strictObject({ kind: z.literal('peak'), account: Account, peak: money }),
  z.strictObject({
    kind: z.literal('history'),
    account: Account,
    days: z.array(PastDayWish).min(1).max(1_000),
  }),
]);

/** The account whose earlier days are in a file that the trader is asked to choose. */
export const DaysFileWish = z.strictObject({ account: Account });

/** The calendar of news releases, as far as one was imported. */
export const NewsView = z.strictObject({
  /** Null: none was imported, or it cannot be read. */
  importedAt: time.nullable(),
  releases: z.int(),
  first: time.nullable(),
  last: time.nullable(),
  /** Why it may be of no use today; empty when it is. */
  doubt: text,
});

/** What came of a wish. */
export const RiskAnswerView = z.strictObject({
  outcome: z.enum(['now', 'later', 'refused']),
  /** When it takes effect; null when it does not, or when the calendar cannot tell. */
  from: time.nullable(),
  /** For a person. */
  message: text,
});

export const WhatIfQuestion = z.strictObject({
  account: Account,
  instrument: text.min(1).max(200),
  /** Signed contracts added to what is held. */
  quantity: z.int().min(-10_000).max(10_000),
  /** How far the price then goes against the whole position of the instrument, in ticks. */
  ticks: z.int().min(0).max(1_000_000),
});

/** What a size and a move would come to. Null is unknown. */
export const WhatIfView = z.strictObject({
  /** The loss of the move on the position as it would be, as a positive amount. */
  loss: money.nullable(),
  /** The firm's room before and after it. */
  room: money.nullable(),
  left: money.nullable(),
  /** The same for the trader's own limit. */
  ownLeft: money.nullable(),
  /** The rule that leaves the least, by its id and in words. */
  binding: text.nullable(),
  bindingTitle: text,
  /** Most contracts that this move leaves above the firm's floor; null when nothing limits them. */
  maxContracts: z.int().nullable(),
  outcome: z.enum(['within', 'overOwnLimit', 'breach', 'refused', 'unknown']),
  /** For a person. */
  message: text,
});

export type TemplatesView = z.infer<typeof TemplatesView>;
export type RulesWish = z.infer<typeof RulesWish>;
export type ProtectionWish = z.infer<typeof ProtectionWish>;
export type UnlockWish = z.infer<typeof UnlockWish>;
export type RecordWish = z.infer<typeof RecordWish>;
export type RiskAnswerView = z.infer<typeof RiskAnswerView>;
export type NewsView = z.infer<typeof NewsView>;
export type WhatIfQuestion = z.infer<typeof WhatIfQuestion>;
export type WhatIfView = z.infer<typeof WhatIfView>;
