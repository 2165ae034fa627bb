import { expect, test } from './fixtures.ts';

const NAME = 'APEX-114203';

test('rules of one’s own are set with a form, and the engine answers', async ({ desk }) => {
  await desk.open({ scenario: 'risk-ok' });
  await desk.page.getByRole('tab', { name: 'Rules and room' }).click();
  await desk.button('Your own rules').click();
  await desk.dialog.getByLabel('Largest loss of the day').fill('600');
  await desk.dialog.getByLabel('Losses in a row').fill('3');
  await desk.dialog.getByLabel('then a pause of minutes').fill('20');
  await desk.dialog.getByRole('button', { name: 'Set your rules' }).click();
  await expect(desk.dialog.locator('.wish-answer')).toContainText('by your own rules, too');
  expect(await desk.calls('risk.ownRules')).toMatchObject([
    {
      account: NAME,
      rules: [
        { id: 'own.day', rule: 'DLL', effect: 'lock', params: { Lim: '600' } },
        { id: 'own.cool-down', rule: 'STREAK', params: { max: 3, pause: 20 } },
      ],
    },
  ]);
});
