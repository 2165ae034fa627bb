import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { EpochMs } from '../../kernel/clock.ts';
import { bookFill, EMPTY_LEDGER, lifeTotals, netQuantity } from '../account/profit-ledger.ts';
import { tradingDayOf } from '../session/trading-day.ts';
import type { Ticks } from '../instrument/instrument.ts';
import { account, ES, execution, OPEN_AT, opened } from '../../testing/desk-facts.ts';
import { DeskWorld } from '../../testing/desk-world.ts';
import type { Fact } from './fact.ts';

const DAY_MS = 86_400_000;

function filled(id: string, day: number, over: Parameters<typeof execution>[1] = {}): Fact {
  const executedAt = (OPEN_AT + day * DAY_MS) as EpochMs;
  return { kind: 'execution.reported', seq: 1, execution: execution(id, { executedAt, ...over }) };
}

/** Takes a fill in on the day it was made. */
function trade(desk: DeskWorld, id: string, day: number, over = {}): void {
  desk.now = Math.max(desk.now, day * DAY_MS);
  desk.take(filled(id, day, over));
}

function book(desk: DeskWorld) {
  return desk.account().books.get(ES)!;
}

describe('fills', () => {
  it('are let go two weeks after they were made, and what they came to is not', () => {
    const desk = new DeskWorld().take(opened(), account(1));
    trade(desk, 'a', 0, { price: 100 as Ticks, quantity: 2 });
    trade(desk, 'b', 1, { price: 110 as Ticks, side: 'sell' });
    trade(desk, 'c', 14, { price: 105 as Ticks });
    expect(book(desk).fills.size).toBe(3);
    trade(desk, 'd', 15, { price: 107 as Ticks, side: 'sell', quantity: 2 });
    expect(
      book(desk)
        .fills.values()
        .map((cell) => cell.execution.id),
    ).toEqual(['b', 'c', 'd']);
    trade(desk, 'e', 30, { price: 100 as Ticks });
    expect(
      book(desk)
        .fills.values()
        .map((cell) => cell.execution.id),
    ).toEqual(['e']);
    expect(lifeTotals(book(desk).ledger).realizedTicks).toBe(10 + 7 + 2);
    expect(netQuantity(book(desk).ledger)).toBe(1);
  });

  it('are let go in every account and instrument at once, so that a quiet one keeps nothing for good', () => {
    const desk = new DeskWorld().take(opened(), account(1));
    trade(desk, 'a', 0, { instrument: 'NQ 12-26' });
    trade(desk, 'b', 0, { account: 'Sim102' });
    trade(desk, 'c', 20);
    const counts = [...desk.state.accounts.values()].flatMap((known) =>
      [...known.books.values()].map(({ fills }) => fills.size),
    );
    expect(counts).toEqual([0, 1, 0]);
  });

  it('replayed after they were let go are not booked again', () => {
    const desk = new DeskWorld().take(opened(), account(1));
    trade(desk, 'a', 0);
    trade(desk, 'b', 20);
    expect(book(desk).fills.size).toBe(1);
    desk.take(filled('a', 0));
    expect(netQuantity(book(desk).ledger)).toBe(2);
    expect(desk.entries).toEqual([]);
  });

  it('of a playback account count however far back the playback goes', () => {
    const desk = new DeskWorld().take(opened(), account(1, { kind: 'playback' }));
    trade(desk, 'a', 0);
    trade(desk, 'b', 20);
    desk.take(filled('c', -3));
    expect(netQuantity(book(desk).ledger)).toBe(3);
    expect(book(desk).ledger.days.map(({ fills }) => fills)).toEqual([1, 1, 1]);
  });

  it.each([
    ['a clock that is set ahead', 40, 0],
    ['a fill dated far ahead', 0, 40],
  ])('stay known through %s', (_, clock, dated) => {
    const desk = new DeskWorld().take(opened(), account(1));
    trade(desk, 'a', 0);
    desk.now = clock * DAY_MS;
    desk.take(filled('b', dated));
    desk.take(filled('a', 0));
    expect(book(desk).fills.size).toBe(2);
    expect(netQuantity(book(desk).ledger)).toBe(2);
  });

  it('come to the same whether they were let go or not, in whatever order they arrive within a week', () => {
    const trades = fc.array(
      fc.record({
        side: fc.constantFrom('buy' as const, 'sell' as const),
        quantity: fc.integer({ min: 1, max: 3 }),
        price: fc.integer({ min: 1, max: 99 }).map((ticks) => ticks as Ticks),
        day: fc.integer({ min: 0, max: 60 }),
        lateDays: fc.integer({ min: 0, max: 7 }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(trades, (made) => {
        const desk = new DeskWorld().take(opened(), account(1));
        const all = made
          .map(({ day, lateDays, ...over }, n) => {
            const executedAt = (OPEN_AT + day * DAY_MS + n) as EpochMs;
            return { heard: day + lateDays, id: `x${n}`, fill: { executedAt, ...over } };
          })
          .sort((a, b) => a.heard - b.heard);
        for (const { id, heard, fill } of all) trade(desk, id, heard, fill);
        const ordered = all.map(({ fill }) => fill).sort((a, b) => a.executedAt - b.executedAt);
        const kept = desk.account().books.get(ES);
        let ledger = EMPTY_LEDGER;
        for (const fill of ordered) {
          const day = tradingDayOf(fill.executedAt);
          ledger = bookFill(ledger, { ...execution('x'), ...fill }, day);
        }
        expect(kept?.ledger ?? EMPTY_LEDGER).toEqual(ledger);
      }),
      { numRuns: 200 },
    );
  });
});
