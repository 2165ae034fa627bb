import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../kernel/clock.ts';
import { NO_SESSION, sessionFacts } from './session-facts.ts';

const at = (text: string) => Date.parse(text) as EpochMs;

describe('where an instant lies in the calendar of ES', () => {
  it.each([
    ['in a session', '2026-11-18T15:00:00Z', '2026-11-18', '2026-11-18T23:00:00Z'],
    ['in the daily pause', '2026-11-18T22:30:00Z', '2026-11-18', '2026-11-18T23:00:00Z'],
    ['at the open', '2026-11-18T23:00:00Z', '2026-11-19', '2026-11-19T23:00:00Z'],
    ['on a weekend', '2026-11-21T12:00:00Z', '2026-11-20', '2026-11-22T23:00:00Z'],
    ['on a Friday', '2026-11-20T15:00:00Z', '2026-11-20', '2026-11-22T23:00:00Z'],
  ])('%s', (_name, instant, day, opensNext) => {
    expect(sessionFacts('ES', at(instant))).toEqual({ day, opensNext: at(opensNext) });
  });

  it('of a product that the calendar does not know, nothing is told', () => {
    expect(sessionFacts('NOPE', at('2026-11-18T15:00:00Z'))).toEqual(NO_SESSION);
  });
});
