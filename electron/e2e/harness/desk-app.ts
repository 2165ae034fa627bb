import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkout } from '../../../build/bootstrap/checkout.ts';
import { launchOptions } from '../../../build/test-runtime/launch-options.ts';
import type { AppInfoView, DeskView } from '../../../shared/protocol/ipc/views.ts';
import type { DeskApi } from '../../../shared/protocol/ipc/contract.ts';
import { probedMain, type Probe } from './probe.ts';

declare global {
  var deskProbe: Probe;
  interface Window {
    readonly desk: DeskApi;
  }
}

export interface StartWish {
  readonly home: string;
  readonly args: readonly string[];
  /** A program that starts the app for us, with its arguments. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where the app is installed; the build of this checkout without. */
  readonly program?: string;
}

/** The app under test, as its doors are reached by a person. */
export class DeskApp {
  readonly app: ElectronApplication;
  readonly home: string;
  readonly output: string[] = [];
  readonly #process: ChildProcess;

  private constructor(app: ElectronApplication, home: string) {
    this.app = app;
    this.home = home;
    this.#process = app.process();
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', (chunk: Buffer) => this.output.push(chunk.toString()));
    }
  }

  static async start({ home, args, env = {}, program = checkout }: StartWish): Promise<DeskApp> {
    const options = launchOptions({ home, args, env });
    const folder = probedApp(home, program);
    const words = options.args.map((word) => (word === checkout ? folder : word));
    const app = await _electron.launch({ ...options, args: words });
    const desk = new DeskApp(app, home);
    await expect
      .poll(() => app.evaluate(() => (globalThis.deskProbe as Probe | undefined) !== undefined))
      .toBe(true);
    await app.evaluate(() => globalThis.deskProbe.begin());
    return desk;
  }

  async page(): Promise<Page> {
    const open = this.app.windows().find((page) => page.url().startsWith('app://desk/'));
    const page = open ?? (await this.app.firstWindow());
    await page.waitForLoadState('load');
    return page;
  }

  /** The window's load has ended in the main process, too; another one could be taken for it until then. */
  async settle(): Promise<void> {
    await this.page();
    await this.app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      if (contents?.isLoading() !== true) return;
      await new Promise<void>((done) => contents.once('did-stop-loading', () => done()));
    });
  }

  /** What the engine says right now, asked through the window's own channel. */
  async view(): Promise<DeskView> {
    const page = await this.page();
    const reply = await page.evaluate(() => window.desk.call('desk.snapshot', undefined));
    if (!reply.ok) throw new Error(reply.error.message);
    return reply.value;
  }

  async about(): Promise<AppInfoView> {
    const page = await this.page();
    const reply = await page.evaluate(() => window.desk.call('app.info', undefined));
    if (!reply.ok) throw new Error(reply.error.message);
    return reply.value;
  }

  /** The desk as soon as it is as described. */
  async until(condition: (view: DeskView) => boolean, withinMs = 30_000): Promise<DeskView> {
    let last: DeskView | undefined;
    await expect
      .poll(
        async () => {
          last = await this.view();
          return condition(last);
        },
        { timeout: withinMs, intervals: [50, 100, 200], message: 'the desk as described' },
      )
      .toBe(true);
    if (last === undefined) throw new Error('The desk was never seen.');
    return last;
  }

  async pressTray(id: 'flatten' | 'open' | 'quit'): Promise<void> {
    await this.app.evaluate((_electronModule, wanted) => {
      const click = globalThis.deskProbe.menu.find((entry) => entry.id === wanted)?.click;
      if (click === undefined) throw new Error(`The tray has no ${wanted}.`);
      // Quitting can end the process before the answer to this call is out, so the answer goes first.
      if (wanted === 'quit') setTimeout(click, 50);
      else click();
    }, id);
  }

  async pressShortcut(): Promise<void> {
    await this.app.evaluate(() => {
      const [pressed] = Object.values(globalThis.deskProbe.shortcuts);
      if (pressed === undefined) throw new Error('No shortcut is registered.');
      pressed();
    });
  }

  probe(): Promise<Pick<Probe, 'boxes' | 'opened'> & { headline: string; shortcuts: string[] }> {
    return this.app.evaluate(() => {
      const { boxes, opened, menu, shortcuts } = globalThis.deskProbe;
      return { boxes, opened, headline: menu[0]?.label ?? '', shortcuts: Object.keys(shortcuts) };
    });
  }

  /** Answers the next native boxes with the buttons of these labels. */
  async willAnswer(...answers: string[]): Promise<void> {
    await this.app.evaluate(
      (_electronModule, labels) => void globalThis.deskProbe.answers.push(...labels),
      answers,
    );
  }

  /** Resolves when the process has ended, however it ends. */
  get ended(): Promise<number | null> {
    const { exitCode, signalCode } = this.#process;
    if (exitCode !== null || signalCode !== null) return Promise.resolve(exitCode);
    const { promise, resolve } = Promise.withResolvers<number | null>();
    this.#process.once('exit', resolve);
    return promise;
  }

  /** Ends the app the hard way; nothing gets a chance to tidy up. */
  async kill(): Promise<void> {
    const { ended } = this;
    this.#process.kill('SIGKILL');
    await ended;
  }
}

/** A folder that stands for the app: the same name and version, and the probe before its main module. */
function probedApp(home: string, program: string): string {
  const folder = join(home, 'probed-app');
  mkdirSync(folder, { recursive: true });
  const about = JSON.parse(readFileSync(join(program, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly productName: string;
    readonly version: string;
    readonly main: string;
  };
  const { name, productName, version } = about;
  const main = 'main.mjs';
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, productName, version, main }));
  writeFileSync(join(folder, main), probedMain(pathToFileURL(join(program, about.main)).href));
  return folder;
}
