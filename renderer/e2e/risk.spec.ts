import type { Locator } from '@playwright/test';
import type { DeskPage } from './desk-page.ts';
import { expect, test } from './fixtures.ts';

const NAME = 'APEX-114203';

async function openRules(desk: DeskPage): Promise<void> {
  await desk.page.getByRole('tab', { name: 'Rules and room' }).click();
}

function firm(desk: DeskPage): Locator {
  return desk.dialog.getByRole('combobox', { name: 'Firm', exact: true });
}

test('a card leads with the distance to the floor in money, ticks, contracts and losses', async ({
  desk,
}) => {
  await desk.open({ scenario: 'risk-warning' });
  const room = desk.account(NAME).getByRole('region', { name: /^Distance of/ });
  await expect(room.locator('.room-money')).toHaveText('$1,200.00');
  await expect(room.locator('.room-lead')).toContainText('Caution · 48 % left');
  await expect(room.locator('.room-fact')).toHaveText([
    'Contracts at risk3',
    'Ticks to the floor40',
    'Average losses left7 n 34',
  ]);
  await expect(room.locator('.own-line')).toContainText('Your limit: $425.00 left');
});

test('without rules the card says so, and what to do', async ({ desk }) => {
  await desk.open({ scenario: 'exposed' });
  const card = desk.account(NAME);
  await expect(card).toContainText('No rules chosen');
  await expect(card).toContainText('is not known, and nothing guards it');
  await expect(card.locator('.room-money')).toHaveCount(0);
  await card.getByRole('button', { name: `Choose rules for ${NAME}` }).press('Enter');
  await expect(firm(desk)).toBeVisible();
});

for (const scenario of ['risk-unknown', 'risk-stale', 'risk-doubtful'] as const) {
  test(`what is uncertain is never ample: ${scenario}`, async ({ desk }) => {
    await desk.open({ scenario });
    const lead = desk.account(NAME).locator('.room-lead');
    await expect(lead).toHaveClass(/tone-warning/);
    await expect(lead).toContainText(/Uncertain|Not known/);
  });
}

test('the rules are chosen by firm and template, with start and protection', async ({ desk }) => {
  await desk.open({ scenario: 'exposed' });
  await desk.button(`Choose rules for ${NAME}`).click();
  await firm(desk).selectOption('Apex Trader Funding');
  await desk.dialog
    .getByLabel('Account as you bought it')
    .selectOption('Apex 4.0 50K intraday performance account');
  await expect(desk.dialog).toContainText('checked 2025-12-28, high confidence');
  await desk.dialog.getByLabel(/^Highest equity/).fill('52,140.50');
  await desk.dialog.getByLabel(/^Guard:/).check();
  await expect(desk.dialog).toContainText('This firm forbids software that trades by itself.');
  await desk.dialog.getByLabel(/I know it/).check();
  await desk.dialog.getByLabel(/^Conservative/).check();
  await desk.button(`Judge ${NAME} by these rules`).click();
  await expect(desk.dialog.locator('.wish-answer')).toContainText('Done.');
  expect(await desk.calls('risk.assign')).toEqual([
    {
      account: NAME,
      template: 'apex.4_0.intraday.pa.50k',
      level: 'guard',
      safety: 500,
      insists: true,
      start: 'running',
      peak: 521_405_000,
      hasDailyLimit: false,
    },
  ]);
});

test('a peak that is no amount, and a template without a start, cannot be sent', async ({
  desk,
}) => {
  await desk.open({ scenario: 'exposed' });
  await desk.button(`Choose rules for ${NAME}`).click();
  await firm(desk).selectOption('Apex Trader Funding');
  await desk.dialog
    .getByRole('combobox', { name: 'Account as you bought it' })
    .selectOption({ index: 1 });
  await desk.dialog.getByLabel(/^Highest equity/).fill('52.140,50');
  await expect(desk.button(/^Judge/)).toBeDisabled();
  await firm(desk).selectOption('FTMO');
  await desk.dialog
    .getByRole('combobox', { name: 'Account as you bought it' })
    .selectOption({ index: 1 });
  await expect(desk.dialog).toContainText('It cannot be chosen.');
  await expect(desk.button(/^Judge/)).toBeDisabled();
});

test('a lock says why, until when in both clocks, and that exits pass', async ({ desk }) => {
  await desk.open({ scenario: 'risk-critical' });
  const lock = desk.account(NAME).getByRole('region', { name: `Lock of ${NAME}` });
  await expect(lock).toContainText('85 % of your own limit is used.');
  await expect(lock).toContainText(/Ends .*\d\d:00:00 here, Mon 17:00:00 in Chicago\./);
  await expect(lock).toContainText('In 7 h 55 min. Exits always pass.');
  await desk.advance(3_600_000);
  await expect(lock).toContainText('In 6 h 55 min.');
});

test('an unlock is asked for with a reason, and the engine answers', async ({ desk }) => {
  await desk.open({ scenario: 'risk-critical' });
  await desk.button(`Ask to unlock ${NAME}`).click();
  await expect(desk.dialog.getByRole('button', { name: 'Ask to unlock' })).toBeDisabled();
  await desk.dialog.getByLabel('Why should it be lifted?').fill('I hedge elsewhere.');
  await desk.dialog.getByRole('button', { name: 'Ask to unlock' }).click();
  await expect(desk.dialog.locator('.wish-answer')).toHaveText(
    'Refused. This lock stands until the next session. Exits pass.',
  );
  expect(await desk.calls('risk.unlock')).toEqual([
    { account: NAME, reason: 'I hedge elsewhere.' },
  ]);
});

test('less protection is asked for, and its time is told', async ({ desk }) => {
  await desk.open({ scenario: 'risk-ok' });
  await openRules(desk);
  await desk.button('Change the protection').click();
  await desk.dialog.getByLabel(/^Observe:/).check();
  await desk.dialog.getByLabel(/^Reason/).fill('The firm asked.');
  await desk.dialog.getByRole('button', { name: 'Change the protection' }).click();
  await expect(desk.dialog.locator('.wish-answer')).toContainText('Takes effect ');
  expect(await desk.calls('risk.settings')).toEqual([
    {
      account: NAME,
      level: 'observe',
      safety: 700,
      insists: false,
      reason: 'The firm asked.',
    },
  ]);
});

test('the table has limit, used, left, basis, source, last judgement and the end of a closing', async ({
  desk,
}) => {
  await desk.open({ scenario: 'risk-soft-lock' });
  await desk
    .account(NAME)
    .getByRole('button', { name: `Rules of ${NAME}` })
    .click();
  const table = desk.page.getByRole('table', { name: `Rules of ${NAME} as they stand now` });
  const daily = table.getByRole('rowgroup').filter({ hasText: 'Daily loss' }).first();
  await expect(daily).toContainText('$1,000.00');
  await expect(daily).toContainText('$1,012.50');
  await expect(daily).toContainText('−$12.50');
  await expect(daily).toContainText('result of the trading day, open profit included');
  await expect(daily).toContainText(
    /Apex help centre, 4.0 performance accounts, read 2025-12-28, high confidence · judged at \d\d:\d\d:\d\d/,
  );
  await expect(daily).toContainText(/Entries are closed until .*here, Mon 17:00:00 in Chicago\./);
  await expect(table).toContainText('Your own limit');
});

test('in a small window the rules that are asked for come into sight', async ({ desk }) => {
  await desk.open({ scenario: 'risk-soft-lock', width: 640, height: 400 });
  for (let time = 0; time < 2; time += 1) {
    await desk.button(`Rules of ${NAME}`).click();
    await expect(desk.page.getByRole('tab', { name: 'Rules and room' })).toBeInViewport();
    await desk.page.evaluate(() => scrollTo(0, 0));
  }
});

test('a what-if names the rule that binds, and another question clears the answer', async ({
  desk,
}) => {
  await desk.open({ scenario: 'risk-ok' });
  await openRules(desk);
  await desk.page.getByLabel('Contracts', { exact: true }).fill('4');
  await desk.page.getByLabel('Side').selectOption('Sell');
  await desk.page.getByLabel('Ticks against it').fill('40');
  await desk.button('Work it out').click();
  const answer = desk.page.locator('.what-if-answer');
  await expect(answer).toContainText('Over your limit');
  await expect(answer).toContainText('$2,372.65 → $372.65');
  await expect(answer).toContainText('Trailing drawdown');
  expect(await desk.calls('risk.whatIf')).toEqual([
    { account: NAME, instrument: 'ES 03-26', quantity: -4, ticks: 40 },
  ]);
  await desk.page.getByLabel('Ticks against it').fill('41');
  await expect(answer).toContainText('Nothing is sent');
});

test('a change of a verdict is listed and can be replayed, and the past says that it is past', async ({
  desk,
}) => {
  await desk.open({ scenario: 'risk-ok' });
  await openRules(desk);
  await desk.page.evaluate(() => {
    window.fake.desk.change((view) => ({
      ...view,
      accounts: view.accounts.map((one) => ({
        ...one,
        risk: {
          ...one.risk,
          evaluatedAt: view.at,
          verdicts: one.risk.verdicts.map((verdict, place) =>
            place === 0
              ? { ...verdict, severity: 'warning', used: 17_500_000, reason: 'Little is left.' }
              : verdict,
          ),
        },
      })),
    }));
  });
  const entry = desk.page.locator('.trail').first().locator('.trail-line').first();
  await expect(entry).toContainText('Warning');
  await expect(entry).toContainText('Little is left.');
  await entry.getByRole('button', { name: /^Replay Trailing drawdown/ }).click();
  await expect(desk.page.locator('.replay')).toContainText('Past: as it stood at');
  await desk.button('Back to now').click();
  await expect(desk.page.locator('.replay')).toHaveCount(0);
});

test('the health score opens its whole formula to the keyboard', async ({ desk }) => {
  await desk.open({ scenario: 'risk-notice' });
  await desk.account(NAME).locator('.health-mark').focus();
  await expect(desk.page.getByRole('tooltip')).toHaveText(
    'The lowest of: percent of the firm’s room left 64; percent of your own limit left 48; average losses left × 10 (from 34 losing trades) 100; worst rule (notice) 75. So 48 of 100.',
  );
});

test('the equity chart tells its levels in words and since when it was watched', async ({
  desk,
}) => {
  await desk.open({ scenario: 'risk-ok' });
  await openRules(desk);
  await expect(desk.page.getByRole('img', { name: /^Equity chart/ })).toHaveAccessibleName(
    `Equity chart of ${NAME}: equity $52,012.65, firm’s floor $49,640.00, your limit $50,415.00, peak $52,140.00`,
  );
  await expect(desk.page.locator('.equity figcaption')).toHaveText(
    /^Equity of 2026-01-05 since \d\d:\d\d:\d\d$/,
  );
});

test('the middle is turned with the arrow keys', async ({ desk }) => {
  await desk.open({ scenario: 'risk-ok' });
  await desk.page.getByRole('tab', { name: 'Price chart' }).press('ArrowRight');
  await expect(desk.page.getByRole('tab', { name: 'Rules and room' })).toBeFocused();
  await expect(desk.page.getByRole('tabpanel', { name: 'Rules and room' })).toBeVisible();
  await desk.page.keyboard.press('ArrowLeft');
  await expect(desk.page.getByRole('img', { name: /^Price chart/ })).toBeVisible();
});
