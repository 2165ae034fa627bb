import { AxeBuilder } from '@axe-core/playwright';
import { SCENARIOS, type ScenarioName } from '../bridge/fake/scenarios.ts';
import type { DeskPage } from './desk-page.ts';
import { expect, test } from './fixtures.ts';

const names = Object.keys(SCENARIOS) as ScenarioName[];
const themes = ['dark', 'light'] as const;

/** Violations of the two upper grades, as lines that name what to repair. */
async function graveViolations({ page }: DeskPage): Promise<string[]> {
  // The newer mode opens a page of its own, which Electron does not offer.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ''}`),
    );
}

for (const theme of themes) {
  for (const scenario of names) {
    test(`${scenario} in ${theme} has no grave accessibility fault and no complaint`, async ({
      desk,
    }) => {
      await desk.open({ scenario, theme });
      expect(await graveViolations(desk)).toEqual([]);
      expect(desk.complaints).toEqual([]);
    });
  }

  for (const scenario of ['flat', 'risk-soft-lock', 'risk-doubtful'] as const) {
    test(`the rules of ${scenario} in ${theme} have no grave accessibility fault`, async ({
      desk,
    }) => {
      await desk.open({ scenario, theme });
      await desk.page.getByRole('tab', { name: 'Rules and room' }).click();
      await expect(desk.page.getByRole('img', { name: /^Equity chart/ })).toBeVisible();
      expect(await graveViolations(desk)).toEqual([]);
      expect(desk.complaints).toEqual([]);
    });
  }

  for (const dialog of [/^Ask to unlock/, /^Change the protection/]) {
    test(`the risk dialog behind ${String(dialog)} in ${theme} has no grave accessibility fault`, async ({
      desk,
    }) => {
      await desk.open({ scenario: 'risk-critical', theme });
      await desk.page.getByRole('tab', { name: 'Rules and room' }).click();
      await desk.button(dialog).first().click();
      await expect(desk.dialog).toBeVisible();
      expect(await graveViolations(desk)).toEqual([]);
    });
  }

  test(`the choice of rules in ${theme} has no grave accessibility fault`, async ({ desk }) => {
    await desk.open({ scenario: 'exposed', theme });
    await desk.button('Choose rules for APEX-114203').click();
    await desk.dialog.getByRole('combobox', { name: 'Firm' }).selectOption('FTMO');
    await desk.dialog.getByRole('combobox', { name: /^Account as/ }).selectOption({ index: 1 });
    await desk.dialog.getByLabel(/^Protect:/).check();
    expect(await graveViolations(desk)).toEqual([]);
  });

  for (const dialog of ['Settings', 'About', 'Show the proof']) {
    test(`the dialog behind "${dialog}" in ${theme} has no grave accessibility fault`, async ({
      desk,
    }) => {
      await desk.open({ scenario: 'flatten-confirmed', theme });
      await desk.button(dialog).first().click();
      await expect(desk.dialog).toBeVisible();
      expect(await graveViolations(desk)).toEqual([]);
    });
  }
}

test('an opened row of the long list has no grave accessibility fault', async ({ desk }) => {
  await desk.open({ scenario: 'twenty-accounts' });
  await desk.button('Details of APEX-114203').press('Enter');
  await expect(desk.account('APEX-114203').getByText('Net liquidation').last()).toBeVisible();
  expect(await graveViolations(desk)).toEqual([]);
});

test('the landmarks are there: banner, main, navigation and the side', async ({ desk }) => {
  await desk.open({ scenario: 'exposed' });
  for (const role of ['banner', 'main', 'navigation', 'complementary'] as const) {
    await expect(desk.page.getByRole(role)).toHaveCount(1);
  }
});

test('a figure tells its source and its age to the keyboard, and Escape hides it', async ({
  desk,
}) => {
  await desk.open({ scenario: 'exposed' });
  const figure = desk.account('Sim101').locator('.figure .hint-anchor').first();
  await figure.focus();
  await expect(desk.page.getByRole('tooltip')).toHaveText(
    /^Reported by the broker at \d\d:\d\d:\d\d, 0 s ago\.$/,
  );
  await desk.advance(5_000);
  await expect(desk.page.getByRole('tooltip')).toHaveText(/5 s ago/);
  await desk.page.keyboard.press('Escape');
  await expect(desk.page.getByRole('tooltip')).toHaveCount(0);
});

test('a guard tells whether it is in force, and what it holds to the keyboard', async ({
  desk,
}) => {
  await desk.open({ scenario: 'guard' });
  const armed = desk.account('Sim101').locator('.guard-line');
  await expect(armed).toHaveText('Guard armed');
  await expect(desk.account('APEX-114203').locator('.guard-line')).toContainText(
    'Guard not synced: the AddOn refused it',
  );
  await armed.locator('.hint-anchor').focus();
  await expect(desk.page.getByRole('tooltip')).toHaveText(
    /^Entries are locked until .+: daily limit\.$/,
  );
});
