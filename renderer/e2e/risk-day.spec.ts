import type { DeskPage } from './desk-page.ts';
import { expect, test } from './fixtures.ts';

const NAME = 'APEX-114203';

async function openRules(desk: DeskPage): Promise<void> {
  await desk.page.getByRole('tab', { name: 'Rules and room' }).click();
}

function caption(desk: DeskPage) {
  return desk.page.locator('.equity figcaption');
}

function changes(desk: DeskPage) {
  return desk.page.locator('.trail').first().locator('.trail-line');
}

test('the day before the window opened is there, and each change of it can be replayed', async ({
  desk,
}) => {
  await desk.open({ scenario: 'risk-ok' });
  await openRules(desk);
  await expect(caption(desk)).toHaveText(/^Equity of 2026-01-05 since \d\d:\d\d:\d\d$/);
  await expect(changes(desk)).toHaveCount(2);
  await expect(changes(desk).last()).toContainText('Half of the room is used.');
  await expect(desk.page.getByText('These are the changes of 2026-01-05.')).toBeVisible();
  await changes(desk)
    .last()
    .getByRole('button', { name: /^Replay/ })
    .press('Enter');
  await expect(desk.page.locator('.replay')).toContainText('Past: as it stood at');
  await expect(desk.page.getByRole('table', { name: /as they stand at/ })).toContainText(
    'Half of the room is used.',
  );
  expect(await desk.calls('risk.equity')).toEqual([{ account: NAME }]);
  expect(await desk.calls('risk.timeline')).toEqual([{ account: NAME }]);
});

test('a day that cannot be asked for is unknown and not empty, and can be asked for again', async ({
  desk,
}) => {
  await desk.open({ scenario: 'risk-ok' });
  await desk.page.evaluate(() => window.fake.desk.failing.set('risk.timeline', 'Disk full.'));
  await openRules(desk);
  const note = desk.page.getByText('What was before is not known: Disk full.');
  await expect(note).toBeVisible();
  await expect(caption(desk)).toHaveText(/, as this window saw it$/);
  await expect(changes(desk)).toHaveCount(0);
  await desk.page.evaluate(() => window.fake.desk.failing.clear());
  await desk.button('Ask again').click();
  await expect(note).toHaveCount(0);
  await expect(changes(desk)).toHaveCount(2);
});

test('a late answer for another account changes nothing', async ({ desk }) => {
  await desk.open({ scenario: 'risk-crowd' });
  await desk.page.evaluate(() => {
    const kept = new Promise<void>((resolve) => {
      (window as unknown as { release: () => void }).release = resolve;
    });
    window.fake.desk.late.set('risk.equity', kept);
  });
  await openRules(desk);
  await expect(desk.page.getByText('Asking for the day so far')).toBeVisible();
  await desk.page.evaluate(() => window.fake.desk.failing.set('risk.equity', 'Disk full.'));
  const pick = desk.page.getByRole('region', { name: 'Rules and room' }).getByLabel('Account');
  await pick.selectOption({ index: 3 });
  const note = desk.page.getByText('What was before is not known: Disk full.');
  await expect(note).toBeVisible();
  await desk.page.evaluate(() => (window as unknown as { release: () => void }).release());
  await desk.frames();
  await expect(note).toBeVisible();
  await expect(caption(desk)).toHaveText(/, as this window saw it$/);
});

test('another day begins with an empty sheet, and the engine is asked for it', async ({ desk }) => {
  await desk.open({ scenario: 'risk-ok' });
  await openRules(desk);
  await expect(caption(desk)).toHaveText(/^Equity of 2026-01-05/);
  await desk.page.evaluate(() => {
    window.fake.desk.change((view) => ({
      ...view,
      accounts: view.accounts.map((one) => ({
        ...one,
        risk: one.risk.rules === null ? one.risk : { ...one.risk, day: '2026-01-06' },
      })),
    }));
  });
  await expect(caption(desk)).toHaveText(/^Equity of 2026-01-06/);
  expect(await desk.calls('risk.equity')).toHaveLength(2);
});
