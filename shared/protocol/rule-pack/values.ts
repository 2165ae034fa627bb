import { z } from 'zod';

/** The small values that a rule pack is written in. */

/** The firm has no such rule, and we know it. */
export const NONE = 'none';
/** Nobody could tell; shown as unknown and never taken for "none" or for zero. */
export const UNKNOWN = 'unknown';

export const None = z.literal(NONE);
export const Unknown = z.literal(UNKNOWN);

/** A part of an id: lower case, digits, underscores. */
export const Slug = z.string().regex(/^[a-z0-9][a-z0-9_]{0,39}$/);

const CURRENCY_DECIMALS = 10_000;

/** An amount in the account's currency with at most four decimals. */
export const Units = z
  .number()
  .min(-100_000_000)
  .max(100_000_000)
  .refine(isRepresentable, 'has more than four decimals')
  .describe("Amount in the account's currency, at most four decimals");

export const PositiveUnits = z
  .number()
  .gt(0)
  .max(100_000_000)
  .refine(isRepresentable, 'has more than four decimals')
  .describe("Amount in the account's currency above zero, at most four decimals");

export const Percent = z.number().gt(0).max(100).describe('Percent, 50 for one half');

/** A share of the balance at the start of the account, or of the reference of the day. */
export const Share = z.strictObject({
  percent: Percent,
  of: z.enum(['startBalance', 'dayReference']),
});

/** Money as an amount or as a share. */
export const Amount = z.union([PositiveUnits, Share]);
export type Amount = z.infer<typeof Amount>;

export const Count = z.int().min(0).max(1_000);

/** A calendar day, YYYY-MM-DD. */
export const Day = z.iso.date();

/** A time on the wall clock of a place. */
export const ClockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)? [A-Za-z_]+(\/[A-Za-z_+-]+)+$/)
  .describe('HH:MM or HH:MM:SS and an IANA zone: "16:59 America/New_York"');

/** `<=`: touching the limit breaches it. `<`: it must be crossed. */
export const Operator = z.enum(['<=', '<']);

/** H: the firm's own page or a dated quote of it. M: a dated log that names the page. L: anything weaker. */
export const Confidence = z.enum(['H', 'M', 'L']);
export type Confidence = z.infer<typeof Confidence>;

/** `hard`: the account is lost. `soft`: flat and paused until the reset. */
export const Effect = z.enum(['hard', 'soft', 'unknown']);

function isRepresentable(value: number): boolean {
  const scaled = value * CURRENCY_DECIMALS;
  return Math.abs(scaled - Math.round(scaled)) < 1e-6;
}

/** Tells a part with values of its own from the words "none" and "unknown". */
export function isPart<T>(value: T): value is Extract<T, object> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
