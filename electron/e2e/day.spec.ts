import { expect, test } from './fixtures.ts';
import { isLive } from './harness/conditions.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';

test.describe('in demo mode', () => {
  test.use({ flags: ['--demo'] });

  test('a window that opens later shows the day so far, and goes on', async ({ desk }) => {
    const name = (await desk.until(isLive)).accounts[0]?.name ?? '';
    const page = await desk.page();
    const reply = await page.evaluate((account) => {
      const terms = { level: 'observe', safety: 700, insists: false, start: 'fresh' } as const;
      const template = 'apex.4_0.intraday.eval.50k.rithmic';
      const wish = { account, template, ...terms, peak: null, hasDailyLimit: false };
      return window.desk.call('risk.assign', wish);
    }, name);
    expect(reply).toMatchObject({ ok: true, value: { outcome: 'now' } });
    const course = () =>
      page.evaluate(async (account) => {
        const equity = await window.desk.call('risk.equity', { account });
        const timeline = await window.desk.call('risk.timeline', { account });
        return equity.ok && timeline.ok ? { ...equity.value, ...timeline.value } : null;
      }, name);
    await expect.poll(async () => (await course())?.points.length ?? 0).toBeGreaterThan(1);
    const before = await course();
    await page.reload();
    await page.getByRole('button', { name: `Rules of ${name}` }).click();
    const caption = page.locator('.equity figcaption');
    await expect(caption).toHaveText(/^Equity of \d{4}-\d\d-\d\d since \d\d:\d\d:\d\d$/);
    await expect
      .poll(() => page.locator('.trail').first().locator('.trail-line').count())
      .toBeGreaterThanOrEqual(before?.moments.flatMap(({ changes }) => changes).length ?? 0);
    const after = await course();
    expect(after?.points[0]).toEqual(before?.points[0]);
    expect(after?.points.at(-1)?.at).toBeGreaterThanOrEqual(before?.points.at(-1)?.at ?? Infinity);
  });

  test('a news calendar is chosen through the main process, and a mistake names its line', async ({
    desk,
  }) => {
    const page = await desk.page();
    const file = join(tmpdir(), `news-${String(process.pid)}.csv`);
    writeFileSync(file, 'time,class,name\nlately,CPI,Prices\n');
    await desk.app.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
    }, file);
    const bring = () => page.evaluate(() => window.desk.call('news.import', undefined));
    const refused = await bring();
    expect(refused).toMatchObject({ ok: true, value: { outcome: 'refused' } });
    expect(JSON.stringify(refused)).toContain('Line 2: \\"lately\\" is no time with its zone');
    writeFileSync(file, 'time,class,name\n2026-01-05T13:30:00Z,CPI,Prices\n');
    expect(await bring()).toMatchObject({ ok: true, value: { outcome: 'now' } });
    const news = await page.evaluate(() => window.desk.call('news.read', undefined));
    expect(news).toMatchObject({ ok: true, value: { releases: 1 } });
  });
});
