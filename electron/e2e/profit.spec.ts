import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../../build/bootstrap/checkout.ts';
import { tradingDayOf } from '../../shared/domain/session/trading-day.ts';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import type { DeskView } from '../../shared/protocol/ipc/views.ts';
import { expect, test } from './fixtures.ts';
import { flattenIs, isExposed, isLive } from './harness/conditions.ts';
import { entriesOf, readJournal } from './harness/journal.ts';
import { netRealized } from './harness/own-books.ts';

/** Time for both accounts to trade, and for a flatten to be proven. */
const TRADING_MS = 120_000;
const PROVING_MS = 60_000;

const RECORDINGS = join(checkout, '..', 'shared', 'data', 'market');

const sessions = [
  { name: 'ES minutes', file: 'es-201312-20131008-minute.csv', pointValue: 50 },
  { name: 'GC ticks', file: 'gc-201312-20131008-ticks.csv.gz', pointValue: 100 },
] as const;

for (const { name, file, pointValue } of sessions) {
  const recording = join(RECORDINGS, file);

  test(`${name}: the desk's P&L is the broker's fills, to the cent`, async ({
    desk,
    connect,
    dataFolder,
  }) => {
    test.setTimeout(240_000);
    if (!existsSync(recording)) {
      console.warn(`SKIPPED: ${recording} is not there.`);
      return;
    }
    const speed = String(speedWithinToday(Date.now()));
    const words = ['--market', recording, '--accounts', '2', '--size', '8', '--speed', speed];
    const platform = await connect(desk, { words });
    await desk.until(hasTraded, TRADING_MS);
    await desk.until(isExposed);
    await desk.pressTray('flatten');
    await desk.until(flattenIs('confirmed'), PROVING_MS);
    expect(platform.open()).toEqual({});
    // The books stop moving when the platform does, so that both sides speak of the same fills.
    await desk.until(isLive);
    const seen = await settled(desk.view.bind(desk), () => platform.fills().length);
    const fills = platform.fills();
    for (const account of seen.accounts) {
      const own = fills.filter((fill) => fill.account === account.name);
      expect(account.fillsToday).toBe(own.length);
      expect(account.realizedToday.value, account.name).toBe(netRealized(own, pointValue));
      expect(account.positions).toEqual([]);
    }
    const journal = readJournal(dataFolder);
    expect(journal.flaws).toEqual([]);
    const [confirmed] = entriesOf(journal, 'flatten.confirmed');
    expect(confirmed?.proof.accounts).toHaveLength(2);
  });
}

/**
 * A replay at speed runs ahead of the wall clock; this many times as fast it still ends within today's trading
 * day, so that all its fills count as today's.
 */
function speedWithinToday(now: number): number {
  const today = tradingDayOf(now as EpochMs);
  let minutes = 1;
  while (tradingDayOf((now + minutes * 60_000) as EpochMs) === today) minutes += 1;
  return Math.max(
    1,
    Math.min(60, Math.floor(((minutes - 1) * 60_000) / (TRADING_MS + PROVING_MS))),
  );
}

/** Both accounts have opened and closed, one of them often. */
function hasTraded({ accounts }: DeskView): boolean {
  const fills = accounts.map(({ fillsToday }) => fillsToday);
  return fills.length === 2 && Math.min(...fills) >= 3 && fills.reduce((a, b) => a + b) >= 12;
}

/** The desk once it has every fill that the broker has booked, while entries are held off. */
async function settled(read: () => Promise<DeskView>, booked: () => number): Promise<DeskView> {
  let view = await read();
  await expect
    .poll(async () => {
      view = await read();
      return view.accounts.reduce((sum, { fillsToday }) => sum + fillsToday, 0) === booked();
    })
    .toBe(true);
  return view;
}
