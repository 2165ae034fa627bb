import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import type { Ticks } from '../../shared/domain/instrument/instrument.ts';
import type { Bar } from '../../shared/domain/market/quote.ts';
import { ES, OPEN_AT } from '../../shared/testing/desk-facts.ts';
import { FakeClock } from '../../shared/testing/fake-clock.ts';
import { SqliteBarStore } from './bar-store.ts';
import { openTemp } from './testing/store-world.ts';

function bar(minute: number, close: number, closed = true): Bar {
  const price = close as Ticks;
  const prices = { open: price, high: price, low: price, close: price };
  const startsAt = (OPEN_AT + minute * 60_000) as EpochMs;
  return { instrument: ES, startsAt, ...prices, volume: 1, closed };
}

const closes = (store: SqliteBarStore, limit = 100) =>
  store.latest(ES, limit).map((shown) => shown.close);

describe('bar store', () => {
  it('shows a bar at once and gives it back after a restart', () => {
    const clock = new FakeClock();
    const { db, path } = openTemp();
    const store = new SqliteBarStore(clock);
    store.attach(db, path);
    store.put(bar(0, 10));
    store.put(bar(1, 11, false));
    store.put(bar(1, 12, false));
    expect(closes(store)).toEqual([10, 12]);
    clock.advance(1_000);
    const again = new SqliteBarStore(clock);
    again.attach(db, path);
    expect(again.latest(ES, 100)).toEqual([bar(0, 10), bar(1, 12, false)]);
    expect(closes(again, 1)).toEqual([12]);
  });

  it('never lets a running minute replace the finished one', () => {
    const clock = new FakeClock();
    const { db, path } = openTemp();
    const store = new SqliteBarStore(clock);
    store.attach(db, path);
    store.put(bar(0, 10));
    store.put(bar(0, 9, false));
    expect(closes(store)).toEqual([10]);
    clock.advance(1_000);
    store.put(bar(0, 8, false));
    expect(closes(store)).toEqual([10]);
    clock.advance(1_000);
    expect(closes(store)).toEqual([10]);
  });

  it('keeps two weeks and lets older bars go', () => {
    const clock = new FakeClock();
    const { db, path } = openTemp();
    const store = new SqliteBarStore(clock);
    store.attach(db, path);
    for (let minute = 0; minute < 14_010; minute += 1) {
      store.put(bar(minute, minute));
      if (minute % 1_000 === 0) clock.advance(1_000);
    }
    clock.advance(600_000);
    for (let more = 0; more < 600; more += 1) {
      store.put(bar(14_009, 14_009));
      clock.advance(1_000);
    }
    const count = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM bar').get()?.n ?? 0;
    expect(count).toBe(14_000);
    expect(closes(store, 1)).toEqual([14_009]);
  });

  it('goes on in memory without a disk', () => {
    const store = new SqliteBarStore(new FakeClock());
    store.put(bar(0, 10));
    expect(closes(store)).toEqual([10]);
  });
});
