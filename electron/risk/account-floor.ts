import { money, type Money } from '../../shared/domain/money/money.ts';
import type { RuleKind } from '../../shared/domain/risk/rule.ts';
import type { Verdict } from '../../shared/domain/risk/verdict.ts';

/** Floors of the account itself: they never fall while the rules stay, unlike those of a day. */
const FLOORS: ReadonlySet<RuleKind> = new Set<RuleKind>([
  'intraday-trailing',
  'end-of-day-trailing',
  'static-floor',
]);

/** Of the account's floors the highest one that is known; null without. */
export function floorRule(verdicts: readonly Verdict[]): Verdict | null {
  return verdicts.reduce<Verdict | null>((found, one) => {
    const floor = FLOORS.has(one.kind) ? moneyReading(one, 'F') : null;
    return floor === null || floor <= (moneyReading(found, 'F') ?? -Infinity) ? found : one;
  }, null);
}

/** The floor at which the account is lost; null while none is known. */
export function accountFloor(verdicts: readonly Verdict[]): Money | null {
  const floor = moneyReading(floorRule(verdicts.filter(({ effect }) => effect === 'hard')), 'F');
  return floor === null ? null : money(floor);
}

/** A reading in money by its name; null when there is none or it is not known. */
export function moneyReading(verdict: Verdict | null, name: string): number | null {
  const reading = verdict?.readings[name];
  return reading?.unit === 'money' ? reading.value : null;
}
