import { describe, expect, it } from 'vitest';
import { MINUS } from './money-text.ts';
import { averageText, contractsText, priceText, tickDecimals, ticksText } from './price-text.ts';

const ES = 25_000_000;
const ZN = 1_562_500;
const YEN = 50;
const GC = 10_000_000;
const YM = 100_000_000;

describe('prices in words', () => {
  it.each([
    [24_013, ES, '6,003.25'],
    [7_112, ZN, '111.125000'],
    [13_500, YEN, '0.0067500'],
    [26_551, GC, '2,655.1'],
    [44_120, YM, '44,120'],
    [-3_763, 1_000_000, `${MINUS}37.63`],
  ])('writes %i ticks of %i e-8 as %s', (ticks, size, text) => {
    expect(priceText(ticks, size)).toBe(text);
  });

  it('uses as many decimals as the tick needs', () => {
    expect([ES, ZN, YEN, GC, YM].map(tickDecimals)).toEqual([2, 6, 7, 1, 0]);
  });

  it('writes an average between two ticks without losing its half', () => {
    expect(averageText(240_080_000, ES)).toBe('6,002.00');
    expect(averageText(240_085_000, ES)).toBe('6,002.125');
    expect(averageText(240_083_333, ES)).toBe('6,002.0833');
    expect(averageText(441_205_000, YM)).toBe('44,120.5');
    expect(averageText(441_200_000, YM)).toBe('44,120');
  });

  it('stays exact where a float would not', () => {
    expect(averageText(9_007_199_254_740_991, ES)).toBe('225,179,981,368.5248');
  });
});

describe('ticks and contracts in words', () => {
  it('writes signed ticks with a decimal only where needed', () => {
    expect(ticksText(50_000)).toBe('+5 ticks');
    expect(ticksText(-110_000)).toBe(`${MINUS}11 ticks`);
    expect(ticksText(10_000)).toBe('+1 tick');
    expect(ticksText(-25_000)).toBe(`${MINUS}2.5 ticks`);
    expect(ticksText(0)).toBe('0 ticks');
    expect(ticksText(400)).toBe('0 ticks');
  });

  it('writes contracts with their sign', () => {
    expect([contractsText(2), contractsText(-1)]).toEqual(['+2', `${MINUS}1`]);
  });
});
