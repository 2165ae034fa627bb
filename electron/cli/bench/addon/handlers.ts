import { isOfTime } from '../ninjatrader/host-answers.ts';
import type { NinjaTraderHost } from '../ninjatrader/ninjatrader-host.ts';
import type { Stage } from '../stage.ts';
import { rounded } from '../statistics.ts';
import { ACCOUNTS, CONTRACTS, joined, openDesk, startPlatform } from './platform.ts';

export interface HandlerReport {
  /** Time that the AddOn holds up NinjaTrader's threads, over all calls of all its handlers. */
  readonly handlerP99Ms: number | null;
  readonly handlerMaxMs: number | null;
  /** The 99th percentile of each handler. */
  readonly handlers: Readonly<Record<string, number>>;
  /** Calls a second, as they were carried out. */
  readonly handledPerSec: number;
  /** The same while no app is there. */
  readonly awayHandlerP99Ms: number | null;
  readonly awayHandlers: Readonly<Record<string, number>>;
  readonly awayHandledPerSec: number;
  /** What the AddOn did that NinjaTrader forbids; must be 0. */
  readonly violations: number;
  /** Calls of more than 50 ms for which the machine could not be blamed. */
  readonly slowHandlers: number;
}

const PER_SECOND = 5_000;
const SECONDS = 20;
const SHORT_SECONDS = 6;
/** The runtime compiles and grows its heap first. */
const WARM_UP_SECONDS = 2;

interface Course {
  readonly p99Ms: number | null;
  readonly maxMs: number | null;
  readonly each: Readonly<Record<string, number>>;
  readonly perSecond: number;
}

/** How long the AddOn's handlers take at a steady five thousand events a second, with the app and without. */
export async function measureHandlers(
  stage: Stage,
  seconds = stage.parts.short ? SHORT_SECONDS : SECONDS,
): Promise<HandlerReport> {
  const folder = stage.folder('addon-handlers');
  const desk = await openDesk(stage, folder);
  const host = await startPlatform(stage, folder);
  await joined(stage, desk);
  const present = await course(host, seconds);
  await desk.stop();
  const away = await course(host, seconds);
  const violations = host.violations.filter((each) => !isOfTime(each)).length;
  const slowHandlers = host.violations.length - violations;
  for (const { kind, detail } of host.violations) stage.parts.note(`addon: ${kind}, ${detail}`);
  await host.stop();
  return {
    handlerP99Ms: present.p99Ms,
    handlerMaxMs: present.maxMs,
    handlers: present.each,
    handledPerSec: present.perSecond,
    awayHandlerP99Ms: away.p99Ms,
    awayHandlers: away.each,
    awayHandledPerSec: away.perSecond,
    violations,
    slowHandlers,
  };
}

async function course(host: NinjaTraderHost, seconds: number): Promise<Course> {
  const flood = { accounts: [...ACCOUNTS], instruments: [...CONTRACTS], perSecond: PER_SECOND };
  await host.flood({ ...flood, seconds: WARM_UP_SECONDS });
  await host.settle();
  await host.do('clear');
  const { handledPerSecond } = await host.flood({ ...flood, seconds });
  await host.settle();
  const { handlers, all } = await host.timings();
  return {
    p99Ms: all.count === 0 ? null : rounded(all.p99Ms, 4),
    maxMs: all.count === 0 ? null : rounded(all.maxMs, 3),
    each: Object.fromEntries(handlers.map(({ handler, p99Ms }) => [handler, rounded(p99Ms, 4)])),
    perSecond: rounded(handledPerSecond, 0),
  };
}
