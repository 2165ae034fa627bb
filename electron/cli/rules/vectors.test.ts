import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replayVector, type Mismatch } from './replay.ts';
import { readVectors } from './vector-file.ts';

const FOLDER = join(import.meta.dirname, '../../../shared/domain/risk/vectors');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

interface Written {
  readonly id: string;
  readonly params?: Record<string, unknown>;
  readonly rule?: string;
  readonly events: readonly Record<string, unknown>[];
  readonly expect: readonly unknown[];
}

const written = new Map(
  FILES.flatMap((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Written[]).map(
    (vector) => [vector.id, vector],
  ),
);

function replayed(vector: unknown): readonly Mismatch[] {
  const read = readVectors(JSON.stringify(vector));
  if (!read.ok) throw new Error(read.error.join('; '));
  return read.value.flatMap((one) => replayVector(one).events.flatMap((line) => line.mismatches));
}

function vectorNamed(id: string): Written {
  const vector = written.get(id);
  if (vector === undefined) throw new Error(`there is no vector ${id}`);
  return vector;
}

function withParams(id: string, params: Record<string, unknown>): Written {
  const vector = vectorNamed(id);
  return { ...vector, params: { ...vector.params, ...params } };
}

describe('the vectors', () => {
  it.each([...written.keys()])('%s comes out as written', (id) => {
    expect(replayed(vectorNamed(id))).toEqual([]);
  });

  // The ids of the reference tables; a suffix marks a branch or a variant of one.
  const ids = [
    ...['IT-1', 'IT-2', 'IT-3', 'IT-4', 'IT-5', 'IT-7', 'ED-1', 'ED-2', 'ED-3', 'ED-4', 'ED-5'],
    ...['ST-1', 'ST-2', 'ST-3', 'ST-4', 'ST-5', 'DL-1', 'DL-2', 'DL-3', 'DL-4', 'DL-6', 'DL-7'],
    ...['DL-9', 'DL-10', 'CO-1', 'CO-2', 'CO-3', 'CO-4', 'CO-5', 'CO-6', 'CO-7', 'CO-8', 'CO-11'],
    ...['CO-13', 'MD-1', 'MD-3', 'MD-4', 'MD-5', 'MD-6', 'MD-8', 'SC-1', 'SC-2', 'SC-3', 'SC-4'],
    ...['SC-5', 'SC-7', 'SC-8', 'SC-10', 'MA-1', 'MA-2', 'MA-3', 'TM-1', 'TM-2', 'TM-3', 'TM-4'],
    ...['TM-6', 'HO-1', 'HO-2', 'HO-3', 'HO-4', 'FE-1', 'FE-2', 'FE-3', 'MK-1', 'FX-1', 'FX-3'],
    ...['PY-1', 'PY-2', 'PY-3', 'PY-5', 'PY-6', 'PY-7'],
  ];
  it.each(ids)('hold %s', (id) => {
    expect([...written.keys()].some((name) => name === id || name.startsWith(`${id}-`))).toBe(true);
  });
});

describe('a formula that is often claimed and wrong', () => {
  const wrong: readonly (readonly [string, Written])[] = [
    [
      'FTMO counts from the higher of balance and equity',
      withParams('DL-9-ftmo-profit', { reference: 'higher-of-balance-and-equity' }),
    ],
    [
      'The5ers counts from the balance',
      withParams('DL-9-the5ers-profit', { reference: 'balance' }),
    ],
    ['Apex 4.0 50K has a drawdown of 2,500', withParams('IT-1', { D: '2500' })],
    ['Apex 4.0 has the 30 % rule', withParams('CO-4', { share: '0.30' })],
    ["Topstep's best day may be 50 %", withParams('CO-1', { share: '0.50' })],
    ['TradeDay stays end-of-day when funded', { ...vectorNamed('TD-quick-pay'), rule: 'EOD' }],
    ['Topstep locks at S + 100', withParams('ED-2', { K: '50100' })],
    ['Take Profit Trader locks at S + 100', withParams('IT-2', { K: '25100' })],
    ['an Apex evaluation locks at S + 100', withParams('IT-3-rithmic', { K: '50100' })],
    ['an Apex evaluation on Tradovate locks', withParams('IT-3-tradovate', { K: '53000' })],
    ['the peak follows the balance alone', withParams('IT-4', { peak: 'balance' })],
    ['a touch does not breach', withParams('IT-1', { op: '<' })],
    ['crossing is needed nowhere', withParams('ST-2', { op: '<=' })],
    ['a strict share passes at the share', withParams('CO-8', { op: '<=' })],
    ['the daily limit looks at closed results alone', withParams('DL-1', { includesOpen: false })],
    ['a boundary belongs to the higher tier', tierInclusive(vectorNamed('SC-8'))],
  ];
  it.each(wrong)('%s', (_, vector) => {
    expect(replayed(vector).length).toBeGreaterThan(0);
  });

  it('an end-of-day drawdown cannot fail during the day', () => {
    const vector = vectorNamed('ED-1');
    // The wrong engine sees the account at its snapshots alone.
    const events = vector.events.map(({ t, clock }) =>
      clock === undefined ? { t } : { t, clock },
    );
    const breaches = replayed({ ...vector, events }).filter(({ field }) => field === 'breach');
    expect(breaches.map(({ expected, got }) => [expected, got])).toContainEqual(['true', 'false']);
  });

  it('a payout is a loss of the day', () => {
    const vector = vectorNamed('PY-6');
    // The naive engine sees the balance fall and hears of no payout.
    const events = vector.events.map((event) =>
      'cash' in event ? { t: event['t'], B: '51100', U: '0' } : event,
    );
    expect(replayed({ ...vector, events }).map(({ field }) => field)).toContain('breach');
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
    ['an unknown rule', { ...good, rule: 'XYZ' }, 'vector IT-2: rule: '],
    [
      'a time without its offset',
      { ...good, events: [{ ...first, t: '2026-11-18T14:00:00' }, ...rest] },
      'vector IT-2: event 0, field t: ',
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

function tierInclusive(vector: Written): Written {
  const tiers = vector.params?.['tiers'] as Record<string, unknown>;
  return { ...vector, params: { ...vector.params, tiers: { ...tiers, operator: '>=' } } };
}
