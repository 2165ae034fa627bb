import type { Timers } from '../../../shared/kernel/clock.ts';
import type { Command } from '../../../shared/domain/desk/command.ts';
import type { ScopeView } from '../../../shared/protocol/ipc/views.ts';
import type { LinkListener, PlatformLink } from '../../engine/ports.ts';
import type { HeadlessDesk } from '../headless-desk.ts';
import { Durations } from './durations.ts';
import type { Stage } from './stage.ts';
import { rounded } from './statistics.ts';

export interface FlattenReport {
  readonly requests: number;
  /** Call of `flatten` to its first command frame handed to the socket. */
  readonly firstFrameP50Ms: number | null;
  readonly firstFrameP99Ms: number | null;
  readonly firstFrameMaxMs: number | null;
  /** The very first of the run, when none of its code has run before: as it is for a trader. */
  readonly coldMs: number | null;
  /** The moment the request was due to the same frame: the wait for the turn before it is in. */
  readonly requestDelayP99Ms: number | null;
  /** Call to the platform's acknowledgement, there and back: later than the arrival there. */
  readonly ackP50Ms: number | null;
  readonly ackP99Ms: number | null;
  readonly acked: number;
  readonly perSecond: number;
}

export interface FlattenPlan {
  /** Flattens of single contracts that the account does not hold. */
  readonly idle: number;
  /** Flattens of whole accounts in the midst of their trading; at most one each. */
  readonly whole: number;
  /** Between two of them; no multiple of anything that ticks in the desk or the sender. */
  readonly pauseMs: number;
}

/** A scope's turn comes again when its flatten is over, which takes ten seconds and a little. */
const PLAN: FlattenPlan = { idle: 280, whole: 20, pauseMs: 151 };
/** Every scope once. */
const SHORT_PLAN: FlattenPlan = { idle: 80, whole: 20, pauseMs: 53 };
const PER_SECOND = 5_000;
const ACCOUNTS = 20;
const INSTRUMENTS = ['ES', 'NQ', 'CL', 'GC', 'ZN'];
const WARM_UP_MS = 2_000;
const ACKED_WITHIN_MS = 2_000;

interface Press {
  readonly calledAt: number;
  readonly dueAt: number;
}

/** Flatten requests in the midst of a flood, each on a scope of its own. */
export async function measureFlatten(
  stage: Stage,
  plan: FlattenPlan = stage.parts.short ? SHORT_PLAN : PLAN,
): Promise<FlattenReport> {
  const watch = new FlattenWatch(() => stage.world.mono());
  const desk = await stage.openDesk({
    folder: stage.folder('flatten'),
    tap: (listener) => watch.tap(listener),
  });
  desk.engine.attach(watch.link(desk.bridge));
  const flood = ['--flood', String(PER_SECOND), '--accounts', String(ACCOUNTS)];
  const words = [...flood, '--instrument', INSTRUMENTS.join(',')];
  const sender = stage.startSender(desk.pairingFile, words);
  const isReady = (): boolean => desk.engine.state().accounts.size === ACCOUNTS;
  if (!(await stage.until(isReady, 15_000))) {
    throw new Error(`The sender did not talk: ${sender.output}`);
  }
  await stage.wait(WARM_UP_MS);
  const before = { at: stage.world.mono(), received: desk.bridge.received() };
  const scopes = scopesOf(desk, plan);
  const dueIn = { ms: plan.pauseMs, timers: stage.world };
  for (const scope of scopes) await watch.press(desk, scope, dueIn);
  const elapsedMs = stage.world.mono() - before.at;
  const perSecond = ((desk.bridge.received() - before.received) * 1_000) / elapsedMs;
  await stage.until(() => watch.acked.count >= watch.sent.count, ACKED_WITHIN_MS);
  await sender.stop();
  await desk.stop();
  return {
    requests: watch.sent.count,
    firstFrameP50Ms: watch.sent.at(0.5),
    firstFrameP99Ms: watch.sent.at(0.99),
    firstFrameMaxMs: watch.sent.max,
    coldMs: rounded(watch.coldMs, 3),
    requestDelayP99Ms: watch.delays.at(0.99),
    ackP50Ms: watch.acked.at(0.5),
    ackP99Ms: watch.acked.at(0.99),
    acked: watch.acked.count,
    perSecond: rounded(perSecond, 0),
  };
}

/** Notes when flatten commands leave and when they are acknowledged. */
class FlattenWatch {
  readonly sent = new Durations();
  readonly delays = new Durations();
  readonly acked = new Durations();
  coldMs: number | null = null;
  readonly #now: () => number;
  readonly #unacked = new Map<string, Press>();
  #press: Press | null = null;

  constructor(now: () => number) {
    this.#now = now;
  }

  tap(listener: LinkListener): LinkListener {
    return {
      onStatus: (status) => listener.onStatus(status),
      onFact: (fact, stamp) => {
        if (fact.kind === 'command.acked') {
          const press = this.#unacked.get(fact.commandId);
          if (press !== undefined) this.acked.add(this.#now() - press.calledAt);
          this.#unacked.delete(fact.commandId);
        }
        listener.onFact(fact, stamp);
      },
    };
  }

  link(bridge: PlatformLink): PlatformLink {
    return {
      status: () => bridge.status(),
      send: (command) => {
        const outcome = bridge.send(command);
        if (outcome.ok) this.#onSent(command);
        return outcome;
      },
    };
  }

  /** Presses from a timer, as any request comes: behind whatever the event loop has to do first. */
  press(
    desk: HeadlessDesk,
    scope: ScopeView,
    { ms, timers }: { readonly ms: number; readonly timers: Timers },
  ): Promise<void> {
    const dueAt = this.#now() + ms;
    return new Promise((resolve) => {
      timers.after(ms, () => {
        this.#press = { calledAt: this.#now(), dueAt };
        desk.engine.flatten(scope, 'headless');
        this.#press = null;
        resolve();
      });
    });
  }

  #onSent(command: Command): void {
    if (command.kind !== 'flatten' || this.#press === null) return;
    const now = this.#now();
    const tookMs = now - this.#press.calledAt;
    this.coldMs ??= tookMs;
    this.sent.add(tookMs);
    this.delays.add(now - this.#press.dueAt);
    this.#unacked.set(command.commandId, this.#press);
    this.#press = null;
  }
}

/**
 * Scopes that a new flatten can start on: contracts that an account does not trade, one after the other, so
 * that the earlier flatten is over when a scope's turn comes again; at last whole accounts with what they hold.
 */
function scopesOf(desk: HeadlessDesk, plan: FlattenPlan): readonly ScopeView[] {
  const state = desk.engine.state();
  const accounts = [...state.accounts.keys()].sort();
  const whole = accounts.map((account): ScopeView => ({ kind: 'account', account }));
  const contracts = [...state.instruments.values()].flatMap(({ root, name }) =>
    accounts
      .filter((_, index) => INSTRUMENTS[index % INSTRUMENTS.length] !== root)
      .map((account): ScopeView => ({ kind: 'instrument', account, instrument: name })),
  );
  const idle = Array.from({ length: plan.idle }, (_, n) => contracts[n % contracts.length]);
  return [...idle, ...whole.slice(0, plan.whole)].filter((scope) => scope !== undefined);
}
