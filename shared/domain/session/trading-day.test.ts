import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { EpochMs } from '../../kernel/clock.ts';
import { tradingDayOf } from './trading-day.ts';

const at = (iso: string) => Date.parse(iso) as EpochMs;

describe('trading day', () => {
  it.each([
    // Central standard time: UTC-6, so the roll is at 23:00Z.
    ['2026-01-05T22:59:59.999Z', '2026-01-05'],
    ['2026-01-05T23:00:00.000Z', '2026-01-06'],
    // Central daylight time: UTC-5, so the roll is at 22:00Z.
    ['2026-07-06T21:59:59.999Z', '2026-07-06'],
    ['2026-07-06T22:00:00.000Z', '2026-07-07'],
  ])('rolls at 17:00 Chicago, winter and summer: %s is %s', (iso, day) => {
    expect(tradingDayOf(at(iso))).toBe(day);
  });

  it('follows the clock change on its own day', () => {
    // Clocks go forward on Sunday 2026-03-08 at 08:00Z and back on Sunday 2026-11-01 at 07:00Z.
    expect(tradingDayOf(at('2026-03-06T22:30:00Z'))).toBe('2026-03-06');
    expect(tradingDayOf(at('2026-03-09T21:59:59Z'))).toBe('2026-03-09');
    expect(tradingDayOf(at('2026-03-09T22:00:00Z'))).toBe('2026-03-10');
    expect(tradingDayOf(at('2026-10-30T22:30:00Z'))).toBe('2026-11-02');
    expect(tradingDayOf(at('2026-11-02T22:30:00Z'))).toBe('2026-11-02');
    expect(tradingDayOf(at('2026-11-02T23:00:00Z'))).toBe('2026-11-03');
  });

  it('counts the time from Friday 17:00 to Sunday 17:00 as Monday', () => {
    for (const iso of ['2026-01-09T23:00:00Z', '2026-01-10T12:00:00Z', '2026-01-11T23:00:00Z']) {
      expect(tradingDayOf(at(iso))).toBe('2026-01-12');
    }
  });

  it('never goes back as time goes on', () => {
    const instant = fc.integer({
      min: at('2000-01-01T00:00:00Z'),
      max: at('2040-01-01T00:00:00Z'),
    });
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 200_000_000 }), (start, later) => {
        expect(tradingDayOf(start as EpochMs) <= tradingDayOf((start + later) as EpochMs)).toBe(
          true,
        );
      }),
    );
  });
});
