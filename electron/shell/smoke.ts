import type { Clock, Timers } from '../../shared/kernel/clock.ts';
import type { DeskPort } from '../ipc/desk-port.ts';
import type { Shell } from './shell.ts';
import type { DeskWindow } from './window.ts';

/** How long a smoke run waits for what it expects. */
const SMOKE_MS = 60_000;

interface SmokeParts {
  readonly desk: DeskPort;
  readonly shell: Pick<Shell, 'window' | 'departure'>;
  readonly clock: Clock & Timers;
  /** With a demo platform a live account is expected too. */
  readonly expectAccount: boolean;
}

/** Times in milliseconds since the process began; null where it did not happen. */
interface SmokeReport {
  readonly ok: boolean;
  /** When the process began, UTC epoch milliseconds. */
  readonly startedAt: number;
  readonly pageMs: number | null;
  readonly firstAccountMs: number | null;
  readonly bridge: string;
  readonly port: number | null;
  readonly store: string;
  readonly accounts: number;
  readonly rssMb: number;
}

/** Checks what was started without showing it, prints the report as one line, and leaves. */
export function smoke(parts: SmokeParts): void {
  parts.shell.window.prepare();
  void report(parts).then((line) => {
    process.stdout.write(`${JSON.stringify(line)}\n`);
    return parts.shell.departure.end(line.ok ? 0 : 1);
  });
}

/** Waits until page, bridge and (in demo) a live account are there, or the time is up. */
async function report({ desk, shell, clock, expectAccount }: SmokeParts): Promise<SmokeReport> {
  const { window } = shell;
  const sinceLaunch = (): number => Math.round(clock.wall() - performance.timeOrigin);
  const timeUp = Promise.withResolvers<null>();
  const cancel = clock.after(SMOKE_MS, () => timeUp.resolve(null));
  const pageMs = await Promise.race([pageLoaded(window).then(sinceLaunch), timeUp.promise]);
  const bound = await Promise.race([seen(desk, isBound).then(sinceLaunch), timeUp.promise]);
  const account = expectAccount ? seen(desk, hasLiveAccount).then(sinceLaunch) : null;
  const firstAccountMs = account === null ? null : await Promise.race([account, timeUp.promise]);
  cancel();
  const view = desk.view();
  const missesAccount = expectAccount && firstAccountMs === null;
  return {
    ok: pageMs !== null && bound !== null && view.bridge.state !== 'failed' && !missesAccount,
    startedAt: performance.timeOrigin,
    pageMs,
    firstAccountMs,
    bridge: view.bridge.state,
    port: view.bridge.port,
    store: view.store.state,
    accounts: view.accounts.length,
    rssMb: Math.round(process.memoryUsage.rss() / 1_048_576),
  };
}

function isBound(desk: DeskPort): boolean {
  return desk.view().bridge.state !== 'starting';
}

function hasLiveAccount(desk: DeskPort): boolean {
  return desk.view().accounts.some(({ freshness }) => freshness === 'live');
}

function seen(desk: DeskPort, condition: (desk: DeskPort) => boolean): Promise<void> {
  if (condition(desk)) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const stop = desk.onPatch(() => {
    if (!condition(desk)) return;
    stop();
    resolve(undefined);
  });
  return promise;
}

function pageLoaded(window: DeskWindow): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const contents = window.contents;
  if (contents?.isLoading() === false) resolve(undefined);
  else contents?.once('did-finish-load', () => resolve(undefined));
  return promise;
}
