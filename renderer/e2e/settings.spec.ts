import { expect, test } from './fixtures.ts';

test('a theme is taken at once', async ({ desk }) => {
  await desk.open({ scenario: 'exposed' });
  await desk.button('Settings').click();
  await desk.dialog.getByText('Light').click();
  await expect(desk.page.locator('html')).toHaveAttribute('data-theme', 'light');
  expect(await desk.calls('settings.change')).toEqual([{ theme: 'light' }]);
});

test('a shortcut is captured from the keyboard and a taken one is named', async ({ desk }) => {
  await desk.open({ scenario: 'exposed' });
  await desk.button('Settings').click();
  await expect(desk.dialog).toContainText('Registered with the system');
  await desk.button(/^Shortcut Ctrl \+ Alt \+ Shift \+ F/).press('Enter');
  await desk.page.keyboard.press('f');
  await expect(desk.dialog).toContainText('Add Ctrl or Alt');
  await desk.page.keyboard.press('Control+Alt+t');
  await expect(desk.dialog).toContainText('Taken by another program');
  expect(await desk.calls('settings.change')).toEqual([{ flattenShortcut: 'Ctrl+Alt+T' }]);
});

test('Escape ends the capture first and closes the dialog second, and the focus returns', async ({
  desk,
}) => {
  await desk.open({ scenario: 'exposed' });
  await desk.button('Settings').press('Enter');
  await desk.button(/^Shortcut/).press('Enter');
  await desk.page.keyboard.press('Escape');
  await expect(desk.dialog).toBeVisible();
  await desk.page.keyboard.press('Escape');
  await expect(desk.dialog).toHaveCount(0);
  await expect(desk.button('Settings')).toBeFocused();
});

test('only a usable port can be saved', async ({ desk }) => {
  await desk.open({ scenario: 'exposed' });
  await desk.button('Settings').click();
  const port = desk.page.getByLabel('Bridge port');
  for (const wrong of ['80', '70000', '87 65', 'abc', '']) {
    await port.fill(wrong);
    await expect(desk.button('Use this port')).toBeDisabled();
  }
  await port.fill('9100');
  await port.press('Enter');
  expect(await desk.calls('settings.change')).toEqual([{ bridgePort: 9100 }]);
});

test('a change that was not saved says so', async ({ desk }) => {
  await desk.open({ scenario: 'exposed' });
  await desk.page.evaluate(() => window.fake.desk.failing.set('settings.change', 'Disk full.'));
  await desk.button('Settings').click();
  await desk.dialog.getByText('Light').click();
  await expect(desk.dialog.getByRole('alert')).toHaveText('Not saved: Disk full.');
  await expect(desk.page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('About carries the notices and where the data lies', async ({ desk }) => {
  await desk.open({ scenario: 'demo' });
  await desk.button('About').click();
  await expect(desk.dialog).toContainText('TradingView Lightweight Charts');
  await expect(desk.dialog.getByRole('link')).toHaveAttribute(
    'href',
    'https://www.tradingview.com/',
  );
  await expect(desk.dialog).toContainText('pairing.json');
  await expect(desk.dialog).toContainText('DEMO');
});
