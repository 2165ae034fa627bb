import type { DeskPage } from './desk-page.ts';
import { expect, test } from './fixtures.ts';

async function leftovers(desk: DeskPage): Promise<{ canvases: number; listeners: number }> {
  const devtools = await desk.devtools();
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('Performance.enable');
  const { metrics } = await devtools.send('Performance.getMetrics');
  return {
    canvases: await desk.page.locator('canvas').count(),
    listeners: metrics.find(({ name }) => name === 'JSEventListeners')?.value ?? -1,
  };
}

async function showInTurn(desk: DeskPage, times: number): Promise<void> {
  const picker = desk.page.getByRole('combobox', { name: 'Instrument' });
  for (let turn = 0; turn < times; turn += 1) {
    await picker.selectOption(turn % 2 === 0 ? 'NQ 03-26' : 'ES 03-26');
    await expect(desk.page.getByRole('img', { name: /180 one-minute bars/ })).toBeVisible();
  }
}

test('fifty charts leave no canvas and no listener behind', async ({ desk }) => {
  await desk.open({ scenario: 'exposed' });
  await showInTurn(desk, 4);
  const before = await leftovers(desk);
  await showInTurn(desk, 50);
  const after = await leftovers(desk);
  expect(after.canvases).toBe(before.canvases);
  // A chart has dozens of listeners; a handful may wait for the collector.
  expect(after.listeners).toBeLessThanOrEqual(before.listeners + 10);
});

test('forty turns between price and equity leave no canvas and no listener behind', async ({
  desk,
}) => {
  await desk.open({ scenario: 'risk-ok' });
  const turn = async (times: number): Promise<void> => {
    for (let count = 0; count < times; count += 1) {
      await desk.page.getByRole('tab', { name: 'Rules and room' }).click();
      await expect(desk.page.getByRole('img', { name: /^Equity chart/ })).toBeVisible();
      await desk.page.getByRole('tab', { name: 'Price chart' }).click();
      await expect(desk.page.getByRole('img', { name: /180 one-minute bars/ })).toBeVisible();
    }
  };
  await turn(2);
  const before = await leftovers(desk);
  await turn(40);
  const after = await leftovers(desk);
  expect(after.canvases).toBe(before.canvases);
  expect(after.listeners).toBeLessThanOrEqual(before.listeners + 10);
});

test('the chart tells in words what it shows', async ({ desk }) => {
  await desk.open({ scenario: 'exposed' });
  await expect(desk.page.getByRole('img', { name: /ES 03-26/ })).toHaveAccessibleName(
    'Price chart of ES 03-26, 180 one-minute bars, 4 fills, last price 6,003.25',
  );
});

test('picking an account narrows the chart to it and back', async ({ desk }) => {
  await desk.open({ scenario: 'exposed' });
  const name = desk.account('Sim101').getByRole('button', { name: 'Sim101', exact: true });
  await name.click();
  await expect(name).toHaveAttribute('aria-pressed', 'true');
  await desk.button(/^Only Sim101/).click();
  await expect(name).toHaveAttribute('aria-pressed', 'false');
});

test('a chart that fails takes nothing else with it', async ({ desk }) => {
  await desk.open({ scenario: 'exposed' });
  await desk.page.evaluate(() => {
    HTMLCanvasElement.prototype.getContext = () => {
      throw new Error('no canvas');
    };
  });
  await desk.page.getByRole('combobox', { name: 'Instrument' }).selectOption('NQ 03-26');
  await expect(desk.page.getByText('The chart failed and was closed.')).toBeVisible();
  await expect(desk.account('APEX-114203')).toBeVisible();
  await expect(desk.flatten).toBeEnabled();
});
