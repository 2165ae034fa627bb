import { money, moneyFromDecimal, type Money } from '../../../shared/domain/money/money.ts';
import type { DayClock, RuleHead, Share, Effect } from '../../../shared/domain/risk/rule-parts.ts';
import type { Rule } from '../../../shared/domain/risk/rule.ts';
import type { Zone } from '../../../shared/domain/session/zone.ts';
import { placeTimeOf } from '../../../shared/protocol/rule-pack/clock-time.ts';
import { evidenceOf } from '../../../shared/protocol/rule-pack/evidence.ts';
import type { RulePack, Template } from '../../../shared/protocol/rule-pack/template.ts';
import type { Rules } from '../../../shared/protocol/rule-pack/rules.ts';
import type { Amount } from '../../../shared/protocol/rule-pack/values.ts';

/**
 * What a rule of the pack did not become. `unknown`: the pack does not know it, so that the account cannot be said to be
 * ok. `unknown-goal`: only a pass or a payout cannot be told. `assumed`: one reading was taken, the sentence says which.
 * `not-evaluated`: the engine does not judge it; it is shown as text.
 */
export interface RuleGap {
  readonly path: string;
  readonly kind: 'unknown' | 'unknown-goal' | 'assumed' | 'not-evaluated';
  readonly sentence: string;
}

export interface Translated {
  readonly rules: readonly Rule[];
  readonly gaps: readonly RuleGap[];
}

/** What every translator needs: the rules as they hold, overrides included, and where each value comes from. */
export interface Terms {
  readonly template: Template;
  readonly sources: RulePack['sources'];
  readonly rules: Rules;
  readonly start: Money;
  readonly roll: DayClock;
  /** Whether the trader has the daily limit where it is an option. */
  readonly hasDailyLimit: boolean;
}

export const NOTHING: Translated = { rules: [], gaps: [] };

export function rulesOf(...rules: readonly Rule[]): Translated {
  return { rules, gaps: [] };
}

export function gapOf(kind: RuleGap['kind'], path: string, sentence: string): Translated {
  return { rules: [], gaps: [{ path, kind, sentence }] };
}

/** Sections whose rules can delay a pass or a payout, but never cost the account. */
const GOALS: readonly string[] = ['profitTarget', 'consistency', 'days', 'payout'];

export function unknownOf(path: string): Translated {
  const [section = ''] = path.split('.');
  const kind = GOALS.includes(section) ? 'unknown-goal' : 'unknown';
  return gapOf(kind, path, 'The pack does not know it.');
}

export function joined(...parts: readonly Translated[]): Translated {
  return {
    rules: parts.flatMap(({ rules }) => rules),
    gaps: parts.flatMap(({ gaps }) => gaps),
  };
}

/** Id, effect and source of a rule; the source is that of the value at `path`. */
export function headOf({ template, sources }: Terms, path: string, effect: Effect): RuleHead {
  const evidence = evidenceOf(template, path);
  const [first = ''] = evidence.sources;
  const source = sources[first];
  return {
    id: path,
    effect,
    source: {
      name: source?.url ?? source?.title ?? first,
      checkedOn: evidence.verifiedOn,
      confidence: ({ H: 'high', M: 'medium', L: 'low' } as const)[evidence.confidence],
    },
  };
}

/** Units of currency as the schema lets them through: in range, at most four decimals. */
export function moneyOf(units: number): Money {
  const converted = moneyFromDecimal(units);
  if (!converted.ok) throw new RangeError(`The schema let ${units} through.`);
  return converted.value;
}

/** An amount, or the share of the start balance that it names; null for a share of anything else. */
export function amountOf(amount: Amount, start: Money): Money | null {
  if (typeof amount === 'number') return moneyOf(amount);
  if (amount.of !== 'startBalance') return null;
  return money(Math.round((start * amount.percent) / 100));
}

/** Percent in parts per million. */
export function shareOf(percent: number): Share {
  return Math.round(percent * 10_000) as Share;
}

/** The wall clocks at which a trading day of the exchange begins; both are the same instant all year. */
const EXCHANGE_ROLLS: readonly string[] = ['18:00 America/New_York', '17:00 America/Chicago'];

/** A firm's clock: on trading days where it is the exchange's own roll and futures are traded, else on every date. */
export function clockOf(text: string, isFutures: boolean, skips: DayClock['skips'] = []): DayClock {
  const { seconds, zone } = placeTimeOf(text);
  const isTrading = isFutures && EXCHANGE_ROLLS.includes(text);
  return { zone: zone as Zone, time: seconds, days: isTrading ? 'trading' : 'calendar', skips };
}
