import type { DeskPage } from './desk-page.ts';
import { expect, test } from './fixtures.ts';

const NAME = 'APEX-114203';

async function openRecord(desk: DeskPage): Promise<void> {
  await desk.open({ scenario: 'risk-ok' });
  await desk.page.getByRole('tab', { name: 'Rules and room' }).click();
  await desk.button(/^Payouts, resets/).press('Enter');
}

function answer(desk: DeskPage) {
  return desk.dialog.locator('.wish-answer').first();
}

test('a payout is recorded after it was said a second time, and not by a second Enter', async ({
  desk,
}) => {
  await openRecord(desk);
  await expect(desk.button('Record it…')).toBeDisabled();
  await desk.dialog.getByLabel('Amount paid out').fill('1,250.50');
  await desk.dialog.getByLabel('Amount paid out').press('Enter');
  await expect(desk.dialog).toContainText('A payout of $1,250.50.');
  await expect(desk.dialog).toContainText('cannot be taken back');
  await expect(desk.button('Change it')).toBeFocused();
  await desk.page.keyboard.press('Enter');
  expect(await desk.calls('risk.record')).toEqual([]);
  await desk.button('Record it…').click();
  await desk.dialog.getByRole('button', { name: 'Record it', exact: true }).click();
  await expect(answer(desk)).toContainText('Done. The rules know of it.');
  expect(await desk.calls('risk.record')).toEqual([
    { kind: 'payout', account: NAME, amount: 12_505_000 },
  ]);
  await expect(desk.dialog.getByLabel('Amount paid out')).toHaveValue('');
});

test('what did not get through is still there to be sent again', async ({ desk }) => {
  await openRecord(desk);
  await desk.dialog.getByLabel('What happened').selectOption('The firm booked something else');
  await desk.dialog.getByLabel('Amount, with its sign').fill('-85');
  await desk.page.evaluate(() => window.fake.desk.failing.set('risk.record', 'Disk full.'));
  await desk.button('Record it…').click();
  await desk.dialog.getByRole('button', { name: 'Record it', exact: true }).click();
  await expect(answer(desk)).toContainText('The wish did not get through: Disk full.');
  await expect(desk.dialog.getByLabel('Amount, with its sign')).toHaveValue('-85');
  expect(await desk.calls('risk.record')).toEqual([
    { kind: 'adjustment', account: NAME, amount: -850_000 },
  ]);
});

test('a minus is an amount for a booking only, and a reset is told by its balance', async ({
  desk,
}) => {
  await openRecord(desk);
  await desk.dialog.getByLabel('Amount paid out').fill('-85');
  await expect(desk.button('Record it…')).toBeDisabled();
  await desk.dialog.getByLabel('What happened').selectOption('The firm has reset the account');
  await desk.dialog.getByLabel('Balance after the reset').fill('50,000');
  await desk.button('Record it…').click();
  await desk.dialog.getByRole('button', { name: 'Record it', exact: true }).click();
  await expect(answer(desk)).toContainText('Done.');
  expect(await desk.calls('risk.record')).toEqual([
    { kind: 'reset', account: NAME, balance: 500_000_000 },
  ]);
});

test('a file of days with a mistake is refused by its line', async ({ desk }) => {
  await openRecord(desk);
  await desk.button('Choose the file of days').click();
  await expect(desk.dialog.locator('.wish-answer').last()).toHaveText(
    'Refused. days.csv: Line 7: not a day in the form day,net,fills,kind',
  );
  expect(await desk.calls('risk.importDays')).toEqual([{ account: NAME }]);
});

test('the news calendar says how far it reaches, and another one is taken in', async ({ desk }) => {
  await desk.open({ scenario: 'risk-ok' });
  await desk.page.getByRole('tab', { name: 'Rules and room' }).click();
  await desk.button('News calendar').click();
  await expect(desk.dialog).toContainText('214 releases from 2026-01-05 to 2026-02-27');
  await desk.button('Choose the calendar').click();
  await expect(answer(desk)).toHaveText('Done. calendar.csv: 231 releases were taken in.');
  expect(await desk.calls('news.read')).toHaveLength(2);
});

test('insisting is offered against the firm’s word, and not against what it cannot lift', async ({
  desk,
}) => {
  await desk.open({ scenario: 'risk-doubtful' });
  await desk.page.getByRole('tab', { name: 'Rules and room' }).click();
  await desk.button('Change the protection').click();
  await expect(desk.dialog).toContainText('The firm forbids software that trades by itself.');
  await expect(desk.dialog.getByLabel(/I know it/)).toBeVisible();
  await desk.page.keyboard.press('Escape');
  await desk.page.evaluate(() => {
    window.fake.desk.change((view) => ({
      ...view,
      accounts: view.accounts.map((one) => {
        const { protection } = one.risk;
        if (protection === null) return one;
        const barrier = 'This live account was not switched on.';
        const closed = { ...protection, objection: '', barrier, reason: barrier };
        return { ...one, risk: { ...one.risk, protection: closed } };
      }),
    }));
  });
  await desk.button('Change the protection').click();
  await expect(desk.dialog).toContainText('This live account was not switched on.');
  await expect(desk.dialog.getByLabel(/I know it/)).toHaveCount(0);
});
