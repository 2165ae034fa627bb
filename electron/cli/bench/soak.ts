import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountName } from '../../../shared/domain/account/account.ts';
import type { ExecutionId } from '../../../shared/domain/account/execution.ts';
import type { InstrumentName } from '../../../shared/domain/instrument/instrument.ts';
import type { HeadlessDesk } from '../headless-desk.ts';
import { diffLedger, type LedgerDiff } from './ledger-diff.ts';
import type { Sender } from './sender.ts';
import { bookedFills, journaledExecutions, type BookedFill } from './soak-books.ts';
import { collectedHeapMb, observeMemory, type MemoryCourse } from './soak-memory.ts';
import { SoakWatch, type LoopDelays } from './soak-watch.ts';
import type { Stage } from './stage.ts';
import { rounded } from './statistics.ts';

export interface SoakReport extends LedgerDiff, LoopDelays, MemoryCourse {
  readonly seconds: number;
  readonly perSecond: number;
  /** In the broker's books by the end of the measured time. */
  readonly executions: number;
  /** Executions that came in by a snapshot because their own message was dropped. */
  readonly recovered: number;
  readonly recoveredMaxMs: number | null;
  /** The sender's stamp to the end of the engine's turn; quotes and executions, recovered ones included. */
  readonly endToEndP50Ms: number | null;
  readonly endToEndP99Ms: number | null;
  /** The same of executions alone. */
  readonly executionP99Ms: number | null;
  readonly timed: number;
  readonly gaps: number;
  /** After a forced collection, before and after the measured time. */
  readonly heapMb: { readonly start: number; readonly end: number };
}

const PER_SECOND = 1_000;
const WARM_UP_MS = 3_000;
/** How long the last executions before the end have to come in by a snapshot. */
const SETTLE_MS = 10_000;
/** The sender writes its books ten times a second. */
const SETTLE_STEP_MS = 250;
/** Times of the simulated market, which runs several times faster than the clock in a flood. */
const OVERTAKEN = { minMs: 20, maxMs: 60 };
const FAULTS = {
  v: 1,
  faults: [
    { kind: 'drop', direction: 'out', probability: 0.01 },
    { kind: 'reorder', direction: 'out', probability: 0.01, ...OVERTAKEN },
  ],
};

interface Trial {
  readonly stage: Stage;
  readonly desk: HeadlessDesk;
  readonly sender: Sender;
  readonly watch: SoakWatch;
  readonly ledger: string;
  readonly journal: string;
}

/** A long run over a bad line: nothing may be lost, late or grow. */
export async function soak(stage: Stage, seconds: number): Promise<SoakReport> {
  const trial = await begin(stage);
  const { desk, watch, sender, ledger } = trial;
  await stage.wait(WARM_UP_MS);
  const heapStart = collectedHeapMb();
  const before = { received: desk.bridge.received(), at: stage.world.mono() };
  watch.begin();
  const memory = await observeMemory(stage, seconds);
  const delays = watch.end();
  const elapsedMs = stage.world.mono() - before.at;
  const perSecond = ((desk.bridge.received() - before.received) * 1_000) / elapsedMs;
  const heapMb = { start: heapStart, end: collectedHeapMb() };
  const cutAt = stage.world.wall();
  await settle(stage, desk, { ledger, cutAt });
  const { gaps } = desk.bridge.status();
  await sender.stop();
  await desk.stop();
  const found = reckon(trial, cutAt);
  return {
    seconds,
    perSecond: rounded(perSecond, 0),
    ...found,
    ...delays,
    gaps,
    ...memory,
    heapMb,
  };
}

async function begin(stage: Stage): Promise<Trial> {
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
  return { stage, desk, sender, watch, ledger, journal: join(folder, 'journal.db') };
}

/** Compares the books, and adds the executions to the timing that came in by a snapshot. */
function reckon({ watch, ledger, journal }: Trial, cutAt: number) {
  const rows = journaledExecutions(journal);
  const fills = bookedFills(ledger);
  const due = fills.filter(({ time }) => time <= cutAt);
  const recovered = rows.filter((row) => !watch.cameDirectly(row));
  for (const { latencyMs } of recovered) watch.addRecovered(latencyMs);
  const waits = recovered.map(({ latencyMs }) => latencyMs);
  return {
    ...diffLedger({ due, all: fills, journaled: rows }),
    executions: due.length,
    recovered: recovered.length,
    recoveredMaxMs: waits.length === 0 ? null : Math.max(...waits),
    endToEndP50Ms: watch.all.at(0.5),
    endToEndP99Ms: watch.all.at(0.99),
    executionP99Ms: watch.executions.at(0.99),
    timed: watch.all.count,
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
