import type { SizeTier } from '../conduct-sections.ts';
import { problem, type PackIssue } from '../issue.ts';
import type { Template } from '../template.ts';
import { isPart } from '../values.ts';

/** Tiers are read from the lowest profit up; one out of order would never be reached. */
export function checkTiers({
  id,
  rules: { contracts, dailyLoss },
}: Template): readonly PackIssue[] {
  const issues: PackIssue[] = [];
  if (isPart(dailyLoss) && dailyLoss.tiers !== undefined) {
    const { tiers } = dailyLoss;
    issues.push(
      ...rising(
        `${id} dailyLoss.tiers`,
        tiers.map(({ from }) => from),
      ),
    );
    const amounts = tiers.flatMap(({ amount }) => (amount === 'none' ? [] : [amount]));
    issues.push(...notFalling(`${id} dailyLoss.tiers`, amounts));
  }
  if (!isPart(contracts) || contracts.tiers === undefined) return issues;
  const { tiers, minis, tiersFall } = contracts;
  const path = `${id} contracts.tiers`;
  issues.push(...rising(path, tiers.map(thresholdOf)));
  const sizes = tiers.map((tier) => tier.minis);
  issues.push(...notFalling(path, sizes));
  const most = Math.max(...sizes);
  if (typeof minis === 'number' && most > minis)
    issues.push(problem('TIERS_PAST_THE_CAP', path, `A tier allows ${most}, the cap is ${minis}.`));
  if (tiersFall === undefined)
    issues.push(
      problem('ONE_OF_TWO', path, 'Nothing says whether a lower close takes a tier away.'),
    );
  return issues;
}

function thresholdOf(tier: SizeTier): number {
  return 'from' in tier ? tier.from : tier.above;
}

function rising(path: string, thresholds: readonly number[]): readonly PackIssue[] {
  const place = thresholds.findIndex(
    (value, index) => value <= (thresholds[index - 1] ?? -Infinity),
  );
  if (place < 0) return [];
  const sentence = `${thresholds[place]} comes after ${thresholds[place - 1]}.`;
  return [problem('TIERS_NOT_RISING', `${path}.${place}`, sentence)];
}

function notFalling(path: string, values: readonly number[]): readonly PackIssue[] {
  const place = values.findIndex((value, index) => value < (values[index - 1] ?? -Infinity));
  if (place < 0) return [];
  const sentence = `More profit allows less: ${values[place]} after ${values[place - 1]}.`;
  return [problem('TIERS_NOT_RISING', `${path}.${place}`, sentence)];
}
