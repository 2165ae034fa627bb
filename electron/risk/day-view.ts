import type { DayCourse, VerdictMoment } from '../../shared/domain/risk/feed/day-course.ts';
import type { EquityView, TimelineView } from '../../shared/protocol/ipc/risk-day.ts';
import { ruleView } from './risk-view.ts';

/** The day's course as the window draws it. */
export function equityView(account: string, course: DayCourse | null): EquityView {
  return {
    account,
    day: dayName(course),
    points: (course?.points ?? []).map((one) => ({ ...one })),
  };
}

/** The day's changes of verdicts, each with what stood after it. */
export function timelineView(account: string, course: DayCourse | null): TimelineView {
  return { account, day: dayName(course), moments: (course?.moments ?? []).map(momentView) };
}

function dayName(course: DayCourse | null): string | null {
  return course === null || course.day === '' ? null : course.day;
}

function momentView({ at, binding, changes, verdicts }: VerdictMoment) {
  return {
    at,
    binding,
    changes: changes.map((change) => ({ ...change })),
    verdicts: verdicts.map((verdict) => ruleView(verdict, at)),
  };
}
