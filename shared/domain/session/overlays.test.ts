import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../kernel/clock.ts';
import { DAY_MS } from './civil-day.ts';
import { overlaysAt, overlaySpan } from './overlays.ts';

const at = (iso: string) => Date.parse(iso) as EpochMs;

describe('the centres at work', () => {
  it.each([
    ['2026-01-14T00:00:00Z', ['Asia']],
    ['2026-01-14T08:00:00Z', ['Asia', 'London']],
    ['2026-01-14T09:00:00Z', ['London']],
    ['2026-01-14T13:00:00Z', ['London', 'New York']],
    ['2026-01-14T17:00:00Z', ['New York']],
    ['2026-01-14T22:00:00Z', []],
    // America keeps summer time already, Europe not yet: New York starts an hour earlier by London's clock.
    ['2026-03-16T07:59:59Z', ['Asia']],
    ['2026-03-16T12:00:00Z', ['London', 'New York']],
    ['2026-03-16T16:59:59Z', ['London', 'New York']],
    // Both keep it.
    ['2026-07-15T07:00:00Z', ['Asia', 'London']],
    ['2026-07-15T12:00:00Z', ['London', 'New York']],
    ['2026-07-15T16:00:00Z', ['New York']],
    // Europe has left it, America not yet.
    ['2026-10-28T16:30:00Z', ['London', 'New York']],
    // Sunday evening in New York is Monday morning in Tokyo.
    ['2026-01-12T00:00:00Z', ['Asia']],
    ['2026-01-10T10:00:00Z', []],
  ])('at %s are %j', (instant, names) => {
    expect(overlaysAt(at(instant))).toEqual(names);
  });

  it('work nine hours by their own clocks, and not at the weekend', () => {
    const wednesday = Date.UTC(2026, 9, 28) / DAY_MS;
    for (const name of ['Asia', 'London', 'New York'] as const) {
      const span = overlaySpan(name, wednesday);
      expect(span === null ? null : span.closesAt - span.opensAt).toBe(9 * 3_600_000);
      expect(overlaySpan(name, wednesday + 3)).toBeNull();
    }
  });
});
