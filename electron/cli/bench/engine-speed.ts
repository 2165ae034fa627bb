import { join } from 'node:path';
import { foldJournal } from '../../../shared/domain/journal/fold.ts';
import type { JournalRecord } from '../../../shared/domain/journal/record.ts';
import type { Fact, Stamp } from '../../../shared/domain/desk/fact.ts';
import type { Log } from '../../../shared/kernel/log.ts';
import { createEngine } from '../../engine/create-engine.ts';
import type { BarStore, JournalPort, LinkListener } from '../../engine/ports.ts';
import { createFlattenService } from '../../flatten/flatten-service.ts';
import { createGuardService } from '../../risk/guard-service.ts';
import { memoryPlaces, PACK_DAY, shippedLibrary } from '../shipped-packs.ts';
import { UuidIds } from '../../platform/uuid-ids.ts';
import { readRows, recordFrom } from '../../store/journal-reader.ts';
import { openToRead } from '../../store/sqlite.ts';
import { writeLongJournal } from './long-journal.ts';
import type { Stage } from './stage.ts';
import { median, rounded } from './statistics.ts';

export interface EngineReport {
  /** Facts per second through reduction and projection, without socket and disk. */
  readonly reducePerSec: number | null;
  readonly facts: number;
  /** Journal rows per second from the file into a desk. */
  readonly foldRowsPerSec: number | null;
  readonly startRows: number;
  /** Start of a desk on a journal of that many rows that has no snapshot, until it listens. */
  readonly startWholeMs: number;
  /** The same with its newest snapshot as far behind as one gets. */
  readonly startMs: number;
  /** The latter for a million rows; null in the short form. */
  readonly startMs1M: number | null;
}

interface Take {
  readonly fact: Fact;
  readonly stamp: Stamp;
}

const MILLION = 1_000_000;
/** A desk takes a snapshot of its journal after so many rows. */
const BEHIND_ROWS = 50_000;

/** Speed of the desk's pure parts on recorded facts, and of its start on a long journal. */
export async function measureEngine(stage: Stage): Promise<EngineReport> {
  const { short, note } = stage.parts;
  const recorded = await record(stage, short ? 40_000 : 150_000);
  const speeds: number[] = [];
  for (let round = 0; round < 3; round += 1) speeds.push(await reduce(stage, recorded.facts));
  note(`engine: ${rounded(median(speeds) ?? 0, 0)} facts/s`);
  const folder = stage.folder('long-journal');
  const path = join(folder, 'journal.db');
  const rows = short ? 100_000 : MILLION;
  writeLongJournal(path, recorded.records, { rows: rows - BEHIND_ROWS, daysAgo: 1 });
  const foldRowsPerSec = fold(stage, path);
  note(`engine: ${rounded(foldRowsPerSec, 0)} journal rows/s`);
  const whole = await start(stage, folder);
  writeLongJournal(path, recorded.records, { rows: BEHIND_ROWS, daysAgo: 0 });
  const startMs = await start(stage, folder);
  return {
    reducePerSec: rounded(median(speeds), 0),
    facts: recorded.facts.length,
    foldRowsPerSec: rounded(foldRowsPerSec, 0),
    startRows: rows,
    startWholeMs: whole,
    startMs,
    startMs1M: rows === MILLION ? startMs : null,
  };
}

async function start(stage: Stage, folder: string): Promise<number> {
  const startedAt = stage.world.mono();
  const desk = await stage.openDesk({ folder });
  const tookMs = rounded(stage.world.mono() - startedAt, 0);
  await desk.stop();
  return tookMs;
}

/** Facts of a flood, and the journal that a desk kept of it. */
async function record(
  stage: Stage,
  count: number,
): Promise<{ readonly facts: readonly Take[]; readonly records: readonly JournalRecord[] }> {
  const facts: Take[] = [];
  const folder = stage.folder('record');
  const tap = (listener: LinkListener): LinkListener => ({
    onStatus: (status) => listener.onStatus(status),
    onFact: (fact, stamp) => {
      if (facts.length < count) facts.push({ fact, stamp });
      listener.onFact(fact, stamp);
    },
  });
  const desk = await stage.openDesk({ folder, tap });
  const words = ['--flood', 'max', '--accounts', '5', '--instrument', 'ES,NQ'];
  const sender = stage.startSender(desk.pairingFile, words);
  const enough = await stage.until(() => facts.length >= count, 60_000);
  await sender.stop();
  await desk.stop();
  if (!enough) throw new Error(`The sender was too slow: ${sender.output}`);
  const opened = openToRead({ path: join(folder, 'journal.db') });
  if (!opened.ok) throw new Error(opened.error.code);
  const records: JournalRecord[] = [];
  for (const row of readRows(opened.value, 1)) {
    const read = recordFrom(row);
    if (read.ok) records.push(read.value);
  }
  opened.value.close();
  return { facts, records };
}

/** Facts per turn of the event loop: between turns the publisher's timers get their due. */
const PER_TURN = 250;

async function reduce(stage: Stage, facts: readonly Take[]): Promise<number> {
  const engine = createEngine({
    clock: stage.world,
    timers: stage.world,
    ids: new UuidIds(),
    log: silent,
    journal: nowhere,
    bars: noBars,
    mode: 'test',
    version: 'bench',
    createFlatten: createFlattenService,
    createRisk: createGuardService(memoryPlaces(shippedLibrary(PACK_DAY))),
  });
  let patches = 0;
  engine.onPatch(() => (patches += 1));
  const startedAt = stage.world.mono();
  for (let from = 0; from < facts.length; from += PER_TURN) {
    for (const { fact, stamp } of facts.slice(from, from + PER_TURN)) {
      engine.listener.onFact(fact, stamp);
    }
    await new Promise<void>((resolve) => void setImmediate(resolve));
  }
  const elapsedMs = stage.world.mono() - startedAt;
  engine.stop('measured');
  if (patches === 0) throw new Error('Nothing was projected.');
  return (facts.length * 1_000) / elapsedMs;
}

function fold(stage: Stage, path: string): number {
  const opened = openToRead({ path });
  if (!opened.ok) throw new Error(opened.error.code);
  const db = opened.value;
  const records = function* (): Generator<JournalRecord> {
    for (const row of readRows(db, 1)) {
      const read = recordFrom(row);
      if (read.ok) yield read.value;
    }
  };
  const startedAt = stage.world.mono();
  const { lastSeq } = foldJournal(records());
  const elapsedMs = stage.world.mono() - startedAt;
  db.close();
  return (lastSeq * 1_000) / elapsedMs;
}

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const noBars: BarStore = { put: () => undefined, latest: () => [] };

const nowhere: JournalPort = {
  append: () => undefined,
  appendDurably: () => ({ ok: true, value: { seq: 0 } }),
  flush: () => ({ ok: true, value: null }),
  read: () => [],
  health: () => ({ state: 'ok', detail: '', pending: 0 }),
  onHealth: () => undefined,
};
