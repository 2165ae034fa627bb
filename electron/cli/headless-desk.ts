import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Clock, Timers } from '../../shared/kernel/clock.ts';
import type { Ids } from '../../shared/kernel/ids.ts';
import type { Log } from '../../shared/kernel/log.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { DeskView } from '../../shared/protocol/ipc/views.ts';
import { BRIDGE_CONFIG, createBridge, type Bridge } from '../bridge/bridge.ts';
import { createPairingStore } from '../bridge/pairing.ts';
import { failureText } from '../bridge/status.ts';
import { createEngine } from '../engine/create-engine.ts';
import type { Engine } from '../engine/engine.ts';
import type { LinkListener } from '../engine/ports.ts';
import { createFlattenService } from '../flatten/flatten-service.ts';
import { SystemClock } from '../platform/system-clock.ts';
import { UuidIds } from '../platform/uuid-ids.ts';
import { openDeskStore, type DeskStore } from '../shell/desk-store.ts';
import { version } from './version.ts';

export interface HeadlessTerms {
  /** Holds the journal and the pairing file; made when it is missing. */
  readonly folder: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly mode: DeskView['mode'];
  readonly world?: Clock & Timers;
  /** Sees every fact before the engine does; benchmarks measure with it. */
  readonly tap?: (listener: LinkListener) => LinkListener;
}

/** The same engine, bridge and store as in the app, without a window. */
export interface HeadlessDesk {
  readonly engine: Engine;
  readonly bridge: Bridge;
  readonly store: DeskStore;
  readonly pairingFile: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Opens a desk; the error is one sentence. A store that cannot be opened is no error: flatten works without. */
export async function openHeadlessDesk(
  terms: HeadlessTerms,
): Promise<Result<HeadlessDesk, string>> {
  const world = terms.world ?? new SystemClock();
  const ids: Ids = new UuidIds();
  const log = quiet;
  try {
    mkdirSync(terms.folder, { recursive: true });
  } catch (error) {
    return err(`The data folder cannot be made: ${(error as Error).message}`);
  }
  const store = openDeskStore({
    folder: terms.folder,
    runId: ids.next('run'),
    timers: world,
    log,
    nativeBinding: undefined,
  });
  const engine = createEngine({
    clock: world,
    timers: world,
    ids,
    log,
    journal: store.journal,
    bars: store.bars,
    mode: terms.mode,
    version,
    createFlatten: createFlattenService,
  });
  const pairingFile = join(terms.folder, 'pairing.json');
  const bridge = createBridge({
    clock: world,
    timers: world,
    ids,
    log,
    config: { ...BRIDGE_CONFIG, port: terms.port },
    pairing: createPairingStore(pairingFile, world),
    listener: terms.tap?.(engine.listener) ?? engine.listener,
    durableSeq: (sessionId) => engine.durableSeq(sessionId),
  });
  engine.attach(bridge);
  const close = async (): Promise<void> => {
    await bridge.stop();
    engine.stop('headless command ended');
    store.close();
  };
  const started = await bridge.start();
  if (!started.ok) {
    await close();
    return err(failureText(started.error));
  }
  return ok({ engine, bridge, store, pairingFile, port: started.value.port, close });
}

/** Where the headless command keeps its data unless told otherwise; never the app's own folder. */
export function defaultFolder(): string {
  const home = process.env['LOCALAPPDATA'] ?? process.env['XDG_DATA_HOME'];
  return join(home ?? join(homedir(), '.local', 'share'), 'enigma-apex-headless');
}

/** The commands print what matters themselves. */
const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
