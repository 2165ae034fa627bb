import { describe, expect, it } from 'vitest';
import { contractFromName, frontMonthName, ROOTS } from './contracts.ts';

describe('contracts', () => {
  it('reads full names and nothing else', () => {
    const es = contractFromName('ES 12-26');
    expect(es).toMatchObject({
      ok: true,
      value: {
        instrument: { name: 'ES 12-26', tickSizeE8: 25_000_000, tickValue: 125_000 },
        expiry: Date.UTC(2026, 11, 1),
      },
    });
    for (const name of ['ES', 'ES 13-26', 'ES 11-26', 'XX 12-26', 'es 12-26', 'ES 12-2026']) {
      expect(contractFromName(name).ok, name).toBe(false);
    }
  });

  it('keeps ZN’s tick value exact', () => {
    const zn = contractFromName('ZN 12-26');
    expect(zn.ok && zn.value.instrument.tickValue).toBe(156_250);
  });

  it('trades the next delivery month', () => {
    const at = Date.UTC(2026, 11, 20);
    const names = ROOTS.map((root) => frontMonthName(root, at));
    expect(names).toEqual([
      'ES 03-27',
      'NQ 03-27',
      'MES 03-27',
      'MNQ 03-27',
      'GC 02-27',
      'CL 01-27',
      'ZN 03-27',
    ]);
  });
});
