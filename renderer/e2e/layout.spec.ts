import { expect, test } from './fixtures.ts';

const sizes = [
  { width: 640, height: 400 },
  { width: 800, height: 600 },
  { width: 1024, height: 600 },
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
] as const;
const scenes = [
  'exposed',
  'twenty-accounts',
  'long-names',
  'flatten-unresolved',
  'guard',
  'risk-crowd',
  'risk-doubtful',
  'empty',
] as const;

for (const size of sizes) {
  for (const scenario of scenes) {
    test(`${scenario} fits ${String(size.width)} by ${String(size.height)} and keeps the flatten button`, async ({
      desk,
    }) => {
      await desk.open({ scenario, ...size });
      await expect(desk.flatten).toBeInViewport({ ratio: 1 });
      await desk.page.mouse.move(size.width / 2, size.height - 20);
      await desk.page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      await expect(desk.flatten).toBeInViewport({ ratio: 1 });
      expect(
        await desk.page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        ),
      ).toBe(0);
    });
  }
}

for (const size of sizes) {
  test(`the rules fit ${String(size.width)} by ${String(size.height)} and keep the flatten button`, async ({
    desk,
  }) => {
    await desk.open({ scenario: 'risk-doubtful', ...size });
    await desk.page.getByRole('tab', { name: 'Rules and room' }).click();
    await desk.page.getByRole('table', { name: /^Rules of/ }).scrollIntoViewIfNeeded();
    await expect(desk.flatten).toBeInViewport({ ratio: 1 });
    const beyond = await desk.page.evaluate(() => {
      const isWide = (element: Element): boolean => element.scrollWidth > element.clientWidth;
      const parts = [document.documentElement, ...document.querySelectorAll('.rules-scroll')];
      return parts.filter(isWide).map((element) => element.className);
    });
    expect(beyond).toEqual([]);
  });
}

test('no flatten button of a card is cut off at the side', async ({ desk }) => {
  for (const size of sizes) {
    await desk.open({ scenario: 'long-names', ...size });
    const outside = await desk.page.evaluate(() => {
      const edge = (button: Element): number =>
        button.closest('.accounts')?.getBoundingClientRect().right ?? 0;
      return [...document.querySelectorAll('.button-flatten')].filter(
        (button) => button.getBoundingClientRect().right > edge(button),
      ).length;
    });
    expect(outside).toBe(0);
  }
});

for (const width of [640, 720, 960, 1280, 1440, 1920]) {
  for (const theme of ['dark', 'light'] as const) {
    test(`every badge of twenty accounts can be read at ${String(width)} px in ${theme}`, async ({
      desk,
    }) => {
      for (const scenario of ['twenty-accounts', 'risk-crowd'] as const) {
        await desk.open({ scenario, width, height: 900, theme });
        await expect(desk.page.getByText('guard not synced')).toHaveCount(1);
        expect(await desk.page.evaluate(cutBadges)).toEqual([]);
      }
    });
  }
}

/** Badges of the account list that are narrower than their words, or partly hidden by what they stand in. */
function cutBadges(): string[] {
  const isHidden = (badge: Element): boolean => {
    const { left, right, top, bottom } = badge.getBoundingClientRect();
    for (let around = badge.parentElement; around !== null; around = around.parentElement) {
      const edge = around.getBoundingClientRect();
      const isClipping = getComputedStyle(around).overflowX !== 'visible';
      const isBeyond = right > edge.right + 1 || left < edge.left - 1;
      const isAbove = bottom > edge.bottom + 1 || top < edge.top - 1;
      if (around.matches('.accounts-scroll')) return isBeyond;
      if (isBeyond || (isClipping && isAbove)) return true;
    }
    return false;
  };
  return [...document.querySelectorAll('.row :is(.badge, .tag, .state-mark)')]
    .filter((badge) => isHidden(badge) || badge.scrollWidth > badge.clientWidth + 1)
    .map((badge) => `${badge.closest('.row')?.ariaLabel ?? ''}: ${badge.textContent}`);
}
