import type { EpochMs } from '../../kernel/clock.ts';
import type { Money } from '../money/money.ts';
import type { Effect, RuleSource } from './rule-parts.ts';
import type { RuleKind } from './rule.ts';

/** In rising order. Unknown stands above warnings: nobody may trade on what is not known. */
export const SEVERITIES = ['ok', 'notice', 'warning', 'critical', 'unknown', 'breach'] as const;
export type Severity = (typeof SEVERITIES)[number];

export type Unit = 'money' | 'lots' | 'count' | 'share' | 'ms' | 'instant';

/** A named figure behind a verdict; null is unknown. Flags and words carry no unit. */
export type Reading =
  | { readonly unit: Unit; readonly value: number | null }
  | { readonly unit: 'flag'; readonly value: boolean | null }
  | { readonly unit: 'text'; readonly value: string };

export type Readings = Readonly<Record<string, Reading>>;

/** What one rule says of the account now. */
export interface Verdict {
  readonly rule: string;
  /** Of a rule of the trader's own. */
  readonly title?: string;
  readonly kind: RuleKind;
  readonly effect: Effect;
  readonly severity: Severity;
  readonly unit: Unit;
  /** In `unit`; null is unknown or does not apply. */
  readonly limit: number | null;
  readonly used: number | null;
  readonly left: number | null;
  /** What is compared with what, in words. */
  readonly basis: string;
  readonly reason: string;
  readonly source: RuleSource;
  /** No entries because of this rule. Exits are always free. */
  readonly closesEntries: boolean;
  /** When the closing of entries ends; null when it is open or nothing is closed. */
  readonly until: EpochMs | null;
  /** The order of events within a sample was not known and the worst was assumed. */
  readonly isBounded: boolean;
  /** `left` is money that may still be lost. */
  readonly isRoom: boolean;
  readonly readings: Readings;
}

/** What a rule finds before latches and sources are added. */
export interface Judgement {
  readonly severity: Severity;
  readonly unit: Unit;
  readonly limit: number | null;
  readonly used: number | null;
  readonly left: number | null;
  readonly basis: string;
  readonly reason: string;
  readonly readings: Readings;
  /** True refuses entries without a breach; the end is `until`. */
  readonly closesEntries?: boolean;
  readonly until?: EpochMs | null;
  /** How long a soft lock lasts that begins now; null until the rule's reset. */
  readonly pause?: number | null;
  /** When the newest cause of the breach came, where one during a lock is a breach of its own. */
  readonly causedAt?: EpochMs;
  /** Whether a loss of money brings the breach nearer; `left` is then room. */
  readonly isRoom?: boolean;
}

/** Parts per thousand of a limit used at which the severities begin. */
export interface Ladder {
  readonly notice: number;
  readonly warning: number;
  readonly critical: number;
}

export const DEFAULT_LADDER: Ladder = { notice: 500, warning: 700, critical: 850 };

const THOUSAND = 1_000;

/** The severity by the part of a limit that is used. A limit of nothing is used up by nothing. */
export function severityByUse(used: number, limit: number, ladder: Ladder): Severity {
  if (limit <= 0) return used > 0 ? 'critical' : 'ok';
  if (used * THOUSAND >= limit * ladder.critical) return 'critical';
  if (used * THOUSAND >= limit * ladder.warning) return 'warning';
  return used * THOUSAND >= limit * ladder.notice ? 'notice' : 'ok';
}

export function worst(a: Severity, b: Severity): Severity {
  return rank(a) >= rank(b) ? a : b;
}

export function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

export function cash(value: Money | null): Reading {
  return { unit: 'money', value };
}

export function count(value: number | null): Reading {
  return { unit: 'count', value };
}

export function flag(value: boolean | null): Reading {
  return { unit: 'flag', value };
}
