import { problem, type PackIssue } from '../issue.ts';
import type { Template } from '../template.ts';
import { isPart } from '../values.ts';

const WITHOUT_LEAVE: readonly string[] = ['manualOnly', 'prohibited', 'unknown'];

/** The app must not begin with more than the firm has allowed it to do by itself. */
export function checkConduct({
  id,
  rules: { conduct, consistency },
}: Template): readonly PackIssue[] {
  const issues: PackIssue[] = [];
  const { automation, protection } = conduct;
  if (WITHOUT_LEAVE.includes(automation) && protection !== 'observe') {
    const sentence = `Automation is "${automation}", so the protection must begin as "observe".`;
    issues.push(problem('AUTOMATION_NOT_OBSERVED', `${id} conduct.protection`, sentence));
  }
  if (isPart(consistency)) {
    const { percent, percentByPayout } = consistency;
    if ((percent === undefined) === (percentByPayout === undefined)) {
      const sentence = 'It needs a percentage or one per payout, not both.';
      issues.push(problem('ONE_OF_TWO', `${id} consistency`, sentence));
    }
  }
  return issues;
}
