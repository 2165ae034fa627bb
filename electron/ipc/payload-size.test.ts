import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exceedsBytes } from './payload-size.ts';

/** Bytes of the text alone, which is what a request could carry much of. */
function textBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((sum, [, inner]) => sum + textBytes(inner), 0);
}

test('never passes more text than the limit', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.integer({ min: 1, max: 200 }), (value, limit) => {
      if (textBytes(value) > limit) expect(exceedsBytes(value, limit)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('passes ordinary requests and refuses large ones', () => {
  expect(exceedsBytes({ scope: { kind: 'all' }, door: 'dashboard' }, 65_536)).toBe(false);
  expect(exceedsBytes(undefined, 65_536)).toBe(false);
  expect(exceedsBytes('x'.repeat(65_536), 65_536)).toBe(true);
  expect(
    exceedsBytes(
      Array.from({ length: 10_000 }, () => 'abcdef'),
      65_536,
    ),
  ).toBe(true);
  expect(exceedsBytes({ ['k'.repeat(70_000)]: 1 }, 65_536)).toBe(true);
  expect(exceedsBytes('\u20ac'.repeat(30_000), 65_536)).toBe(true);
});

test('a value that contains itself ends at the limit', () => {
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  expect(exceedsBytes(circular, 65_536)).toBe(true);
});

test('a deeply nested value needs no stack', () => {
  let nested: unknown = null;
  for (let depth = 0; depth < 20_000; depth += 1) nested = [nested];
  expect(exceedsBytes(nested, 1_000_000)).toBe(false);
  expect(exceedsBytes(nested, 30_000)).toBe(true);
});

test('objects that are no plain data are refused', () => {
  for (const value of [new Map(), new Date(0), new Uint8Array(4), /x/, new Error('x')]) {
    expect(exceedsBytes({ value }, 65_536)).toBe(true);
  }
});
