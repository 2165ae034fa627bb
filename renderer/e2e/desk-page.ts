import type { CDPSession, ConsoleMessage, Locator, Page } from '@playwright/test';
import type { ScenarioName } from '../bridge/fake/scenarios.ts';
import type { DeskView } from '../../shared/protocol/ipc/views.ts';

export interface Scene {
  readonly scenario: ScenarioName;
  readonly theme?: 'dark' | 'light';
  /** CSS pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Device pixels per CSS pixel. */
  readonly scale?: number;
}

/** The desk's window as a trader meets it. */
export class DeskPage {
  readonly page: Page;
  /** Everything that the page complained about since it was opened. */
  readonly complaints: string[] = [];
  #session: CDPSession | null = null;

  constructor(page: Page) {
    this.page = page;
    page.on('console', this.#note);
    page.on('pageerror', this.#noteError);
  }

  readonly #note = (message: ConsoleMessage): void => {
    if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text());
  };

  readonly #noteError = (error: Error): void => {
    this.complaints.push(error.message);
  };

  close(): void {
    this.page.off('console', this.#note);
    this.page.off('pageerror', this.#noteError);
  }

  async open({ scenario, theme = 'dark', width = 1280, height = 720, scale = 1 }: Scene) {
    const session = await this.devtools();
    await session.send('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      deviceScaleFactor: scale,
      mobile: false,
    });
    await this.page.emulateMedia({ reducedMotion: 'reduce' });
    await this.page.goto(`app://desk/page.html?scenario=${scenario}&theme=${theme}`);
    await this.flatten.waitFor();
    await this.page.evaluate(async () => {
      await document.fonts.ready;
    });
    // Away from the chart, which would draw its crosshair under a resting pointer.
    await this.page.mouse.move(1, height - 1);
    await this.frames();
  }

  /** What is on the screen, in device pixels, as a PNG. */
  async picture(): Promise<Buffer> {
    const session = await this.devtools();
    const { data } = await session.send('Page.captureScreenshot', { format: 'png' });
    return Buffer.from(data, 'base64');
  }

  async devtools(): Promise<CDPSession> {
    this.#session ??= await this.page.context().newCDPSession(this.page);
    return this.#session;
  }

  /** Two frames later everything that was asked for is on the screen. */
  async frames(): Promise<void> {
    await this.page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
        }),
    );
  }

  get flatten(): Locator {
    return this.page.locator('.top .flatten-button');
  }

  get flattenStatus(): Locator {
    return this.page.locator('.top .flatten-line');
  }

  get flattenDetail(): Locator {
    return this.page.locator('.top .flatten-detail');
  }

  get alarms(): Locator {
    return this.page.getByRole('alert').locator('.alarm');
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  account(name: string): Locator {
    return this.page.getByRole('article', { name: `Account ${name}` });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  /** Lets time pass for the fake engine and for every age on the screen. */
  async advance(ms: number): Promise<void> {
    await this.page.evaluate((by) => window.fake.clock.advance(by), ms);
    await this.frames();
  }

  /** Inputs of every call of one kind that reached the engine. */
  calls(key: string): Promise<unknown[]> {
    return this.page.evaluate(
      (wanted) =>
        window.fake.desk.calls.filter((call) => call.key === wanted).map((call) => call.input),
      key,
    );
  }

  /** Gives the fake engine another view and waits until it is drawn. */
  async change(part: Partial<DeskView>): Promise<void> {
    await this.page.evaluate((next) => {
      window.fake.desk.change((view) => ({ ...view, ...next }));
    }, part);
    await this.frames();
  }

  /** The accessible name and role of what has the focus, as one line. */
  focused(): Promise<string> {
    return this.page.evaluate(
      () =>
        document.activeElement?.getAttribute('aria-label') ??
        document.activeElement?.textContent ??
        '',
    );
  }
}
