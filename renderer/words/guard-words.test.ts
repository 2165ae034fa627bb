import { describe, expect, it } from 'vitest';
import { guard } from '../bridge/fake/view-parts.ts';
import { guardSentences, guardState } from './guard-words.ts';

describe('the words on a guard', () => {
  it.each([
    [guard({ state: 'off' }), null],
    [guard(), 'Guard armed'],
    [
      guard({ state: 'notSynced', code: 'LINK_DOWN', problem: 'NinjaTrader is not connected' }),
      'Guard not synced: NinjaTrader is not connected',
    ],
  ])('say whether it is in force: %j', (view, text) => {
    expect(guardState(view)?.text ?? null).toBe(text);
  });

  it.each([
    [
      guard({ entriesLocked: true, reason: 'daily limit' }),
      'Entries are locked until they are cleared: daily limit.',
    ],
    [
      guard({ entriesLocked: true, lockedUntil: new Date(2026, 0, 5, 16).getTime() }),
      'Entries are locked until 2026-01-05 16:00:00.',
    ],
    [guard({ maxContracts: 1, hardFloor: 475_000_000 }), 'At most 1 contract. Floor $47,500.00.'],
    [guard({ hardFloor: 0, flattenAtFloor: true }), 'Flatten at $0.00.'],
    [
      guard({ state: 'notSynced', code: 'PENDING' }),
      'The AddOn may still hold limits that are no longer wanted.',
    ],
  ])('say what it holds: %j', (view, text) => {
    expect(guardSentences(view, 'USD')).toBe(text);
  });
});
