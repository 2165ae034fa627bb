import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readVectors } from './vector-file.ts';
import { replayed, vectorFiles, vectorNamed, written } from './testing/written-vectors.ts';

const REFERENCE = fileURLToPath(
  new URL('../../../../shared/reference/drawdown-semantics.md', import.meta.url),
);

// The ids of the reference's tables; in the files a suffix marks a branch or a variant of one.
const IDS = [
  ...['IT-1', 'IT-2', 'IT-3', 'IT-4', 'IT-5', 'IT-7', 'ED-1', 'ED-2', 'ED-3', 'ED-4', 'ED-5'],
  ...['ST-1', 'ST-2', 'ST-3', 'ST-4', 'ST-5', 'DL-1', 'DL-2', 'DL-3', 'DL-4', 'DL-6', 'DL-7'],
  ...['DL-9', 'DL-10', 'CO-1', 'CO-2', 'CO-3', 'CO-4', 'CO-5', 'CO-6', 'CO-7', 'CO-8', 'CO-11'],
  ...['CO-13', 'MD-1', 'MD-3', 'MD-4', 'MD-5', 'MD-6', 'MD-8', 'SC-1', 'SC-2', 'SC-3', 'SC-4'],
  ...['SC-5', 'SC-7', 'SC-8', 'SC-10', 'MA-1', 'MA-2', 'MA-3', 'TM-1', 'TM-2', 'TM-3', 'TM-4'],
  ...['TM-6', 'HO-1', 'HO-2', 'HO-3', 'HO-4', 'FE-1', 'FE-2', 'FE-3', 'MK-1', 'FX-1', 'FX-3'],
  ...['PY-1', 'PY-2', 'PY-3', 'PY-5', 'PY-6', 'PY-7'],
];

describe('the vectors', () => {
  it.each([...written.keys()])('%s comes out as written', (id) => {
    expect(replayed(vectorNamed(id))).toEqual([]);
  });

  it('have ids that are unique over all files', () => {
    const all = vectorFiles.flatMap((file) => {
      const read = readVectors(readFileSync(file, 'utf8'));
      return read.ok ? read.value.map(({ id }) => id) : [];
    });
    expect(all).toHaveLength(new Set(all).size);
    expect(all).toHaveLength(written.size);
  });

  it.each(IDS)('hold %s', (id) => {
    expect([...written.keys()].some((name) => name === id || name.startsWith(`${id}-`))).toBe(true);
  });

  it('hold every id that the reference names', ({ skip }) => {
    if (!existsSync(REFERENCE)) {
      console.warn(`Not found: ${REFERENCE}. Whether vectors are missing is NOT tested here.`);
      skip(`no ${REFERENCE}`);
    }
    const text = readFileSync(REFERENCE, 'utf8');
    const named = new Set(text.match(/\b(?:IT|ED|ST|DL|CO|MD|SC|MA|TM|HO|FE|MK|FX|PY)-\d+\b/g));
    // DL-5 is referred to by HO-3 and written nowhere.
    named.delete('DL-5');
    expect([...named].toSorted()).toEqual(IDS.toSorted());
  });
});

describe('a file that is not in the format', () => {
  const good = vectorNamed('IT-2');
  const [first, ...rest] = good.events;
  const flawed: readonly (readonly [string, unknown, string])[] = [
    [
      'an amount as a number',
      { ...good, events: [{ ...first, B: 25_000 }, ...rest] },
      'vector IT-2: event 0, field B: ',
    ],
    [
      'a misspelt field',
      { ...good, events: [{ ...first, balance: '1' }, ...rest] },
      'vector IT-2: event 0: Unrecognized key',
    ],
    ['a missing parameter', { ...good, params: { D: '1500' } }, 'vector IT-2: params.S: '],
    [
      'a limit told in no way',
      { ...good, rule: 'DLL', params: { S: '50000' } },
      'params: expected exactly one of Lim, tiers, share, profitShare',
    ],
    [
      'a limit told in two ways',
      { ...good, rule: 'GIVEBACK', params: { from: '500', share: '0.4', amount: '100' } },
      'params: expected exactly one of share, amount',
    ],
    [
      'a share of no target',
      { ...good, rule: 'CONS', params: { formula: 'C3', share: '0.40' } },
      'params.target: C3 and C4 need a target',
    ],
    ['an unknown rule', { ...good, rule: 'XYZ' }, 'vector IT-2: rule: '],
    [
      'a time without its offset',
      { ...good, events: [{ ...first, t: '2026-11-18T14:00:00' }, ...rest] },
      'vector IT-2: event 0, field t: ',
    ],
    [
      'a day that is in no calendar',
      { ...good, events: [{ ...first, t: '2026-02-30T14:00:00Z' }, ...rest] },
      'vector IT-2: event 0, field t: ',
    ],
    [
      'a date in words',
      { ...good, events: [{ ...first, t: '18 Nov 2026 14:00 +00:00' }, ...rest] },
      'vector IT-2: event 0, field t: ',
    ],
    [
      'a boundary of a month that does not exist',
      { ...good, events: [{ ...first, clock: { role: 'day', day: '2026-13-01' } }, ...rest] },
      'vector IT-2: event 0, field clock',
    ],
    [
      'a time past midnight',
      {
        ...good,
        rule: 'HOURS',
        start: { B: '25000' },
        params: { zone: 'America/New_York', spans: [{ from: '09:30', to: '24:30' }] },
      },
      'vector IT-2: params.spans.0.to: ',
    ],
    [
      'times that go back',
      { ...good, events: [...rest, first] },
      'field t: lies before the event above it',
    ],
    [
      'too few expectations',
      { ...good, expect: [] },
      'vector IT-2: expect: has 0 entries for 5 events',
    ],
    [
      'a fraction below the ten-thousandth',
      { ...good, params: { ...good.params, D: '0.00001' } },
      'params.D: ',
    ],
  ];
  it.each(flawed)('is refused with its place: %s', (_, vector, place) => {
    const read = readVectors(JSON.stringify(vector));
    expect(read.ok ? '' : read.error.join('\n')).toContain(place);
  });

  it('is refused when it is not JSON, empty or names a vector twice', () => {
    expect(readVectors('{')).toMatchObject({ ok: false });
    expect(readVectors('[]')).toEqual({ ok: false, error: ['there is no vector in it'] });
    const twice = readVectors(JSON.stringify([good, good]));
    expect(twice).toEqual({ ok: false, error: ['vector IT-2: the id occurs twice'] });
  });
});
