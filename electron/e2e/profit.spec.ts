import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../../build/bootstrap/checkout.ts';
import type { DeskView } from '../../shared/protocol/ipc/views.ts';
import { expect, test } from './fixtures.ts';
import { flattenIs, isExposed, isLive } from './harness/conditions.ts';
import { entriesOf, readJournal } from './harness/journal.ts';
import { netRealized } from './harness/own-books.ts';

const RECORDINGS = join(checkout, '..', 'shared', 'data', 'market');

const sessions = [
  { name: 'ES minutes', file: 'es-201312-20131008-minute.csv', pointValue: 50, speed: '120' },
  { name: 'GC ticks', file: 'gc-201312-20131008-ticks.csv.gz', pointValue: 100, speed: '60' },
] as const;

for (const { name, file, pointValue, speed } of sessions) {
  const recording = join(RECORDINGS, file);

  test(`${name}: the desk's P&L is the broker's fills, to the cent`, async ({
    desk,
    connect,
    dataFolder,
  }) => {
    test.setTimeout(180_000);
    if (!existsSync(recording)) {
      console.warn(`SKIPPED: ${recording} is not there.`);
      return;
    }
    const words = ['--market', recording, '--accounts', '2', '--speed', speed];
    const platform = await connect(desk, { words });
    await desk.until(
      ({ accounts }) =>
        accounts.length === 2 && accounts.every(({ fillsToday }) => fillsToday >= 10),
      90_000,
    );
    await desk.until(isExposed);
    await desk.pressTray('flatten');
    await desk.until(flattenIs('confirmed'), 60_000);
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
