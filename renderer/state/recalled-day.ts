import type { EquityView, TimelineView } from '../../shared/protocol/ipc/risk-day.ts';
import type { EquityLine } from './equity-line.ts';
import { changeId, TRAIL_LIMIT, type VerdictChange, type VerdictTrail } from './verdict-trail.ts';

/** The day as the engine knows it, then what the window saw after it: each second once, none left out. */
export function withCourse(line: EquityLine, { points }: EquityView): EquityLine {
  const until = points.at(-1)?.at ?? -Infinity;
  return [...points, ...line.filter(({ at }) => at > until)];
}

/**
 * What the engine knows together with what the window saw. Both may tell the same change, at times a moment apart: of a
 * rule that comes to the same verdict twice in a row, the first counts.
 */
export function withTimeline(trail: VerdictTrail, timeline: TimelineView): VerdictTrail {
  const told = timeline.moments.flatMap(changesOf);
  const standing = new Map<string, VerdictChange['to']>();
  return [...told, ...trail]
    .sort((a, b) => a.at - b.at)
    .filter(({ rule, to }) => {
      const isNews = standing.get(rule) !== to;
      standing.set(rule, to);
      return isNews;
    })
    .slice(-TRAIL_LIMIT);
}

function changesOf(moment: TimelineView['moments'][number]): readonly VerdictChange[] {
  const { at, binding, verdicts } = moment;
  return moment.changes.flatMap(({ rule, from }) => {
    const verdict = verdicts.find(({ id }) => id === rule);
    if (verdict === undefined) return [];
    const { title, severity: to, reason } = verdict;
    const change = { at, rule, to };
    return [{ ...change, id: changeId(change), title, from, reason, verdicts, binding }];
  });
}
