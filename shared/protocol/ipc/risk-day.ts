import { z } from 'zod';
import { RiskSeverityView, RuleView } from './risk-view.ts';

/** What the desk remembers of the running day of one account. Units are those of `risk-view.ts`. */

const money = z.int();
const time = z.int();
const text = z.string();

export const DayQuestion = z.strictObject({ account: text.min(1).max(200) });

/** Today's course, also of the time before the window was opened. */
export const EquityView = z.strictObject({
  account: text,
  /** The trading day by the account's rules, YYYY-MM-DD; null where it is not known. */
  day: text.nullable(),
  /** In rising order of whole seconds. A point without a figure is a gap. */
  points: z
    .array(
      z.strictObject({
        at: time,
        equity: money.nullable(),
        floor: money.nullable(),
        peak: money.nullable(),
        /** The equity at which the desk acts. */
        own: money.nullable(),
      }),
    )
    .max(1_200),
});

/** Today's changes of verdicts, oldest first. */
export const TimelineView = z.strictObject({
  account: text,
  day: text.nullable(),
  moments: z
    .array(
      z.strictObject({
        at: time,
        /** The rule that left the least room. */
        binding: text.nullable(),
        /** Rules whose verdict became another one, and what it was before. */
        changes: z.array(z.strictObject({ rule: text, from: RiskSeverityView })),
        /** All verdicts as they stood after it, in the order of the rulebook. */
        verdicts: z.array(RuleView),
      }),
    )
    .max(60),
});

export type DayQuestion = z.infer<typeof DayQuestion>;
export type EquityView = z.infer<typeof EquityView>;
export type TimelineView = z.infer<typeof TimelineView>;
