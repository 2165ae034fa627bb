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
