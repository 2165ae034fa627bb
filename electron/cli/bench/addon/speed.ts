import { join } from 'node:path';
import type { HeadlessDesk } from '../../headless-desk.ts';
import type { LinkListener } from '../../../engine/ports.ts';
import { diffLedger, type ExecutionKey } from '../ledger-diff.ts';
import type { NinjaTraderHost } from '../ninjatrader/ninjatrader-host.ts';
import { journaledExecutions } from '../soak-books.ts';
import type { Stage } from '../stage.ts';
import { median, rounded } from '../statistics.ts';
import { ACCOUNTS, CONTRACTS, dataFolderOf, joined, openDesk, startPlatform } from './platform.ts';

export interface SpeedReport {
  /** Messages of the AddOn that the desk took in, in a second, with their facts on the disk; the median of the rounds. */
  readonly eventsPerSec: number | null;
  /** The same of the simulator's flood, through the same desk. */
  readonly simulatorEventsPerSec: number | null;
  /** Share of quotes in either. The AddOn conflates them, so a faster line carries more of them. */
  readonly quoteShare: number | null;
  readonly simulatorQuoteShare: number | null;
  /** Events that NinjaTrader's threads raised in the AddOn meanwhile. */
  readonly raisedPerSec: number | null;
  /** Executions in the broker's books that the journal lacks, and that it has twice; both must be 0. */
  readonly executions: number;
  readonly lost: number;
  readonly duplicated: number;
}

export interface SpeedPlan {
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly windowMs: number;
}

const PLAN: SpeedPlan = { rounds: 3, warmUpMs: 2_000, windowMs: 5_000 };
const SHORT_PLAN: SpeedPlan = { rounds: 1, warmUpMs: 1_500, windowMs: 3_000 };
const SIMULATED = ['--flood', 'max', '--accounts', '5', '--instrument', 'ES,NQ'];
/** One flood step; the next follows it at once. */
const CHUNK = 20_000;
const FIRST_MESSAGE_MS = 15_000;
const JOURNALED_WITHIN_MS = 30_000;

interface Sample {
  readonly perSecond: number;
  readonly quoteShare: number;
  readonly raisedPerSecond: number;
}

/** As many messages as go: AddOn and simulator in turn, one desk for both. */
export async function measureSpeed(
  stage: Stage,
  plan: SpeedPlan = stage.parts.short ? SHORT_PLAN : PLAN,
): Promise<SpeedReport> {
  const folder = stage.folder('addon-speed');
  const counts = { quotes: 0 };
  const desk = await openDesk(stage, folder, (listener) => countQuotes(listener, counts));
  const addon: Sample[] = [];
  const simulator: Sample[] = [];
  const booked: ExecutionKey[] = [];
  const received = new Receiver(stage, desk, counts);
  for (let round = 1; round <= plan.rounds; round += 1) {
    const host = await startPlatform(stage, folder);
    await joined(stage, desk);
    addon.push(await floodOf(host, received, plan));
    booked.push(...(await settled(stage, host, folder, received)));
    await host.stop();
    simulator.push(await simulatorFlood(stage, desk, received, plan));
    stage.parts.note(
      `addon ${round}/${plan.rounds}: AddOn ${rounded(addon.at(-1)?.perSecond ?? 0, 0)}/s, ` +
        `simulator ${rounded(simulator.at(-1)?.perSecond ?? 0, 0)}/s`,
    );
  }
  await desk.stop();
  const middle = (key: keyof Sample, of: readonly Sample[], digits: number): number | null =>
    rounded(median(of.map((each) => each[key])), digits);
  const { lost, duplicated } = diffLedger({
    due: booked,
    all: booked,
    journaled: journaledBy(folder),
  });
  return {
    eventsPerSec: middle('perSecond', addon, 0),
    simulatorEventsPerSec: middle('perSecond', simulator, 0),
    quoteShare: middle('quoteShare', addon, 3),
    simulatorQuoteShare: middle('quoteShare', simulator, 3),
    raisedPerSec: middle('raisedPerSecond', addon, 0),
    executions: booked.length,
    lost,
    duplicated,
  };
}

function countQuotes(listener: LinkListener, counts: { quotes: number }): LinkListener {
  return {
    onStatus: (status) => listener.onStatus(status),
    onFact: (fact, stamp) => {
      if (fact.kind === 'quote.reported') counts.quotes += 1;
      listener.onFact(fact, stamp);
    },
  };
}

/** What the desk takes in, counted when it is on the disk. */
class Receiver {
  readonly #stage: Stage;
  readonly #desk: HeadlessDesk;
  readonly #counts: { readonly quotes: number };

  constructor(stage: Stage, desk: HeadlessDesk, counts: { readonly quotes: number }) {
    this.#stage = stage;
    this.#desk = desk;
    this.#counts = counts;
  }

  async sample({ warmUpMs, windowMs }: SpeedPlan): Promise<Omit<Sample, 'raisedPerSecond'>> {
    await this.#stage.wait(warmUpMs);
    const before = this.#look();
    await this.#stage.wait(windowMs);
    const after = this.#look();
    const messages = after.received - before.received;
    return {
      perSecond: (messages * 1_000) / (after.mono - before.mono),
      quoteShare: messages === 0 ? 0 : (after.quotes - before.quotes) / messages,
    };
  }

  flush(): void {
    const flushed = this.#desk.store.journal.flush();
    if (!flushed.ok) throw new Error(flushed.error.detail);
  }

  #look(): { readonly mono: number; readonly received: number; readonly quotes: number } {
    this.flush();
    const received = this.#desk.bridge.received();
    return { mono: this.#stage.world.mono(), received, quotes: this.#counts.quotes };
  }
}

async function floodOf(
  host: NinjaTraderHost,
  receiver: Receiver,
  plan: SpeedPlan,
): Promise<Sample> {
  let isDone = false;
  let raised = 0;
  let seconds = 0;
  const pour = async (): Promise<void> => {
    while (!isDone) {
      const given = { accounts: [...ACCOUNTS], instruments: [...CONTRACTS], tradeShare: 0.05 };
      const chunk = await host.flood({ ...given, count: CHUNK });
      raised += chunk.handled;
      seconds += chunk.seconds;
    }
  };
  const pouring = pour();
  try {
    const taken = await receiver.sample(plan);
    isDone = true;
    await pouring;
    return { ...taken, raisedPerSecond: seconds === 0 ? 0 : raised / seconds };
  } finally {
    isDone = true;
  }
}

/** Waits until the journal has what the broker booked, and gives that. */
async function settled(
  stage: Stage,
  host: NinjaTraderHost,
  folder: string,
  receiver: Receiver,
): Promise<readonly ExecutionKey[]> {
  await host.settle();
  const booked: ExecutionKey[] = [];
  for (const account of ACCOUNTS) {
    const executions = await host.executions(account);
    booked.push(...executions.map(({ executionId }) => ({ account, executionId })));
  }
  const deadline = stage.world.mono() + JOURNALED_WITHIN_MS;
  const isMissing = (): boolean => {
    receiver.flush();
    const kept = new Set(
      journaledBy(folder).map(({ account, executionId }) => account + executionId),
    );
    return booked.some(({ account, executionId }) => !kept.has(account + executionId));
  };
  while (isMissing() && stage.world.mono() < deadline) await stage.wait(500);
  return booked;
}

function journaledBy(folder: string): readonly ExecutionKey[] {
  const ours = new Set<string>(ACCOUNTS);
  return journaledExecutions(join(dataFolderOf(folder), 'journal.db')).filter(({ account }) =>
    ours.has(account),
  );
}

async function simulatorFlood(
  stage: Stage,
  desk: HeadlessDesk,
  receiver: Receiver,
  plan: SpeedPlan,
): Promise<Sample> {
  const before = desk.bridge.received();
  const sender = stage.startSender(desk.pairingFile, SIMULATED);
  try {
    if (!(await stage.until(() => desk.bridge.received() > before, FIRST_MESSAGE_MS))) {
      throw new Error(`The simulator did not talk: ${sender.output}`);
    }
    return { ...(await receiver.sample(plan)), raisedPerSecond: 0 };
  } finally {
    await sender.stop();
  }
}
