import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { AccountName } from '../../../shared/domain/account/account.ts';
import type { ExecutionId } from '../../../shared/domain/account/execution.ts';
import type { Fact } from '../../../shared/domain/desk/fact.ts';
import type { InstrumentName } from '../../../shared/domain/instrument/instrument.ts';
import type { LinkListener } from '../../engine/ports.ts';
import { openToRead } from '../../store/sqlite.ts';
import type { HeadlessDesk } from '../headless-desk.ts';
import { Durations } from './durations.ts';
import { diffLedger, type ExecutionKey } from './ledger-diff.ts';
import type { Stage } from './stage.ts';
import { rounded, slope, type Point } from './statistics.ts';

export interface SoakReport {
  readonly seconds: number;
  readonly perSecond: number;
  /** Executions in the broker's books that are not in the journal. */
  readonly lost: number;
  readonly duplicated: number;
  readonly invented: number;
  readonly executions: number;
  /** Executions that came in by a snapshot because their own message was dropped or overtaken. */
  readonly recovered: number;
  /** The sender's stamp to the end of the engine's turn; quotes and executions, recovered ones included. */
  readonly endToEndP50Ms: number | null;
  readonly endToEndP99Ms: number | null;
  /** The same of executions alone. */
  readonly executionP99Ms: number | null;
  readonly recoveredMaxMs: number | null;
  readonly timed: number;
  readonly eventLoopP99Ms: number;
  readonly eventLoopMaxMs: number;
  readonly gaps: number;
  readonly rssMb: { readonly at10: number; readonly at50: number; readonly at100: number };
  /** Of the second half, in MB per minute. */
  readonly rssSlopeMbPerMin: number | null;
  /** After a forced collection, before and after the measured time. */
  readonly heapMb: { readonly start: number; readonly end: number };
}

const PER_SECOND = 1_000;
const WARM_UP_MS = 3_000;
/** How long the last executions before the end have to come in by a snapshot. */
const SETTLE_MS = 10_000;
/** The sender writes its books ten times a second. */
const SETTLE_STEP_MS = 250;
const RSS_EVERY_MS = 1_000;
/** Times of the simulated market, which runs several times faster than the clock in a flood. */
const OVERTAKEN = { minMs: 20, maxMs: 60 };
const FAULTS = {
  v: 1,
  faults: [
    { kind: 'drop', direction: 'out', probability: 0.01 },
    { kind: 'reorder', direction: 'out', probability: 0.01, ...OVERTAKEN },
  ],
};

/** A long run over a bad line: nothing may be lost, late or grow. */
export async function soak(stage: Stage, seconds: number): Promise<SoakReport> {
  const folder = stage.folder('soak');
  const ledger = join(folder, 'ledger.jsonl');
  const faults = join(folder, 'faults.json');
  writeFileSync(faults, JSON.stringify(FAULTS));
  const watch = new SoakWatch(() => stage.world.wall());
  const desk = await stage.openDesk({ folder, tap: (listener) => watch.tap(listener) });
  const flood = ['--flood', String(PER_SECOND), '--accounts', '5', '--instrument', 'ES,NQ'];
  const words = [...flood, '--faults', faults, '--ledger', ledger];
  const sender = stage.startSender(desk.pairingFile, words);
  const talks = await stage.until(() => desk.bridge.received() > 0, 15_000);
  if (!talks) throw new Error(`The sender did not talk: ${sender.output}`);
  await stage.wait(WARM_UP_MS);
  const heapStart = collectedHeapMb();
  const before = desk.bridge.received();
  const startedAt = stage.world.mono();
  watch.begin();
  const rss = await observeMemory(stage, seconds);
  const measured = watch.end();
  const elapsedMs = stage.world.mono() - startedAt;
  const perSecond = ((desk.bridge.received() - before) * 1_000) / elapsedMs;
  const heapEnd = collectedHeapMb();
  const cutAt = stage.world.wall();
  await settle(stage, desk, { ledger, cutAt });
  const { gaps } = desk.bridge.status();
  await sender.stop();
  await desk.stop();
  const rows = journaledExecutions(join(folder, 'journal.db'));
  const fills = bookedFills(ledger);
  const recovered = rows.filter((row) => !watch.cameDirectly(row));
  for (const { latencyMs } of recovered) watch.addRecovered(latencyMs);
  const due = fills.filter(({ time }) => time <= cutAt);
  return {
    seconds,
    perSecond: rounded(perSecond, 0),
    ...diffLedger({ due, all: fills, journaled: rows }),
    executions: due.length,
    recovered: recovered.length,
    endToEndP50Ms: watch.all.at(0.5),
    endToEndP99Ms: watch.all.at(0.99),
    executionP99Ms: watch.executions.at(0.99),
    recoveredMaxMs: recovered.reduce<number | null>(
      (most, { latencyMs }) => Math.max(most ?? 0, latencyMs),
      null,
    ),
    timed: watch.all.count,
    ...measured,
    gaps,
    ...memoryOf(rss, seconds),
    heapMb: { start: heapStart, end: heapEnd },
  };
}

/** Goes on until everything booked by `cutAt` has come in, by itself or by a snapshot, or the time is up. */
async function settle(
  stage: Stage,
  desk: HeadlessDesk,
  { ledger, cutAt }: { readonly ledger: string; readonly cutAt: number },
): Promise<void> {
  const deadline = stage.world.mono() + SETTLE_MS;
  const isKnown = ({ account, instrument, executionId }: BookedFill): boolean => {
    const desks = desk.engine.state().accounts.get(account as AccountName);
    const book = desks?.books.get(instrument as InstrumentName);
    return book?.fills.has(executionId as ExecutionId) ?? false;
  };
  do {
    await stage.wait(SETTLE_STEP_MS);
    if (bookedFills(ledger).every((fill) => fill.time > cutAt || isKnown(fill))) return;
  } while (stage.world.mono() < deadline);
}

/** Times every quote and execution on its way into the engine. */
class SoakWatch {
  readonly all = new Durations();
  readonly executions = new Durations();
  readonly #wall: () => number;
  readonly #direct = new Set<string>();
  readonly #loop = monitorEventLoopDelay({ resolution: 1 });
  #isMeasuring = false;

  constructor(wall: () => number) {
    this.#wall = wall;
  }

  tap(listener: LinkListener): LinkListener {
    return {
      onStatus: (status) => listener.onStatus(status),
      onFact: (fact, stamp) => {
        listener.onFact(fact, stamp);
        this.#note(fact);
      },
    };
  }

  begin(): void {
    this.#isMeasuring = true;
    this.#loop.enable();
  }

  end(): { readonly eventLoopP99Ms: number; readonly eventLoopMaxMs: number } {
    this.#isMeasuring = false;
    this.#loop.disable();
    const ms = (nanoseconds: number): number => rounded(nanoseconds / 1e6, 3);
    return {
      eventLoopP99Ms: ms(this.#loop.percentile(99)),
      eventLoopMaxMs: ms(this.#loop.max),
    };
  }

  cameDirectly(key: ExecutionKey): boolean {
    return this.#direct.has(textOf(key));
  }

  addRecovered(latencyMs: number): void {
    this.all.add(latencyMs);
    this.executions.add(latencyMs);
  }

  #note(fact: Fact): void {
    if (fact.kind === 'execution.reported') {
      const { account, id, executedAt } = fact.execution;
      this.#direct.add(textOf({ account, executionId: id }));
      if (!this.#isMeasuring) return;
      const latencyMs = this.#wall() - executedAt;
      this.all.add(latencyMs);
      this.executions.add(latencyMs);
    } else if (fact.kind === 'quote.reported' && this.#isMeasuring) {
      this.all.add(this.#wall() - fact.quote.quotedAt);
    }
  }
}

function textOf({ account, executionId }: ExecutionKey): string {
  return `${account} ${executionId}`;
}

async function observeMemory(stage: Stage, seconds: number): Promise<readonly Point[]> {
  const startedAt = stage.world.mono();
  const points: Point[] = [];
  const elapsed = (): number => (stage.world.mono() - startedAt) / 1_000;
  while (elapsed() < seconds) {
    await stage.wait(Math.min(RSS_EVERY_MS, (seconds - elapsed()) * 1_000));
    points.push({ x: elapsed(), y: process.memoryUsage.rss() / 1_048_576 });
  }
  return points;
}

function memoryOf(
  points: readonly Point[],
  seconds: number,
): Pick<SoakReport, 'rssMb' | 'rssSlopeMbPerMin'> {
  const at = (share: number): number =>
    rounded(points.find(({ x }) => x >= share * seconds)?.y ?? points.at(-1)?.y ?? 0, 1);
  const perSecond = slope(points.filter(({ x }) => x >= seconds / 2));
  return {
    rssMb: { at10: at(0.1), at50: at(0.5), at100: at(1) },
    rssSlopeMbPerMin: rounded(perSecond === null ? null : perSecond * 60, 2),
  };
}

/** What is reachable, which is what can leak. */
function collectedHeapMb(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return rounded(process.memoryUsage().heapUsed / 1_048_576, 1);
}

interface JournaledExecution extends ExecutionKey {
  readonly latencyMs: number;
}

function journaledExecutions(path: string): readonly JournaledExecution[] {
  const opened = openToRead({ path });
  if (!opened.ok) throw new Error(opened.error.code);
  const rows = opened.value
    .prepare<[], JournaledExecution>(
      `SELECT payload ->> '$.execution.account' AS account,
              payload ->> '$.execution.id' AS executionId,
              wall - (payload ->> '$.execution.executedAt') AS latencyMs
       FROM journal WHERE kind = 'execution.reported'`,
    )
    .all();
  opened.value.close();
  return rows;
}

interface BookedFill extends ExecutionKey {
  readonly kind: string;
  readonly instrument: string;
  readonly time: number;
}

function bookedFills(file: string): readonly BookedFill[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as BookedFill)
    .filter(({ kind }) => kind === 'fill');
}
