import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bar } from '../../domain/market/quote.ts';
import { contractFromName } from '../contracts.ts';
import { randomFrom } from '../random.ts';
import { BarBuilder } from './bar-builder.ts';
import { describeLineError } from './line-error.ts';
import { pathOfMinute } from './minute-path.ts';
import { MINUTE_HEADING, readMinuteRows, type MinuteRow } from './minute-rows.ts';
import { MinuteSource } from './minute-source.ts';
import type { MarketSource, MarketTick } from './market-tick.ts';
import { ShiftedSource } from './shifted-source.ts';
import { readTradeRows, TRADE_HEADING } from './trade-rows.ts';
import { TradeSource } from './trade-source.ts';

const contract = contractFromName('ES 12-13');
if (!contract.ok) throw new Error(contract.error.detail);
const { instrument } = contract.value;
const GOOD =
  '2013-10-08T00:00:00.000Z,1667.5,1667.5,1667.25,1667.25,31,1667.75,1667.75,1667.5,1667.5,24,1667.5,1667.75,1667.25,1667.5,48';

function ticksOf(source: MarketSource): MarketTick[] {
  const ticks: MarketTick[] = [];
  for (let tick = source.next(); tick !== null; tick = source.next()) ticks.push(tick);
  return ticks;
}

describe('minute files', () => {
  it('read prices as ticks', () => {
    const rows = readMinuteRows([MINUTE_HEADING, GOOD, ''], instrument);
    expect(rows).toMatchObject({
      ok: true,
      value: [{ bid: { open: 6670 }, ask: { close: 6670 }, trade: { high: 6671 }, volume: 48 }],
    });
  });

  const broken = [
    ['a heading of another kind', ['time,open', GOOD], 1, 'expected utc'],
    ['a missing field', [MINUTE_HEADING, GOOD, GOOD.replace(',48', '')], 3, '15 fields'],
    ['a local time', [MINUTE_HEADING, GOOD.replace('Z', '+02:00')], 2, 'not a UTC time'],
    [
      'a time inside a minute',
      [MINUTE_HEADING, GOOD.replace('00.000', '07.000')],
      2,
      'start of a minute',
    ],
    [
      'a price off the tick',
      [MINUTE_HEADING, GOOD.replace('1667.5,', '1667.4,')],
      2,
      'not a multiple',
    ],
    ['words for a price', [MINUTE_HEADING, GOOD.replace('1667.5,', 'high,')], 2, 'not a price'],
    ['half a bar', [MINUTE_HEADING, GOOD.replace('1667.5,', ',')], 2, 'missing'],
    [
      'a high below the close',
      [MINUTE_HEADING, GOOD.replace('1667.75,1667.25,1667.5,48', '1667.25,1667.25,1667.5,48')],
      2,
      'enclose',
    ],
    ['the same minute twice', [MINUTE_HEADING, GOOD, GOOD], 3, 'not after'],
    ['nothing but a heading', [MINUTE_HEADING], 1, 'no minute'],
  ] as const;
  it.each(broken)('name the line of %s', (_what, lines, line, words) => {
    const rows = readMinuteRows(lines, instrument);
    if (rows.ok) throw new Error('was read');
    expect(rows.error.line).toBe(line);
    expect(describeLineError('my.csv', rows.error)).toContain(`my.csv, line ${line}: `);
    expect(rows.error.detail).toContain(words);
  });

  it('may leave out trades, or one side', () => {
    const quiet = GOOD.replace('1667.5,1667.75,1667.25,1667.5,48', ',,,,');
    const oneSided = quiet
      .replace('1667.5,1667.5,1667.25,1667.25,31', ',,,,0')
      .replace('00:00:00', '00:01:00');
    const rows = readMinuteRows([MINUTE_HEADING, quiet, oneSided], instrument);
    if (!rows.ok) throw new Error(rows.error.detail);
    const source = new MinuteSource({
      instrument,
      rows: rows.value,
      random: randomFrom(1),
      startsAt: 0,
      historyMinutes: 0,
    });
    const ticks = ticksOf(source);
    expect(ticks.length).toBeGreaterThan(4);
    for (const tick of ticks) {
      expect(tick.lastSize).toBe(0);
      expect(tick.ask).toBeGreaterThan(tick.bid);
    }
  });
});

const minute: fc.Arbitrary<MinuteRow> = fc
  .record({
    open: fc.integer({ min: 100, max: 200 }),
    up: fc.nat(9),
    down: fc.nat(9),
    close: fc.nat(18),
    volume: fc.integer({ min: 4, max: 5_000 }),
  })
  .map(({ open, up, down, close, volume }) => {
    const trade = {
      open,
      high: open + up,
      low: open - down,
      close: open - down + Math.min(close, up + down),
    };
    const bid = { open, high: open + up, low: open - down, close: trade.close };
    return { startsAt: 0, bid, ask: null, trade, bidSize: 9, askSize: 9, volume };
  });

describe('the course of a minute', () => {
  it('rebuilds the recorded bar to the tick and the contract', () => {
    fc.assert(
      fc.property(minute, fc.integer(), (row, seed) => {
        const builder = new BarBuilder(instrument.name);
        for (const tick of pathOfMinute(row, randomFrom(seed))) builder.add(tick);
        expect(builder.running).toMatchObject({ ...row.trade, volume: row.volume });
      }),
    );
  });

  it('stays inside its minute, in order, with the ask above the bid', () => {
    fc.assert(
      fc.property(minute, fc.integer(), (row, seed) => {
        let before = -1;
        for (const tick of pathOfMinute(row, randomFrom(seed))) {
          expect(tick.at).toBeGreaterThanOrEqual(before);
          expect(tick.at).toBeLessThan(60_000);
          expect(tick.ask).toBeGreaterThan(tick.bid);
          before = tick.at;
        }
      }),
    );
  });
});

describe('tick files', () => {
  const lines = [
    TRADE_HEADING,
    '2013-10-08T00:00:10.000Z,1667.5,3',
    '2013-10-08T00:00:11.000Z,1667.75,1',
    '2013-10-08T00:00:11.000Z,1667.5,2',
    '2013-10-08T00:02:00.500Z,1667.5,4',
  ];
  const rows = readTradeRows(lines, instrument);
  const source = (startsAt: number, historyMinutes = 60) => {
    if (!rows.ok) throw new Error(rows.error.detail);
    const random = randomFrom(1);
    return new TradeSource({
      instrument,
      rows: rows.value,
      random,
      startsAt,
      historyMinutes,
      depth: 5,
    });
  };

  it('name the line that goes back in time, and one that is no number', () => {
    const back = readTradeRows([...lines, '2013-10-08T00:00:00.000Z,1667.5,1'], instrument);
    expect(back).toMatchObject({ ok: false, error: { line: 6 } });
    const words = readTradeRows([TRADE_HEADING, '2013-10-08T00:00:00.000Z,1667.5,two'], instrument);
    expect(words).toMatchObject({ ok: false, error: { line: 2, detail: '"two" is not a size.' } });
  });

  it('put the quote one tick around the trade, on the side it moved to', () => {
    const quotes = ticksOf(source(0)).map(({ bid, ask, last }) => [bid, last, ask]);
    expect(quotes).toEqual([
      [6669, 6670, 6670],
      [6670, 6671, 6671],
      [6670, 6670, 6671],
      [6670, 6670, 6671],
    ]);
  });

  it('turn what comes before the start into history', () => {
    const late = source(Date.UTC(2013, 9, 8, 0, 2));
    expect(late.history).toMatchObject([
      { open: 6670, high: 6671, low: 6670, close: 6670, volume: 6 },
    ]);
    expect(ticksOf(late)).toHaveLength(1);
  });

  it('can be played at another time, bars on whole minutes', () => {
    const shifted = new ShiftedSource(source(Date.UTC(2013, 9, 8, 0, 2)), 3_600_000 + 7_000);
    const [bar] = shifted.history as Bar[];
    expect(bar?.startsAt).toBe(Date.UTC(2013, 9, 8, 1, 0));
    expect(shifted.next()?.at).toBe(Date.UTC(2013, 9, 8, 1, 2, 7, 500));
  });
});
