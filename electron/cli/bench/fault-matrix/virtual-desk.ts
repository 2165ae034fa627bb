import { createEngine } from '../../../engine/create-engine.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { PlatformLink } from '../../../engine/ports.ts';
import { createFlattenService } from '../../../flatten/flatten-service.ts';
import { createGuardService } from '../../../risk/guard-service.ts';
import type { PackLibrary } from '../../../risk/pack-library.ts';
import { memoryPlaces } from '../../shipped-packs.ts';
import { version } from '../../version.ts';
import { MemoryJournal, type MemoryDisk } from './memory-journal.ts';
import { VirtualLine, type LineEnds } from './virtual-line.ts';
import { CountedIds, VirtualWorld } from './virtual-world.ts';

/** The journal writes this long after the first record of a batch, as the real one does. */
const BATCH_MS = 4;

export interface VirtualDeskTerms extends Pick<LineEnds, 'platform' | 'rewrite'> {
  /** Time of the desk's clock at virtual time 0, UTC epoch milliseconds. */
  readonly startsAt: number;
  /** Begins the ids of this desk; another desk over the same disk needs another name. */
  readonly name: string;
  readonly disk: MemoryDisk;
  readonly library: PackLibrary;
  /** Stands between the engine and its line. */
  readonly watch?: (line: PlatformLink) => PlatformLink;
}

export interface VirtualDesk {
  readonly engine: Engine;
  readonly line: VirtualLine;
  readonly world: VirtualWorld;
}

/** The real engine with all its services on virtual time, connected to a simulated platform. */
export function openVirtualDesk(terms: VirtualDeskTerms): VirtualDesk {
  const { platform, startsAt, name, disk, library, watch, ...hooks } = terms;
  const world = new VirtualWorld(platform.queue, startsAt);
  const ids = new CountedIds(name);
  const journal = new MemoryJournal(disk, ids.next('run'));
  const engine = createEngine({
    clock: world,
    timers: world,
    ids,
    log: { info: () => undefined, warn: () => undefined, error: throwBug },
    journal,
    bars: { put: () => undefined, latest: () => [] },
    mode: 'demo',
    version,
    createFlatten: createFlattenService,
    createRisk: createGuardService(memoryPlaces(library)),
  });
  world.every(BATCH_MS, () => journal.flush());
  const line = new VirtualLine({
    platform,
    world,
    ids,
    listener: engine.listener,
    durableSeq: (sessionId) => engine.durableSeq(sessionId),
    ...hooks,
  });
  engine.attach(watch?.(line) ?? line);
  line.connect();
  return { engine, line, world };
}

/** A bug in the engine must fail the measurement, not hide in its log. */
function throwBug(event: string, fields: unknown): never {
  throw new Error(`${event} ${JSON.stringify(fields)}`);
}
