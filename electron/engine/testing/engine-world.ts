import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Log } from '../../../shared/kernel/log.ts';
import { ok, type Result } from '../../../shared/kernel/result.ts';
import type { Command } from '../../../shared/domain/desk/command.ts';
import type { Fact } from '../../../shared/domain/desk/fact.ts';
import type { DeskPatch } from '../../../shared/protocol/ipc/views.ts';
import { FakeClock } from '../../../shared/testing/fake-clock.ts';
import { OPEN_AT, opened, snapshot, terms } from '../../../shared/testing/desk-facts.ts';
import { SeqIds } from '../../../shared/testing/seq-ids.ts';
import { memoryPlaces, PACK_DAY, shippedLibrary } from '../../cli/shipped-packs.ts';
import { createFlattenService } from '../../flatten/flatten-service.ts';
import { createGuardService } from '../../risk/guard-service.ts';
import { SqliteBarStore } from '../../store/bar-store.ts';
import { JournalStore } from '../../store/journal-store.ts';
import { SqliteSnapshotStore } from '../../store/snapshot-store.ts';
import { openDatabase, type Database, type OwnedDatabase } from '../../store/sqlite.ts';
import type { StoreError } from '../../store/store-error.ts';
import { tempFolder } from '../../store/testing/temp-folder.ts';
import { createEngine } from '../create-engine.ts';
import type { EngineDeps } from '../engine.ts';
import type { LinkStatus, PlatformLink } from '../ports.ts';

export const CONNECTED: LinkStatus = {
  state: 'connected',
  detail: '',
  port: 8765,
  sessionId: 'sess-1',
  peer: { platform: 'NinjaTrader', platformVersion: '8.1.6.0', addonVersion: '0.1.0' },
  connectedAt: OPEN_AT,
  heardAt: OPEN_AT,
  messagesPerSecond: 0,
  latencyMs: null,
  gaps: 0,
  refused: 0,
  reconnects: 0,
};

export interface WorldOptions {
  readonly path?: string;
  readonly clock?: FakeClock;
  /** The store of a machine on which no file can be opened. */
  readonly brokenStore?: boolean;
  /** Another risk service than the shipped one. */
  readonly createRisk?: EngineDeps['createRisk'];
}

/** An engine over a real journal, with the far end of the link and the clock in the test's hands. */
export function engineWorld(options: WorldOptions = {}) {
  const clock = options.clock ?? new FakeClock(OPEN_AT);
  const path = options.path ?? join(tempFolder(), 'journal.db');
  const order: string[] = [];
  const sent: Command[] = [];
  const bugs: string[] = [];
  const patches: DeskPatch[] = [];
  const broken: StoreError = { code: 'IO', path, detail: 'SQLITE_IOERR: disk I/O error' };
  let owned: OwnedDatabase | null = null;
  const snapshots = new SqliteSnapshotStore();
  const open = (): Result<OwnedDatabase, StoreError> => {
    if (options.brokenStore === true) return { ok: false, error: broken };
    const database = openDatabase({ path });
    if (database.ok) {
      owned = database.value;
      snapshots.attach(owned.db, path);
    }
    return database;
  };
  const journal = new JournalStore({ open, timers: clock, runId: 'run-1' });
  const bars = new SqliteBarStore(clock);
  const warnings: string[] = [];
  const log: Log = {
    info: () => undefined,
    warn: (event, fields) => warnings.push(`${event} ${JSON.stringify(fields)}`),
    error: (event, fields) => bugs.push(`${event} ${JSON.stringify(fields)}`),
  };
  const engine = createEngine({
    clock,
    timers: clock,
    ids: new SeqIds(),
    log,
    journal: watched(journal, order),
    snapshots,
    bars,
    mode: 'test',
    version: '0.1.0',
    createFlatten: createFlattenService,
    createRisk: options.createRisk ?? createGuardService(memoryPlaces(shippedLibrary(PACK_DAY))),
  });
  const link: PlatformLink = {
    status: () => CONNECTED,
    send: (command) => {
      if (!engine.state().link.isOpen) return { ok: false, error: { code: 'NO_LINK' } };
      order.push(`send ${command.kind}`);
      sent.push(command);
      return ok({ sentAt: clock.mono() });
    },
  };
  engine.attach(link);
  engine.onPatch((patch) => patches.push(patch));
  const close = (): void => {
    engine.stop('test');
    bars.close();
    journal.close();
  };
  onTestFinished(close);
  /** What the disk has after a kill: what was flushed, and no word of a stop. */
  const crash = (): void => {
    journal.flush();
    journal.close();
  };
  return {
    engine,
    clock,
    journal,
    snapshots,
    path,
    order,
    sent,
    bugs,
    warnings,
    patches,
    close,
    crash,
    /** The database under the journal, to make it fail. */
    db: (): Database => owned!.db,
    take: (...facts: readonly Fact[]) => {
      for (const fact of facts) {
        engine.listener.onFact(fact, { wall: clock.wall(), mono: clock.mono() });
      }
    },
  };
}

export type EngineWorld = ReturnType<typeof engineWorld>;

/** The same with a link open, ES known and an empty account confirmed. */
export function connected(world = engineWorld()): EngineWorld {
  world.take(opened(), terms(1), snapshot(2));
  world.clock.advance(10);
  return world;
}

/** Notes in which order things were written, beside what was sent. */
function watched(journal: JournalStore, order: string[]): JournalStore {
  const append = journal.append.bind(journal);
  journal.append = (item) => {
    order.push(`append ${item.entry.kind}`);
    append(item);
  };
  const appendDurably = journal.appendDurably.bind(journal);
  journal.appendDurably = (item) => {
    const written = appendDurably(item);
    order.push(`${written.ok ? 'durable' : 'refused'} ${item.entry.kind}`);
    return written;
  };
  return journal;
}
