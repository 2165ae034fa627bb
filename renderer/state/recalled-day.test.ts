import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rule } from '../bridge/fake/risk-parts.ts';
import type { TimelineView } from '../../shared/protocol/ipc/risk-day.ts';
import { withCourse, withTimeline } from './recalled-day.ts';
import type { EquityLine } from './equity-line.ts';
import { changeId, type VerdictChange } from './verdict-trail.ts';

type Severity = NonNullable<VerdictChange['to']>;

const line = (from: number, to: number): EquityLine =>
  Array.from({ length: to - from }, (_, place) => ({
    at: (from + place) * 1_000,
    equity: from + place,
    floor: null,
    peak: null,
    own: null,
  }));

const course = (points: EquityLine) => ({ account: 'A', day: '2026-01-05', points: [...points] });

function moment(at: number, to: Severity): TimelineView['moments'][number] {
  const verdicts = [rule('a', 'Floor', { severity: to })];
  return { at, binding: 'a', changes: [{ rule: 'a', from: 'ok' }], verdicts };
}

function seen(at: number, to: Severity, name = 'a'): VerdictChange {
  const change = { at, rule: name, to };
  const more = { title: 'Floor', from: 'ok', reason: '', verdicts: [], binding: null } as const;
  return { ...change, ...more, id: changeId(change) };
}

const timeline = (...moments: TimelineView['moments']) => ({ account: 'A', day: null, moments });

describe('the day as the engine knows it', () => {
  it('goes on with what the window saw, without a gap or a double', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.nat(50), (opened, told, more) => {
        // The window opened in the middle of what is told, or later than its last second.
        const until = opened + told;
        const whole = withCourse(line(opened, until + more), course(line(0, until)));
        expect(whole.map(({ at }) => at / 1_000)).toEqual(
          Array.from({ length: until + more }, (_, second) => second),
        );
      }),
    );
  });

  it('leaves the window with what it saw when nothing is remembered', () => {
    expect(withCourse(line(3, 9), course([]))).toEqual(line(3, 9));
  });

  it('has a change once that both saw, and every one that only one of them saw', () => {
    const trail = [seen(105, 'notice'), seen(120, 'ok'), seen(130, 'notice'), seen(131, 'ok', 'b')];
    const told = timeline(moment(50, 'warning'), moment(60, 'ok'), moment(100, 'notice'));
    const whole = withTimeline(trail, told);
    expect(whole.map(({ at, rule: name, to }) => [at, name, to])).toEqual([
      [50, 'a', 'warning'],
      [60, 'a', 'ok'],
      [100, 'a', 'notice'],
      [120, 'a', 'ok'],
      [130, 'a', 'notice'],
      [131, 'b', 'ok'],
    ]);
    expect(whole[0]).toMatchObject({ title: 'Floor', binding: 'a', from: 'ok' });
  });

  it('is the same when it is told twice', () => {
    const told = timeline(moment(50, 'warning'), moment(60, 'ok'));
    const once = withTimeline([seen(70, 'notice')], told);
    expect(withTimeline(once, told)).toEqual(once);
  });
});
