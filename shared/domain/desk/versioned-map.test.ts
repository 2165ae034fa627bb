import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { VersionedMap } from './versioned-map.ts';

const sorted = (map: VersionedMap<number, number>) => map.values().sort((a, b) => a - b);

describe('versioned map', () => {
  it('keeps every version as it was, whichever is read or grown from, in any order', () => {
    const change = fc.record({
      from: fc.nat(),
      key: fc.integer({ min: 0, max: 6 }),
      value: fc.option(fc.integer({ min: 0, max: 99 }), { nil: null }),
      look: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const versions = [VersionedMap.empty<number, number>()];
        const models = [new Map<number, number>()];
        for (const { from, key, value, look } of changes) {
          const at = from % versions.length;
          const model = new Map(models[at]);
          if (value === null) model.delete(key);
          else model.set(key, value);
          const version = versions[at]!;
          versions.push(value === null ? version.without(key) : version.with(key, value));
          models.push(model);
          const seen = look % versions.length;
          expect(versions[seen]!.get(key)).toBe(models[seen]!.get(key));
        }
        versions.forEach((version, i) => {
          expect(version.size).toBe(models[i]!.size);
          expect(sorted(version)).toEqual([...models[i]!.values()].sort((a, b) => a - b));
        });
      }),
    );
  });

  it('grows by one at a cost that does not grow with it', () => {
    let map = VersionedMap.empty<number, number>();
    const old = map.with(-1, -1);
    for (let i = 0; i < 200_000; i += 1) map = map.with(i, i);
    expect(map.size).toBe(200_000);
    expect(old.size).toBe(1);
    expect(old.has(5)).toBe(false);
    expect(map.has(199_999)).toBe(true);
  });
});
