import { expect, test } from './fixtures.ts';

test('a quote of one account touches no other account on the screen', async ({ desk }) => {
  await desk.open({ scenario: 'twenty-accounts' });
  const touched = await desk.page.evaluate(async () => {
    const seen = new Set<string>();
    const observer = new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const row = element?.closest('article');
        if (row) seen.add(row.getAttribute('aria-label') ?? '');
      }
    });
    const list = document.querySelector('.accounts-scroll');
    if (list === null) throw new Error('No accounts on the screen.');
    observer.observe(list, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
    window.fake.desk.change((view) => ({
      ...view,
      accounts: view.accounts.map((one) =>
        one.name === 'APEX-114203'
          ? { ...one, openProfit: { ...one.openProfit, value: 3_750_000 } }
          : one,
      ),
    }));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    observer.disconnect();
    return [...seen];
  });
  expect(touched).toEqual(['Account APEX-114203']);
  await expect(desk.account('APEX-114203')).toContainText('+$375.00');
});

test('a lost patch is made good by a new snapshot', async ({ desk }) => {
  await desk.open({ scenario: 'exposed' });
  await desk.page.evaluate(() => {
    const { desk: engine } = window.fake;
    const send = engine.send.bind(engine);
    engine.send = () => undefined;
    engine.change((view) => ({ ...view, accounts: view.accounts.slice(0, 1) }));
    engine.send = send;
    engine.change((view) => ({ ...view, status: 'ok' }));
  });
  await expect(desk.page.getByRole('article')).toHaveCount(1);
  expect(await desk.calls('desk.snapshot')).toHaveLength(2);
});

test('figures are marked old by the second when nothing new arrives', async ({ desk }) => {
  await desk.open({ scenario: 'exposed' });
  await expect(desk.page.locator('.notice')).toHaveCount(0);
  await desk.advance(12_000);
  await expect(desk.page.locator('.notice')).toContainText('Nothing new for 12 s.');
});

test('a window that lost the engine says so and keeps the last view', async ({ desk }) => {
  await desk.open({ scenario: 'exposed' });
  await desk.page.evaluate(() => {
    window.fake.desk.failing.set('desk.snapshot', 'The engine is stopping.');
    window.fake.desk.send({ rev: 99, at: 0 });
  });
  await expect(desk.page.locator('.notice')).toContainText('lost touch with the engine');
  await expect(desk.account('APEX-114203')).toBeVisible();
});

test('what is not reported is a dash with words, never a zero', async ({ desk }) => {
  await desk.open({ scenario: 'disconnected-account' });
  const card = desk.account('APEX-114203');
  await expect(card.locator('.figure').first()).toHaveText('Net liquidation\u2014 not reported');
  await expect(card).toContainText('What is really open is not known.');
});
