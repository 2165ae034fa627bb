import { describe, expect, it } from 'vitest';
import { parseFaultScript } from './fault-file.ts';

const script = (...faults: object[]): string => JSON.stringify({ v: 1, faults });

describe('a fault script', () => {
  it('gives every left-out field its default', () => {
    expect(parseFaultScript(script({ kind: 'drop', probability: 0.01 }))).toEqual({
      ok: true,
      value: {
        faults: [
          {
            kind: 'drop',
            probability: 0.01,
            atMs: 0,
            on: 'start',
            forMs: null,
            direction: 'out',
            types: [],
          },
        ],
      },
    });
  });

  it('takes every kind there is', () => {
    const wait = { probability: 0.5, minMs: 1, maxMs: 5 };
    const kinds = [
      ...['drop', 'duplicate', 'garbage'].map((kind) => ({ kind, probability: 1 })),
      ...['reorder', 'delay'].map((kind) => ({ kind, ...wait })),
      ...['halfOpen', 'rejectOrders', 'partialFills', 'fillInFlight', 'cancelNeverConfirmed'],
      ...['ocoRace', 'zerosBurst', 'lateBracket', 'reenteringStrategy', 'lyingPosition'],
      ...['accountDisconnected', 'pausedMarket', 'shuffledEvents', 'crash', 'linkDrop'],
      { kind: 'clockSkew', skewMs: -5_000 },
    ].map((fault) => (typeof fault === 'string' ? { kind: fault } : fault));
    const parsed = parseFaultScript(script(...kinds));
    expect(parsed.ok && parsed.value.faults.length).toBe(kinds.length);
  });

  const wrong = [
    ['not JSON', '{', 'JSON'],
    ['another version', JSON.stringify({ v: 2, faults: [] }), 'v: '],
    ['an unknown kind', script({ kind: 'meteor' }), 'faults.0.kind: '],
    ['a misspelt field', script({ kind: 'halfOpen', forms: 5 }), 'forms'],
    ['an impossible probability', script({ kind: 'drop', probability: 2 }), 'faults.0.probability'],
  ] as const;
  it.each(wrong)('says what is wrong with %s', (_what, text, words) => {
    const parsed = parseFaultScript(text);
    expect(parsed.ok ? '' : parsed.error).toContain(words);
  });
});
