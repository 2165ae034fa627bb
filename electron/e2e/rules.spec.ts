import { expect, test } from './fixtures.ts';
import { isLive } from './harness/conditions.ts';

test.describe('in demo mode', () => {
  test.use({ flags: ['--demo'] });

  test('rules chosen in the window lead the card with the distance to the floor', async ({
    desk,
  }) => {
    const { accounts } = await desk.until(isLive);
    const name = accounts[0]?.name ?? '';
    const page = await desk.page();
    const card = page.getByRole('article', { name: `Account ${name}` });
    await expect(card).toContainText('No rules chosen');
    await page.getByRole('button', { name: `Choose rules for ${name}` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Firm' }).selectOption('apex');
    const template = dialog.getByRole('combobox', { name: /^Account as/ });
    await template.selectOption('apex.4_0.intraday.eval.50k.rithmic');
    await expect(dialog).toContainText('Is it the right size?');
    await dialog.getByLabel(/^No, it is new/).check();
    await dialog.getByRole('button', { name: /^Judge/ }).click();
    await expect(dialog.locator('.wish-answer')).toContainText('Done.');
    const judged = await desk.until(({ accounts: now }) =>
      now.some((one) => one.name === name && one.risk.room !== null),
    );
    expect(judged.accounts.find((one) => one.name === name)?.risk.rules?.template).toBe(
      'apex.4_0.intraday.eval.50k.rithmic',
    );
    await page.keyboard.press('Escape');
    await expect(card.locator('.room-money')).toHaveText(/^\$[\d,]+\.\d\d$/);
    await page.getByRole('button', { name: `Rules of ${name}` }).click();
    await expect(page.getByRole('table', { name: /^Rules of/ })).toContainText('Trailing floor');
    await page.getByRole('button', { name: 'Work it out' }).click();
    await expect(page.locator('.what-if-answer')).toContainText('Trailing floor');
  });
});
