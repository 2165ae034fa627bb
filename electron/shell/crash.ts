import type { App, WebContents } from 'electron';
import type { Cancel, Timers } from '../../shared/kernel/clock.ts';
import type { Log } from '../../shared/kernel/log.ts';

/** How long a page may fail to answer before it is started again. */
const HUNG_AFTER_MS = 8_000;
const ASK_EVERY_MS = 4_000;

/** Wait before each restart in a row; a page that crashes at once must not spin the machine. */
const RESTART_DELAYS_MS = [0, 500, 2_000, 10_000, 30_000] as const;
const CALM_AFTER_MS = 60_000;

interface PageParts {
  readonly log: Log;
  readonly timers: Timers;
  readonly restart: () => void;
}

/** Keeps the window's page alive. The engine never waits for it and does not notice its end. */
export class PageKeeper {
  readonly #parts: PageParts;
  #restarts = 0;
  #calm: Cancel | null = null;
  /** Set while the page owes an answer. */
  #giveUp: Cancel | null = null;

  constructor(parts: PageParts) {
    this.#parts = parts;
  }

  watch(contents: WebContents): void {
    contents.on('render-process-gone', (_event, { reason, exitCode }) => {
      this.#answered();
      if (reason === 'clean-exit') return;
      this.#parts.log.error('page.gone', { reason, exitCode });
      this.#restart();
    });
    const stop = this.#parts.timers.every(ASK_EVERY_MS, () => this.#ask(contents));
    contents.once('destroyed', stop);
  }

  /** A page in an endless loop answers nothing and reports nothing, so it is asked. */
  #ask(contents: WebContents): void {
    if (this.#giveUp !== null || contents.isDestroyed() || contents.isCrashed()) return;
    // A page that loads or stands at a breakpoint is slow for a good reason.
    if (contents.isLoading() || contents.isDevToolsOpened()) return;
    this.#giveUp = this.#parts.timers.after(HUNG_AFTER_MS, () => {
      this.#giveUp = null;
      if (contents.isDestroyed() || contents.isCrashed()) return;
      this.#parts.log.error('page.hung', { waitedMs: HUNG_AFTER_MS });
      contents.forcefullyCrashRenderer();
    });
    const answered = (): void => this.#answered();
    contents.executeJavaScript('0').then(answered, answered);
  }

  #answered(): void {
    this.#giveUp?.();
    this.#giveUp = null;
  }

  #restart(): void {
    const { timers, restart } = this.#parts;
    const delay = RESTART_DELAYS_MS[Math.min(this.#restarts, RESTART_DELAYS_MS.length - 1)] ?? 0;
    this.#restarts += 1;
    this.#calm?.();
    this.#calm = timers.after(CALM_AFTER_MS, () => (this.#restarts = 0));
    timers.after(delay, restart);
  }
}

/** Writes down what went wrong and goes on: a bug in one corner must not take the bridge down. */
export function surviveBugs(app: App, process: NodeJS.Process, log: Log): void {
  process.on('uncaughtException', (error) => log.error('bug.exception', described(error)));
  process.on('unhandledRejection', (reason) => log.error('bug.rejection', described(reason)));
  app.on('child-process-gone', (_event, { type, reason, exitCode }) =>
    log.warn('process.gone', { type, reason, exitCode }),
  );
}

function described(error: unknown): { readonly detail: string } {
  return { detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
