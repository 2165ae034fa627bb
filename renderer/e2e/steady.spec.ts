import type { DeskPage } from './desk-page.ts';
import { expect, test } from './fixtures.ts';

/** Names of the accounts from top to bottom. */
function order(desk: DeskPage): Promise<string[]> {
  return desk.page
    .getByRole('article')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
}

/** Makes the rules of one account critical. */
async function worsen(desk: DeskPage, name: string): Promise<void> {
  await desk.page.evaluate((wanted) => {
    window.fake.desk.change((view) => ({
      ...view,
      accounts: view.accounts.map((one) =>
        one.name === wanted
          ? { ...one, risk: { ...one.risk, state: 'critical', severity: 'critical' } }
          : one,
      ),
    }));
  }, name);
  await desk.frames();
}

test('the worst account stands first', async ({ desk }) => {
  await desk.open({ scenario: 'risk-crowd' });
  expect((await order(desk)).slice(0, 5)).toEqual([
    'Account APEX-114208',
    'Account APEX-114204',
    'Account APEX-114213',
    'Account APEX-114210',
    'Account APEX-114206',
  ]);
});

test('no account moves while the pointer is in the list, and the list says that it holds', async ({
  desk,
}) => {
  await desk.open({ scenario: 'risk-crowd' });
  const before = await order(desk);
  await desk.account('APEX-114202').hover();
  await worsen(desk, 'APEX-114211');
  expect(await order(desk)).toEqual(before);
  await expect(desk.page.locator('.accounts .panel-note')).toHaveText('order held · 20 accounts');
  await desk.page.mouse.move(1, 1);
  await desk.frames();
  expect((await order(desk)).indexOf('Account APEX-114211')).toBe(2);
});

test('no account moves under the keyboard, and a click does not hold the order for good', async ({
  desk,
}) => {
  await desk.open({ scenario: 'risk-crowd' });
  const before = await order(desk);
  await desk.button('Details of APEX-114202').focus();
  await desk.page.keyboard.press('Tab');
  await worsen(desk, 'APEX-114211');
  expect(await order(desk)).toEqual(before);
  await desk.button('Details of APEX-114202').click();
  await desk.page.mouse.move(1, 1);
  await desk.frames();
  expect(await order(desk)).not.toEqual(before);
});

for (const [scenario, name] of [
  ['risk-crowd', 'APEX-114206'],
  ['risk-critical', 'Sim101'],
] as const) {
  test(`the flatten button of ${name} stays under the pointer whatever happens above it in ${scenario}`, async ({
    desk,
  }) => {
    await desk.open({ scenario, height: 900 });
    const button = desk.account(name).getByRole('button', { name: new RegExp(`^Flatten ${name}`) });
    await button.hover();
    const top = (await button.boundingBox())?.y ?? 0;
    await desk.page.evaluate(() => {
      window.fake.desk.change((view) => ({
        ...view,
        bridge: { ...view.bridge, state: 'stale' },
        accounts: view.accounts.map((one) => ({
          ...one,
          freshness: 'stale',
          doubts: ['The broker and the fills disagree.'],
          orders: one.orders.slice(0, 1),
        })),
      }));
    });
    await desk.frames();
    expect(Math.abs(((await button.boundingBox())?.y ?? 0) - top)).toBeLessThan(1);
    await desk.page.evaluate(() => {
      window.fake.desk.change((view) => ({
        ...view,
        bridge: { ...view.bridge, state: 'connected' },
        accounts: view.accounts.map((one) => ({
          ...one,
          doubts: [],
          orders: [],
          positions: [],
          risk: { ...one.risk, lock: null },
        })),
      }));
    });
    await desk.frames();
    expect(Math.abs(((await button.boundingBox())?.y ?? 0) - top)).toBeLessThan(1);
  });
}

test('nothing in a card moves when only figures change', async ({ desk }) => {
  await desk.open({ scenario: 'risk-ok' });
  const boxes = () =>
    desk.page.locator('.card *').evaluateAll((elements) =>
      elements
        .filter((element) => element.matches('section, dl, dt, header, ul, p'))
        .map((element) => {
          const { top, height } = element.getBoundingClientRect();
          return [top, height];
        }),
    );
  const before = await boxes();
  await desk.page.evaluate(() => {
    window.fake.desk.change((view) => ({
      ...view,
      accounts: view.accounts.map((one) => ({
        ...one,
        netLiquidation: { ...one.netLiquidation, value: 4_987_600 },
        openProfit: { ...one.openProfit, value: -12_345_678 },
        risk: {
          ...one.risk,
          room: 987_600,
          roomShare: 39,
          roomTicks: 3,
          averageLossesLeft: 0,
          own:
            one.risk.own === null
              ? null
              : { ...one.risk.own, left: -6_543_210, shareUsed: 1_380, step: 'act' },
        },
      })),
    }));
  });
  await desk.frames();
  expect(await boxes()).toEqual(before);
});
