import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCENARIOS, type ScenarioName } from '../bridge/fake/scenarios.ts';
import type { Scene } from './desk-page.ts';
import { expect, test } from './fixtures.ts';

const folder = join(process.env['ENIGMA_APEX_TEST_OUTPUT'] ?? '.cache', 'screens');
const names = Object.keys(SCENARIOS) as ScenarioName[];
const SIZE = { width: 1440, height: 900 };

/** Scenes whose rules are worth a picture of their own. */
const RULED = [
  'risk-ok',
  'risk-critical',
  'risk-soft-lock',
  'risk-unknown',
  'risk-doubtful',
] as const;

interface Picture extends Scene {
  readonly theme: 'dark' | 'light';
  readonly name: string;
  /** A button that is pressed before the picture is taken. */
  readonly press?: string;
  /** A tab of the middle that is opened before the picture is taken. */
  readonly tab?: string;
}

const pictures: readonly Picture[] = (['dark', 'light'] as const).flatMap((theme) => [
  ...names.flatMap((scenario) =>
    [1, 2].map((scale) => ({ ...SIZE, scenario, theme, scale, name: scenario })),
  ),
  { ...SIZE, scenario: 'exposed', theme, name: 'settings', press: 'Settings' },
  { ...SIZE, scenario: 'demo', theme, name: 'about', press: 'About' },
  { ...SIZE, scenario: 'flatten-confirmed', theme, name: 'proof', press: 'Show the proof' },
  ...RULED.map((scenario) => ({
    ...SIZE,
    scenario,
    theme,
    name: `${scenario}-rules`,
    tab: 'Rules and room',
  })),
  { ...SIZE, scenario: 'risk-critical', theme, name: 'choose-rules', press: 'Choose rules for' },
  { ...SIZE, scenario: 'risk-critical', theme, name: 'unlock', press: 'Ask to unlock' },
  { ...SIZE, scenario: 'risk-ok', theme, name: 'record', tab: 'Rules and room', press: 'Payouts' },
  { ...SIZE, scenario: 'risk-ok', theme, name: 'news', tab: 'Rules and room', press: 'News cal' },
  { width: 640, height: 400, scenario: 'risk-critical', theme, scale: 2, name: 'small-risk' },
  { width: 1024, height: 600, scenario: 'risk-crowd', theme, name: 'medium-crowd' },
  { width: 640, height: 400, scenario: 'exposed', theme, scale: 2, name: 'small' },
  { width: 640, height: 400, scenario: 'flatten-unresolved', theme, scale: 2, name: 'small-alarm' },
  { width: 1024, height: 600, scenario: 'twenty-accounts', theme, name: 'medium-twenty' },
]);

for (const { name, press, tab, ...scene } of pictures) {
  const scale = scene.scale ?? 1;
  test(`picture of ${name} in ${scene.theme} at ${String(scale)}x`, async ({ desk }) => {
    mkdirSync(folder, { recursive: true });
    await desk.open(scene);
    if (tab !== undefined) await desk.page.getByRole('tab', { name: tab }).click();
    if (press !== undefined) {
      await desk.button(press).first().click();
      await expect(desk.dialog).toBeVisible();
    }
    if ((await desk.page.getByRole('img', { name: /^Price chart/ }).count()) > 0) {
      await expect(desk.page.getByRole('img', { name: /one-minute bars/ })).toBeVisible();
    }
    await desk.frames();
    writeFileSync(
      join(folder, `${name}-${scene.theme}@${String(scale)}x.png`),
      await desk.picture(),
    );
  });
}
