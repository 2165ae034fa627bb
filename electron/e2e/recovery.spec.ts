import { expect, test } from './fixtures.ts';
import { BUSY_MARKET, flattenIs, isExposed } from './harness/conditions.ts';
import { entriesOf, readJournal } from './harness/journal.ts';

test.beforeEach(() => test.setTimeout(150_000));

test('an app killed in mid-flatten takes it up again and proves it', async ({
  start,
  connect,
  dataFolder,
}) => {
  const first = await start();
  const platform = await connect(first, { words: BUSY_MARKET });
  await first.until(isExposed);
  await first.pressTray('flatten');
  await first.until(flattenIs('sent', 'accepted', 'verifying'));
  await first.kill();

  const before = readJournal(dataFolder);
  const [requested] = entriesOf(before, 'flatten.requested');
  expect(requested).toBeDefined();
  expect(entriesOf(before, 'flatten.confirmed')).toEqual([]);

  const second = await start();
  const view = await second.until(({ flattens }) =>
    flattens.some(({ id }) => id === requested?.flattenId),
  );
  expect(view.flattens[0]?.state).not.toBe('confirmed');
  // Without a link it is in alarm; the platform comes back to it, and then it goes on by itself.
  await second.until(flattenIs('confirmed'), 90_000);
  expect(platform.open()).toEqual({});
  const after = readJournal(dataFolder);
  expect(entriesOf(after, 'flatten.confirmed').map(({ flattenId }) => flattenId)).toEqual([
    requested?.flattenId,
  ]);
});

test('nothing that the platform was told is kept gets lost by a kill', async ({
  start,
  connect,
  dataFolder,
}) => {
  const first = await start();
  const platform = await connect(first, { words: BUSY_MARKET });
  await first.until(({ accounts }) => accounts.some(({ fillsToday }) => fillsToday > 5), 60_000);
  await first.kill();
  const second = await start();
  await second.until(isExposed, 60_000);
  await platform.stop();
  const told = platform.fills().map(({ executionId }) => executionId);
  await expect
    .poll(
      () => {
        const kept = new Set<string>(
          entriesOf(readJournal(dataFolder), 'execution.reported').map(
            ({ execution }) => execution.id,
          ),
        );
        return told.filter((id) => !kept.has(id));
      },
      { timeout: 20_000 },
    )
    .toEqual([]);
  expect(readJournal(dataFolder).flaws).toEqual([]);
});
