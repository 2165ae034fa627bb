import { describe, expect, it } from 'vitest';
import { PACK_DAY, shippedLibrary } from '../../shipped-packs.ts';
import { drawBreach, reachOf } from './breach-draw.ts';
import { generatedTapes, recordedTapes } from './tapes.ts';
import { trialTemplates } from './trial-templates.ts';

const templates = trialTemplates(shippedLibrary(PACK_DAY));
const pool = { tapes: generatedTapes('draw'), templates };

describe('a drawn breach', () => {
  it('is the same again from the same seed', () => {
    expect(drawBreach('again', 5, pool)).toEqual(drawBreach('again', 5, pool));
    expect(drawBreach('again', 5, pool)).not.toEqual(drawBreach('other', 5, pool));
  });

  it('lies where the market goes far enough against the position', () => {
    for (let n = 0; n < 60; n += 1) {
      const { tape, from, quantity, distance, template } = drawBreach('reach', n, pool);
      const reach = { distance, withinMs: 8 * 60_000 };
      expect(reachOf(tape, from, Math.sign(quantity), reach)).not.toBeNull();
      expect(Math.abs(quantity)).toBeLessThanOrEqual(Math.min(10, template.maxContracts));
    }
  });

  it('varies in size, side, template and distance', () => {
    const plans = Array.from({ length: 200 }, (_, n) => drawBreach('varied', n, pool));
    const kinds = (of: (plan: (typeof plans)[number]) => unknown): number =>
      new Set(plans.map(of)).size;
    expect(kinds(({ quantity }) => Math.abs(quantity))).toBeGreaterThan(7);
    expect(kinds(({ quantity }) => Math.sign(quantity))).toBe(2);
    expect(kinds(({ template }) => template.id)).toBe(templates.length);
    expect(kinds(({ distance }) => distance)).toBeGreaterThan(15);
  });
});

it('has no recorded market where there is none', () => {
  expect(recordedTapes('none', '/there/is/no/such/folder')).toBeNull();
});
