import { z } from 'zod';

/**
 * How far an account is from its limits. Money is in ten-thousandths of the account's currency, shares are in parts per
 * thousand, times in UTC epoch milliseconds. Null is unknown or does not apply and is never shown as zero.
 */

const money = z.int();
const perThousand = z.int();
const time = z.int();
const text = z.string();

/** In rising order; unknown stands above warnings. */
export const RiskSeverityView = z.enum([
  'ok',
  'notice',
  'warning',
  'critical',
  'unknown',
  'breach',
]);

/** Where a figure comes from. */
export const RuleSourceView = z.strictObject({
  /** The firm's page, or `own` for a limit that the trader set. */
  name: text,
  /** The date on which a person read it, YYYY-MM-DD. */
  checkedOn: text.nullable(),
  confidence: z.enum(['high', 'medium', 'low']),
});

/** One rule as it stands. */
export const RuleView = z.strictObject({
  id: text,
  /** The rule's name in words. */
  title: text,
  /**
   * `hard`: the account fails. `soft`: closed until the reset. `lock`: only entries are. `refuse`, `delay`, `warn`:
   * milder.
   */
  effect: z.enum(['hard', 'soft', 'lock', 'refuse', 'delay', 'warn']),
  severity: RiskSeverityView,
  /** Of limit, used and left. `lots` are 2520ths of a mini, `share` parts per million, `ms` a duration, `instant` a time. */
  unit: z.enum(['money', 'lots', 'count', 'share', 'ms', 'instant']),
  limit: z.int().nullable(),
  used: z.int().nullable(),
  left: z.int().nullable(),
  /** What is compared with what. */
  basis: text,
  reason: text,
  source: RuleSourceView,
  /** Entries are refused because of this rule. */
  closesEntries: z.boolean(),
  /** When that ends; null while it is open or nothing is closed. */
  until: time.nullable(),
  evaluatedAt: time,
  /** The order of events was not known and the worst was assumed. */
  bounded: z.boolean(),
});

/** The rules that an account is judged by, from an instant on. */
export const RuleChoiceView = z.strictObject({
  template: text,
  /** Firm, product, stage and size in words. */
  title: text,
  edition: text,
  /** Hash of the rules as they hold, overrides included. */
  content: text,
  since: time,
  /** The account was bought with a daily loss limit, where that is an option. */
  hasDailyLimit: z.boolean(),
  /** Values that the trader changed. */
  overrides: z.int(),
  confidence: z.enum(['high', 'medium', 'low']),
  /** Date of the newest check of the pack, YYYY-MM-DD. */
  checkedOn: text.nullable(),
  /** Checked more than 90 days ago, or never. */
  isOld: z.boolean(),
});

export const ProtectionView = z.strictObject({
  /** What counts; never more than the trader chose. */
  level: z.enum(['observe', 'guard', 'protect']),
  chosen: z.enum(['observe', 'guard', 'protect']),
  /** Why it is less than chosen, or more than the firm allows; empty when neither. */
  reason: text,
  /** The trader wants the level although the firm forbids it or does not tell. */
  insists: z.boolean(),
  /** What stands against acting and can be insisted against: the firm's word. Empty when nothing does. */
  objection: text,
  /** Why the desk only observes, whatever is chosen; empty when it may act. */
  barrier: text,
  /** The share of the firm's room that may be used. */
  safety: perThousand,
  safetyName: z.enum(['conservative', 'balanced', 'aggressive', 'custom']),
});

/** No entries; exits are always free. */
export const RiskLockView = z.strictObject({
  reason: text,
  since: time,
  /** Null is open-ended. */
  until: time.nullable(),
  /** `addon`: found at the AddOn, which held more than this desk knew of. */
  source: z.enum(['rule', 'trader', 'bypass', 'addon']),
});

/** The trader's own limit inside the firm's. */
export const OwnLimitView = z.strictObject({
  /** The equity at which the desk acts. */
  level: money,
  limit: money,
  used: money,
  left: money,
  /** Kept for slippage; part of what the limit leaves out. */
  reserve: money,
  /** How far the market moves is not known, and a usual move stands for it. */
  isReserveAssumed: z.boolean(),
  /** Share of the own limit used; over 1000 beyond it. */
  shareUsed: perThousand,
  step: z.enum(['calm', 'notice', 'warning', 'critical', 'act']),
});

export const RiskView = z.strictObject({
  /** `unknown` also while no rules are chosen. */
  state: z.enum(['ok', 'warn', 'critical', 'softLock', 'failed', 'unknown']),
  /** The worst of all rules and of the own limit. */
  severity: RiskSeverityView,
  /** What the state comes from, in one sentence. */
  reason: text,
  /** Null: no rules are chosen. */
  rules: RuleChoiceView.nullable(),
  protection: ProtectionView.nullable(),
  evaluatedAt: time.nullable(),
  /** The trading day by the account's rules, YYYY-MM-DD. */
  day: text.nullable(),
  /** The account was taken over while it ran: a peak is not known and the floor may be higher. */
  midCycle: z.boolean(),
  /** Why the figures are not acted on now; empty when they are. */
  figureDoubt: text,
  equity: money.nullable(),
  /** Highest equity or balance that counted for the binding floor. */
  peak: money.nullable(),
  /** The firm's floor that binds. */
  floor: money.nullable(),
  /** From the equity to the firm's floor. */
  room: money.nullable(),
  /** Share of the firm's whole room that is left. */
  roomShare: perThousand.nullable(),
  /** Adverse ticks that what is open can take until the floor; null when nothing is open. */
  roomTicks: z.int().nullable(),
  /** Contracts open or in orders that could open more; null when not known. */
  contractsAtRisk: z.int().nullable(),
  /** Mean of the losing trades that are known, as a positive amount. */
  averageLoss: money.nullable(),
  /** How many losing trades the mean is made of. */
  averageLossTrades: z.int(),
  /** Whole average losses until the floor. */
  averageLossesLeft: z.int().nullable(),
  own: OwnLimitView.nullable(),
  /** The rule that leaves the least room. */
  binding: text.nullable(),
  /** The one that ends last. */
  lock: RiskLockView.nullable(),
  /** Locks that end before it. */
  otherLocks: z.array(RiskLockView),
  /** By when everything open must be closed today. */
  flatBy: time.nullable(),
  /** The floor that the broker reports. */
  brokerFloor: money.nullable(),
  /** Broker's floor less the computed one; the higher of both counts. */
  floorDisagreement: money.nullable(),
  /** In the order of the rulebook. */
  verdicts: z.array(RuleView),
  /** What the chosen rules do not tell, in sentences. */
  gaps: z.array(text),
});

export type RuleView = z.infer<typeof RuleView>;
export type RiskLockView = z.infer<typeof RiskLockView>;
export type OwnLimitView = z.infer<typeof OwnLimitView>;
export type RiskView = z.infer<typeof RiskView>;

/** The view of an account whose rules nobody has chosen: unknown, and nothing of it is fine. */
export const NO_RULES_CHOSEN: RiskView = {
  state: 'unknown',
  severity: 'unknown',
  reason: 'No rules are chosen for this account.',
  rules: null,
  protection: null,
  evaluatedAt: null,
  day: null,
  midCycle: false,
  figureDoubt: '',
  equity: null,
  peak: null,
  floor: null,
  room: null,
  roomShare: null,
  roomTicks: null,
  contractsAtRisk: null,
  averageLoss: null,
  averageLossTrades: 0,
  averageLossesLeft: null,
  own: null,
  binding: null,
  lock: null,
  otherLocks: [],
  flatBy: null,
  brokerFloor: null,
  floorDisagreement: null,
  verdicts: [],
  gaps: [],
};
