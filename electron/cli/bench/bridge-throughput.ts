import type { LinkListener } from '../../engine/ports.ts';
import { openToRead } from '../../store/sqlite.ts';
import { openSink } from './sink.ts';
import type { Stage } from './stage.ts';
import { median, ratioOfMedians, rounded } from './statistics.ts';
import type { Sender } from './sender.ts';

export interface BridgeReport {
  /** Medians over the rounds, in messages per second. */
  readonly msgPerSec: number | null;
  readonly sinkMsgPerSec: number | null;
  readonly ratio: number | null;
  /** Processor time of the receiver per message, in microseconds, and the quotient sink to desk. */
  readonly cpuUsPerMsg: number | null;
  readonly sinkCpuUsPerMsg: number | null;
  readonly cpuRatio: number | null;
  /** Share of the window in which the receiver's process was busy; below 1 the sender was the limit. */
  readonly busy: number | null;
  readonly sinkBusy: number | null;
  readonly quoteShare: number | null;
  readonly sinkQuoteShare: number | null;
  /** Rows in the journals of all rounds, and of them executions; every execution that came in is one row. */
  readonly journalRows: number;
  readonly executions: number;
  readonly executionRows: number;
  readonly rounds: number;
  readonly windowMs: number;
}

interface Receiver {
  readonly pairingFile: string;
  received(): number;
  quotes(): number;
  /** Finishes what was received: after it everything is where it belongs. */
  settle(): void;
  close(): Promise<void>;
}

interface Sample {
  readonly perSecond: number;
  readonly cpuUs: number;
  readonly busy: number;
  readonly quoteShare: number;
}

interface Kept {
  readonly rows: number;
  readonly executionRows: number;
}

export interface BridgePlan {
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly windowMs: number;
}

const PLAN: BridgePlan = { rounds: 5, warmUpMs: 3_000, windowMs: 5_000 };
const SHORT_PLAN: BridgePlan = { rounds: 3, warmUpMs: 1_500, windowMs: 3_000 };
const FLOOD = ['--flood', 'max', '--accounts', '5', '--instrument', 'ES,NQ'];
const FIRST_MESSAGE_MS = 15_000;

/** Messages per second through the whole desk, beside a bare sink fed by the same sender, in turn. */
export async function measureBridge(
  stage: Stage,
  plan: BridgePlan = stage.parts.short ? SHORT_PLAN : PLAN,
): Promise<BridgeReport> {
  const { rounds, windowMs } = plan;
  const desk: Sample[] = [];
  const sink: Sample[] = [];
  const kept: Kept[] = [];
  let executions = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const folder = stage.folder('bridge');
    const receiver = await openDeskReceiver(stage, folder);
    desk.push(await sample(stage, receiver, plan));
    executions += receiver.executions();
    kept.push(readKept(folder));
    sink.push(await sample(stage, await openSinkReceiver(stage), plan));
    stage.parts.note(
      `bridge ${round}/${rounds}: desk ${perSecond(desk.at(-1))}/s, sink ${perSecond(sink.at(-1))}/s`,
    );
  }
  const of = (key: keyof Sample, samples: readonly Sample[]): number[] =>
    samples.map((each) => each[key]);
  const middle = (key: keyof Sample, samples: readonly Sample[]): number | null =>
    rounded(median(of(key, samples)), 3);
  return {
    msgPerSec: rounded(median(of('perSecond', desk)), 0),
    sinkMsgPerSec: rounded(median(of('perSecond', sink)), 0),
    ratio: rounded(ratioOfMedians(of('perSecond', desk), of('perSecond', sink)), 3),
    cpuUsPerMsg: middle('cpuUs', desk),
    sinkCpuUsPerMsg: middle('cpuUs', sink),
    cpuRatio: rounded(ratioOfMedians(of('cpuUs', sink), of('cpuUs', desk)), 3),
    busy: middle('busy', desk),
    sinkBusy: middle('busy', sink),
    quoteShare: middle('quoteShare', desk),
    sinkQuoteShare: middle('quoteShare', sink),
    journalRows: kept.reduce((sum, { rows }) => sum + rows, 0),
    executions,
    executionRows: kept.reduce((sum, { executionRows }) => sum + executionRows, 0),
    rounds,
    windowMs,
  };
}

function perSecond(taken: Sample | undefined): number {
  return rounded(taken?.perSecond ?? 0, 0);
}

async function sample(
  stage: Stage,
  receiver: Receiver,
  { warmUpMs, windowMs }: BridgePlan,
): Promise<Sample> {
  const sender = stage.startSender(receiver.pairingFile, FLOOD);
  try {
    await firstMessage(stage, receiver, sender);
    await stage.wait(warmUpMs);
    receiver.settle();
    const before = look(stage, receiver);
    await stage.wait(windowMs);
    receiver.settle();
    const after = look(stage, receiver);
    const messages = after.received - before.received;
    const elapsedMs = after.mono - before.mono;
    const cpuUs = after.cpuUs - before.cpuUs;
    return {
      perSecond: (messages * 1_000) / elapsedMs,
      cpuUs: cpuUs / messages,
      busy: cpuUs / 1_000 / elapsedMs,
      quoteShare: (after.quotes - before.quotes) / messages,
    };
  } finally {
    await sender.stop();
    await receiver.close();
  }
}

async function firstMessage(stage: Stage, receiver: Receiver, sender: Sender): Promise<void> {
  if (await stage.until(() => receiver.received() > 0, FIRST_MESSAGE_MS)) return;
  throw new Error(`The sender did not talk: ${sender.output}`);
}

function look(
  stage: Stage,
  receiver: Receiver,
): {
  readonly mono: number;
  readonly received: number;
  readonly quotes: number;
  readonly cpuUs: number;
} {
  const { user, system } = process.cpuUsage();
  const [received, quotes] = [receiver.received(), receiver.quotes()];
  return { mono: stage.world.mono(), received, quotes, cpuUs: user + system };
}

async function openDeskReceiver(
  stage: Stage,
  folder: string,
): Promise<Receiver & { executions(): number }> {
  const counts = { quotes: 0 };
  const executions = new Set<string>();
  const tap = (listener: LinkListener): LinkListener => ({
    onStatus: (status) => listener.onStatus(status),
    onFact: (fact, stamp) => {
      if (fact.kind === 'quote.reported') counts.quotes += 1;
      else if (fact.kind === 'execution.reported') executions.add(keyOf(fact.execution));
      else if (fact.kind === 'snapshot.received') {
        for (const execution of fact.executions) executions.add(keyOf(execution));
      }
      listener.onFact(fact, stamp);
    },
  });
  const desk = await stage.openDesk({ folder, tap });
  return {
    pairingFile: desk.pairingFile,
    received: () => desk.bridge.received(),
    quotes: () => counts.quotes,
    executions: () => executions.size,
    settle: () => {
      const flushed = desk.store.journal.flush();
      if (!flushed.ok) throw new Error(flushed.error.detail);
    },
    close: () => desk.stop(),
  };
}

async function openSinkReceiver(stage: Stage): Promise<Receiver> {
  const sink = await openSink(stage.folder('sink'), stage.world);
  const forget = stage.onClose(() => sink.close());
  const close = async (): Promise<void> => {
    forget();
    await sink.close();
  };
  return { ...sink, settle: () => undefined, close };
}

function readKept(folder: string): Kept {
  const opened = openToRead({ path: `${folder}/journal.db` });
  if (!opened.ok) throw new Error(opened.error.code);
  const count = (where: string): number =>
    Number(opened.value.prepare(`SELECT count(*) FROM journal ${where}`).pluck().get());
  const kept = { rows: count(''), executionRows: count("WHERE kind = 'execution.reported'") };
  opened.value.close();
  return kept;
}

function keyOf({ account, id }: { readonly account: string; readonly id: string }): string {
  return `${account} ${id}`;
}
