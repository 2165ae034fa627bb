import { describe, expect, it } from 'vitest';
import { riskView, rule } from '../bridge/fake/risk-parts.ts';
import { TRAIL_LIMIT, withVerdicts, type VerdictTrail } from './verdict-trail.ts';

const calm = riskView({ verdicts: [rule('a', 'Floor'), rule('b', 'Size')] });
const warned = riskView({
  verdicts: [
    rule('a', 'Floor', { severity: 'warning', reason: 'Little is left.' }),
    rule('b', 'Size'),
  ],
});

describe('the trail of verdicts', () => {
  it('notes each change with what stood after it', () => {
    expect(withVerdicts([], { before: calm, after: warned, at: 7 })).toEqual([
      {
        id: '7 warning a',
        at: 7,
        rule: 'a',
        title: 'Floor',
        from: 'ok',
        to: 'warning',
        reason: 'Little is left.',
        verdicts: warned.verdicts,
        binding: warned.binding,
      },
    ]);
  });

  it('notes nothing while only figures move', () => {
    const moved = riskView({ verdicts: [rule('a', 'Floor', { used: 5 }), rule('b', 'Size')] });
    expect(withVerdicts([], { before: calm, after: moved, at: 7 })).toEqual([]);
  });

  it('notes rules that come and go', () => {
    const other = riskView({
      verdicts: [rule('a', 'Floor'), rule('c', 'Hours', { severity: 'notice' }), rule('d', 'News')],
    });
    const trail = withVerdicts([], { before: calm, after: other, at: 7 });
    expect(trail.map(({ rule: id, from, to }) => [id, from, to])).toEqual([
      ['c', null, 'notice'],
      ['b', 'ok', null],
    ]);
  });

  it('keeps the newest', () => {
    let trail: VerdictTrail = [];
    for (let turn = 0; turn < TRAIL_LIMIT + 50; turn += 1) {
      const [before, after] = turn % 2 === 0 ? [calm, warned] : [warned, calm];
      trail = withVerdicts(trail, { before, after, at: turn });
    }
    expect(trail).toHaveLength(TRAIL_LIMIT);
    expect(trail.at(0)?.at).toBe(50);
    expect(trail.at(-1)?.at).toBe(TRAIL_LIMIT + 49);
  });
});
