import { homedir } from 'node:os';
import { join } from 'node:path';
import { BRIDGE_CONFIG, createBridge, type Bridge } from '../bridge/bridge.ts';
import { createPairingStore } from '../bridge/pairing.ts';
import { createEngine } from '../engine/create-engine.ts';
import type { Engine } from '../engine/engine.ts';
import type { LinkListener } from '../engine/ports.ts';
import { createFlattenService } from '../flatten/flatten-service.ts';
import { createGuardService, type GuardPlaces } from '../risk/guard-service.ts';
import { LockFile } from '../risk/lock-place.ts';
import { NewsFile } from '../risk/news-file.ts';
import { PackArchive } from '../risk/pack-content.ts';
import { PackLibrary } from '../risk/pack-library.ts';
import { createLog } from '../platform/log.ts';
import { Redactor } from '../platform/redact.ts';
import { rotatingFile } from '../platform/rotating-file.ts';
import { SystemClock } from '../platform/system-clock.ts';
import { UuidIds } from '../platform/uuid-ids.ts';
import type { Log } from '../../shared/kernel/log.ts';
import { openDeskStore, type DeskStore } from './desk-store.ts';
import { Settings } from './settings.ts';

export interface DeskCoreWish {
  readonly folder: string;
  /** Folder of the shipped rule packs. */
  readonly packs: string;
  readonly demo: boolean;
  /** 0 lets the system choose; null takes the setting. */
  readonly port: number | null;
  readonly version: string;
  readonly nativeBinding: string | undefined;
  /** Stands between bridge and engine and sees every fact; measurements use it. */
  readonly tap?: (listener: LinkListener) => LinkListener;
}

/** Everything that watches and protects; it runs without a window and without Electron. */
export interface DeskCore {
  readonly clock: SystemClock;
  readonly log: Log;
  readonly engine: Engine;
  readonly bridge: Bridge;
  readonly store: DeskStore;
  readonly settings: Settings;
  readonly pairingFile: string;
  /** Asks the platform for everything again. */
  verify(): void;
  stop(): Promise<void>;
}

/** Builds store, engine and bridge over one data folder; the bridge waits for its `start`. */
export function createDeskCore(wish: DeskCoreWish): DeskCore {
  const clock = new SystemClock();
  const ids = new UuidIds();
  const sink = rotatingFile(join(wish.folder, 'logs', 'desk.log'));
  const log = createLog({ clock, sink, redactor: new Redactor([homedir()]) });
  const { folder, nativeBinding } = wish;
  const store = openDeskStore({
    folder,
    runId: ids.next('run'),
    timers: clock,
    log,
    nativeBinding,
  });
  const world = { clock, timers: clock, ids, log };
  const engine = createEngine({
    ...world,
    journal: store.journal,
    bars: store.bars,
    snapshots: store.snapshots,
    mode: wish.demo ? 'demo' : 'test',
    version: wish.version,
    createFlatten: createFlattenService,
    createRisk: createGuardService(guardPlaces(wish, clock)),
  });
  const settings = openSettings(store, engine, log);
  const pairing = createPairingStore(join(folder, 'pairing.json'), clock);
  const bridge = createBridge({
    ...world,
    config: { ...BRIDGE_CONFIG, port: portFor(wish, settings) },
    pairing,
    listener: wish.tap?.(engine.listener) ?? engine.listener,
    durableSeq: (sessionId) => engine.durableSeq(sessionId),
  });
  engine.attach(bridge);
  return {
    clock,
    log,
    engine,
    bridge,
    store,
    settings,
    pairingFile: pairing.file,
    verify: () => {
      const commandId = ids.next('cmd');
      engine.send({ kind: 'snapshot', commandId, scope: 'full', executionsSince: null });
    },
    stop: async () => {
      engine.stop('quit');
      await bridge.stop();
      store.close();
      sink.close();
    },
  };
}

/** The settings of the store; every change is kept there and told in the journal. */
function openSettings(store: DeskStore, engine: Engine, log: Log): Settings {
  return new Settings({
    initial: store.settings,
    keep: (change) => store.keepSettings(change),
    changed: (key, from, to) => engine.record({ kind: 'setting.changed', key, from, to }),
    log,
  });
}

/** The shipped packs with the trader's own values, and what of rules and locks is kept beside the journal. */
function guardPlaces({ folder, packs }: DeskCoreWish, clock: SystemClock): GuardPlaces {
  const places = { packs, overrides: join(folder, 'overrides.json') };
  const today = (): string => new Date(clock.wall()).toISOString().slice(0, 10);
  return {
    library: new PackLibrary(places, today),
    archive: new PackArchive(join(folder, 'rules')),
    locks: new LockFile(join(folder, 'locks.json')),
    news: new NewsFile(join(folder, 'news.json')),
  };
}

/** A demo takes any free port, so that it never stands in the way of a real desk. */
function portFor(wish: DeskCoreWish, settings: Settings): number {
  return wish.port ?? (wish.demo ? 0 : settings.read().bridgePort);
}
