import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Ticks } from '../instrument/instrument.ts';
import { money, type Money } from '../money/money.ts';
import type { TradingDay } from '../session/trading-day.ts';
import {
  bookFill,
  dayTotals,
  EMPTY_LEDGER,
  lifeTotals,
  moneyFromTicks,
  netQuantity,
  openTicks,
  type LedgerFill,
  type ProfitLedger,
} from './profit-ledger.ts';

const MONDAY = '2026-01-05' as TradingDay;
const TUESDAY = '2026-01-06' as TradingDay;
const ES = { tickValue: money(125_000) };

function fill(side: 'buy' | 'sell', quantity: number, price: number, cost = 0): LedgerFill {
  return { side, quantity, price: price as Ticks, cost: cost as Money, isStartOfDay: false };
}

function carried(side: 'buy' | 'sell', quantity: number, price: number): LedgerFill {
  return { ...fill(side, quantity, price), isStartOfDay: true };
}

function book(fills: readonly LedgerFill[], day = MONDAY, from = EMPTY_LEDGER): ProfitLedger {
  return fills.reduce((ledger, next) => bookFill(ledger, next, day), from);
}

describe('profit ledger', () => {
  it('closes the oldest contracts first', () => {
    const ledger = book([fill('buy', 2, 100), fill('buy', 1, 110), fill('sell', 2, 120)]);
    expect(dayTotals(ledger, MONDAY).realizedTicks).toBe(40);
    expect(ledger.lots).toEqual([{ quantity: 1, price: 110 }]);
  });

  it('closes part of a lot and keeps its price for the rest', () => {
    const ledger = book([fill('sell', 3, 100), fill('buy', 1, 90)]);
    expect(dayTotals(ledger, MONDAY).realizedTicks).toBe(10);
    expect(ledger.lots).toEqual([{ quantity: -2, price: 100 }]);
  });

  it('opens the other way with what exceeds the open lots', () => {
    const ledger = book([fill('buy', 1, 100), fill('buy', 1, 104), fill('sell', 5, 110)]);
    expect(dayTotals(ledger, MONDAY).realizedTicks).toBe(16);
    expect(ledger.lots).toEqual([{ quantity: -3, price: 110 }]);
  });

  it('books gains and costs on the day of the closing fill', () => {
    const monday = book([fill('buy', 1, 100, 20_500)]);
    const ledger = book([fill('sell', 1, 104, 20_500)], TUESDAY, monday);
    expect(dayTotals(ledger, MONDAY)).toMatchObject({ realizedTicks: 0, costs: 20_500, fills: 1 });
    expect(dayTotals(ledger, TUESDAY)).toMatchObject({ realizedTicks: 4, costs: 20_500, fills: 1 });
    expect(moneyFromTicks(4, ES)).toBe(500_000);
  });

  it('opens lots from carried executions without gain, cost or count', () => {
    const ledger = book([carried('buy', 2, 100), carried('buy', 1, 103)]);
    expect(dayTotals(ledger, MONDAY)).toEqual({
      day: MONDAY,
      realizedTicks: 0,
      costs: 0,
      fills: 0,
    });
    expect(netQuantity(ledger)).toBe(3);
  });

  it('lets the first carried execution of a day replace what was open, not add to it', () => {
    const monday = book([fill('buy', 2, 100)]);
    const ledger = book([carried('buy', 2, 108), fill('sell', 2, 110)], TUESDAY, monday);
    expect(netQuantity(ledger)).toBe(0);
    expect(dayTotals(ledger, TUESDAY).realizedTicks).toBe(4);
  });

  it('keeps the sums of days it no longer keeps one by one', () => {
    let ledger = EMPTY_LEDGER;
    for (let day = 1; day <= 20; day += 1) {
      const name = `2026-01-${String(day).padStart(2, '0')}` as TradingDay;
      ledger = book([fill('buy', 1, 100, 5), fill('sell', 1, 101, 5)], name, ledger);
    }
    expect(ledger.days).toHaveLength(8);
    expect(lifeTotals(ledger)).toEqual({ realizedTicks: 20, costs: 200, fills: 40 });
  });

  it('accounts for every cent: realized + open - costs = cash flows + value at the mark', () => {
    const anyFill = fc.record({
      side: fc.constantFrom('buy' as const, 'sell' as const),
      quantity: fc.integer({ min: 1, max: 20 }),
      price: fc.integer({ min: -400, max: 40_000 }),
      cost: fc.integer({ min: -100, max: 50_000 }),
    });
    fc.assert(
      fc.property(
        fc.array(anyFill, { maxLength: 60 }),
        fc.integer({ min: -400, max: 40_000 }),
        (all, mark) => {
          const ledger = book(all.map((f) => fill(f.side, f.quantity, f.price, f.cost)));
          const { realizedTicks, costs } = lifeTotals(ledger);
          const held = all.reduce((n, f) => n + (f.side === 'buy' ? f.quantity : -f.quantity), 0);
          const cash = all.reduce(
            (sum, f) =>
              sum + (f.side === 'buy' ? -1 : 1) * f.quantity * f.price * ES.tickValue - f.cost,
            0,
          );
          expect(netQuantity(ledger)).toBe(held);
          const open = moneyFromTicks(openTicks(ledger, mark as Ticks), ES)!;
          expect(moneyFromTicks(realizedTicks, ES)! + open - costs).toBe(
            cash + held * mark * ES.tickValue,
          );
        },
      ),
    );
  });

  it('calls an amount too large to be exact unknown', () => {
    expect(moneyFromTicks(Number.MAX_SAFE_INTEGER, ES)).toBeNull();
  });

  it('never holds lots of both signs', () => {
    const quantities = fc.array(fc.integer({ min: -9, max: 9 }).filter((n) => n !== 0));
    fc.assert(
      fc.property(quantities, (signed) => {
        const ledger = book(signed.map((n) => fill(n > 0 ? 'buy' : 'sell', Math.abs(n), 100)));
        expect(new Set(ledger.lots.map((lot) => Math.sign(lot.quantity))).size).toBeLessThan(2);
      }),
    );
  });
});
