import { expect, test } from './fixtures.ts';

/** The word as a claim about the present. */
const CLAIM = /(?<!proven )\bflat\b(?!ten)/i;

test('the first tab stop is the flatten button, and Enter asks for it', async ({ desk }) => {
  await desk.open({ scenario: 'exposed' });
  await desk.page.keyboard.press('Tab');
  await expect(desk.flatten).toBeFocused();
  await desk.page.keyboard.press('Enter');
  expect(await desk.calls('flatten.request')).toEqual([
    { scope: { kind: 'all' }, door: 'dashboard' },
  ]);
});

test('no state before the proof says flat, and the proof can be read', async ({ desk }) => {
  await desk.open({ scenario: 'exposed' });
  await desk.flatten.click();
  for (const step of [0, 20, 70, 810, 3_000, 4_000, 2_999]) {
    await desk.advance(step);
    await expect(desk.flattenStatus).not.toHaveText(CLAIM);
    await expect(desk.flattenStatus).toHaveText(/Flattening|Verifying/);
    await expect(desk.flatten).toBeEnabled();
  }
  await desk.advance(2);
  await expect(desk.flattenStatus).toHaveText(/^Flat, proven at \d\d:\d\d:\d\d$/);
  await desk.page.locator('.top').getByRole('button', { name: 'Show the proof' }).click();
  await expect(desk.dialog.getByText('No position and no order reported')).toBeVisible();
  await expect(desk.dialog.getByText('Not covered (disconnected)')).toBeVisible();
});

test('the watch counts down by the second', async ({ desk }) => {
  await desk.open({ scenario: 'flatten-verifying' });
  await expect(desk.flattenStatus).toHaveText('Verifying: no position reported, watching 7 s');
  await desk.advance(2_000);
  await expect(desk.flattenStatus).toHaveText('Verifying: no position reported, watching 5 s');
});

test('twenty presses are one flatten that says so', async ({ desk }) => {
  await desk.open({ scenario: 'exposed' });
  for (let press = 0; press < 20; press += 1) await desk.flatten.click();
  await desk.advance(20);
  await expect(desk.flattenDetail).toHaveText('Already flattening (20 presses).');
  expect(await desk.calls('flatten.request')).toHaveLength(20);
  expect(await desk.page.evaluate(() => window.fake.desk.view.flattens.length)).toBe(1);
});

test('an account and a position can be flattened alone, from the keyboard', async ({ desk }) => {
  await desk.open({ scenario: 'exposed' });
  const card = desk.account('APEX-114203');
  await card.getByRole('button', { name: /^Flatten APEX-114203/ }).press('Enter');
  await card.getByRole('button', { name: /NQ 03-26 in/ }).press('Space');
  expect(await desk.calls('flatten.request')).toEqual([
    { scope: { kind: 'account', account: 'APEX-114203' }, door: 'accountCard' },
    {
      scope: { kind: 'instrument', account: 'APEX-114203', instrument: 'NQ 03-26' },
      door: 'accountCard',
    },
  ]);
});

test('with the link down a press arms, says what to do by hand, and can be disarmed', async ({
  desk,
}) => {
  await desk.open({ scenario: 'offline' });
  await desk.flatten.click();
  await expect(desk.flattenStatus).toHaveText(/UNRESOLVED, armed/);
  await expect(desk.alarms).toContainText('Flatten in NinjaTrader by hand now.');
  await desk.alarms.getByRole('button', { name: 'Disarm' }).click();
  await expect(desk.alarms).toHaveCount(0);
  await expect(desk.flattenStatus).toHaveText(/^Disarmed at/);
});

test('an unresolved flatten raises an alarm with what is left', async ({ desk }) => {
  await desk.open({ scenario: 'flatten-unresolved' });
  await expect(desk.alarms).toContainText('Long 2 ES 03-26 and 2 working orders');
  await expect(desk.alarms).toContainText('Short 1 NQ 03-26 and 1 working order');
  await expect(desk.alarms).toContainText('By hand:');
  await desk.alarms.getByRole('button', { name: 'Flatten again' }).click();
  expect(await desk.calls('flatten.request')).toHaveLength(1);
  await expect(desk.alarms).toHaveCount(0);
});

test('an alarm that no longer tries ends only by a deliberate act', async ({ desk }) => {
  await desk.open({ scenario: 'flatten-unresolved' });
  await expect(desk.alarms).toContainText('Not trying by itself any more.');
  await desk.button('I closed it by hand').click();
  await expect(desk.alarms).toHaveCount(0);
  expect(await desk.calls('flatten.disarm')).toEqual([{ flattenId: 'flat-1' }]);
});

test('the alarm of a refusal can be put away in this window', async ({ desk }) => {
  await desk.open({ scenario: 'flatten-refused' });
  await desk.button('I closed it by hand').click();
  await expect(desk.alarms).toHaveCount(0);
  await expect(desk.account('APEX-114203')).toContainText('Refused.');
});

test('a request that fails says so and what to do', async ({ desk }) => {
  await desk.open({ scenario: 'exposed' });
  await desk.page.evaluate(() =>
    window.fake.desk.failing.set('flatten.request', 'Channel closed.'),
  );
  await desk.flatten.click();
  await expect(desk.flattenStatus).toHaveText('The request did not get through');
  await expect(desk.flattenDetail).toContainText('Channel closed. Close it in NinjaTrader by hand');
});

test('an engine that does not answer is named after two seconds', async ({ desk }) => {
  await desk.open({ scenario: 'exposed' });
  await desk.page.evaluate(() => window.fake.desk.mute.add('flatten.request'));
  await desk.flatten.click();
  await expect(desk.flattenStatus).toHaveText('Asking the engine…');
  await desk.advance(3_000);
  await expect(desk.flattenStatus).toHaveText('The engine has not answered yet');
});

test('a proof is of the past as soon as something opens again', async ({ desk }) => {
  await desk.open({ scenario: 'flatten-confirmed' });
  await expect(desk.flattenStatus).toHaveText(/^Flat, proven/);
  const accounts = await desk.page.evaluate(() => window.fake.desk.view.accounts);
  const opened = {
    instrument: 'ES 03-26',
    quantity: 1,
    averageTicksE4: 240_000_000,
    openProfit: 0,
    openTicksE4: 0,
    markedAt: null,
  };
  await desk.change({
    accounts: accounts.map((one, place) => (place === 0 ? { ...one, positions: [opened] } : one)),
  });
  await expect(desk.flattenStatus).toHaveText('1 position in 1 account');
  await expect(desk.flattenDetail).toContainText('Was proven flat at');
});

test('an open dialog keeps the flatten button in reach', async ({ desk }) => {
  await desk.open({ scenario: 'exposed' });
  await desk.button('Settings').click();
  await desk.dialog.getByRole('button', { name: /^Flatten everything/ }).click();
  expect(await desk.calls('flatten.request')).toHaveLength(1);
});

test('a desk that cannot be drawn still flattens and says what it cannot know', async ({
  desk,
}) => {
  await desk.open({ scenario: 'exposed' });
  await desk.page.evaluate(() => {
    String.prototype.padStart = () => {
      throw new Error('drawing failed');
    };
  });
  await desk.advance(1_000);
  await expect(desk.page.getByText('The desk could not be drawn')).toBeVisible();
  await desk.button(/^Flatten everything/).click();
  await expect(desk.page.getByText(/^Flattening\. Load the window again/)).toBeVisible();
  expect(await desk.calls('flatten.request')).toEqual([
    { scope: { kind: 'all' }, door: 'dashboard' },
  ]);
});
