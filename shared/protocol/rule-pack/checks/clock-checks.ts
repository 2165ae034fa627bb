import { isKnownZone, placeTimeOf } from '../clock-time.ts';
import { problem, type PackIssue } from '../issue.ts';
import { leavesOf } from '../paths.ts';
import type { Template } from '../template.ts';

const CLOCK = /^\d\d:\d\d(:\d\d)? /;

/** Zones must exist, and deadlines must fit the trading day and what may be held. */
export function checkClocks(template: Template): readonly PackIssue[] {
  return [...zones(template), ...deadline(template)];
}

function zones({ id, rules }: Template): readonly PackIssue[] {
  return [...leavesOf(rules)].flatMap(([path, value]) => {
    if (typeof value !== 'string' || !CLOCK.test(value)) return [];
    const { zone } = placeTimeOf(value);
    const sentence = `There is no time zone "${zone}".`;
    return isKnownZone(zone) ? [] : [problem('ZONE_UNKNOWN', `${id} ${path}`, sentence)];
  });
}

function deadline({ id, rules: { session, holding } }: Template): readonly PackIssue[] {
  const path = `${id} session.flatBy`;
  if (session.flatBy === 'unknown') return [];
  if (session.flatBy === 'none') {
    const sentence = 'Nothing may be held over the weekend, but there is no time to be flat by.';
    return holding.weekend === false ? [problem('WEEKEND_DEADLINE', path, sentence)] : [];
  }
  const issues: PackIssue[] = [];
  if (holding.overnight === true || holding.weekend === true) {
    const sentence = 'Positions may be held overnight, yet there is a time to be flat by.';
    issues.push(problem('DEADLINE_OF_HOLDING', path, sentence));
  }
  const by = placeTimeOf(session.flatBy);
  const roll = placeTimeOf(session.rollsAt);
  if (by.zone === roll.zone && roll.seconds > 0 && by.seconds > roll.seconds)
    issues.push(problem('DEADLINE_AFTER_ROLL', path, 'The next trading day has begun by then.'));
  return issues;
}
