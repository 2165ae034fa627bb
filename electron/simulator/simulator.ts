import type { Cancel, Clock, Timers } from '../../shared/kernel/clock.ts';
import type { Ids } from '../../shared/kernel/ids.ts';
import { ok, type Result } from '../../shared/kernel/result.ts';
import type { SimulatedPlatform } from '../../shared/simulation/simulated-platform.ts';
import { beginningOf } from './beginning.ts';
import { BooksFile } from './books-file.ts';
import { FloodPump } from './flood-pump.ts';
import { LedgerFile } from './ledger-file.ts';
import { assemblePlatform } from './platform-assembly.ts';
import { Pump } from './pump.ts';
import type { SimulatorOptions } from './simulator-options.ts';
import { SocketClient } from './socket-client.ts';
import { WireSession } from './wire-session.ts';

const LEDGER_FLUSH_MS = 100;

/** Prices move without orders; this often they are kept, so that a later run goes on near them. */
const BOOKS_PERIOD_MS = 2_000;

export interface SimulatorWorld {
  readonly world: Clock & Timers;
  readonly ids: Ids;
  readonly say: (text: string) => void;
}

/** A running simulated NinjaTrader. */
export interface Simulator {
  readonly platform: SimulatedPlatform;
  /** Messages sent in the present session. */
  sent(): number;
  /** Leaves the app with a goodbye and closes the ledger. */
  stop(reason: string): void;
}

/** Starts a simulated NinjaTrader that connects to the app of the pairing file; loopback only. */
export function runSimulator(
  options: SimulatorOptions,
  { world, ids, say }: SimulatorWorld,
): Result<Simulator, string> {
  const beginning = beginningOf(options, world.wall());
  if (!beginning.ok) return beginning;
  const { books, remark } = beginning.value;
  if (remark !== null) say(remark);
  const assembled = assemblePlatform(options, world.wall(), books);
  if (!assembled.ok) return assembled;
  const platform = assembled.value;
  const ledger = options.ledger === null ? null : new LedgerFile(options.ledger, platform);
  const keep = options.books === null ? null : keeperOf(options.books, platform, say);
  const client: SocketClient = new SocketClient({
    pairingFile: options.pairing,
    world,
    ids,
    createSession: (line) => new WireSession({ platform, ids, clock: world, ...line }),
    catchUp: () => pump.catchUp(),
    say,
  });
  const pump =
    options.flood === null
      ? new Pump(platform, world)
      : new FloodPump({
          platform,
          world,
          rate: options.flood,
          session: () => client.session,
          backlog: () => client.backlog,
        });
  platform.onLink((action) => {
    say(`Link: ${action}.`);
    if (action === 'crash') client.crash();
    else if (action === 'return') client.comeBack();
    else client.cut();
  });
  const stops: Cancel[] = [world.every(LEDGER_FLUSH_MS, () => ledger?.flush())];
  if (keep !== null) stops.push(world.every(BOOKS_PERIOD_MS, keep));
  pump.start();
  client.connect();
  return ok({
    platform,
    sent: () => client.session?.sent ?? 0,
    stop: (reason) => {
      for (const stop of stops) stop();
      pump.catchUp();
      pump.stop();
      client.stop(reason);
      ledger?.close();
      keep?.();
    },
  });
}

/** Keeps the books at every change; a disk that refuses is told of once, and the platform trades on. */
function keeperOf(
  path: string,
  platform: SimulatedPlatform,
  say: SimulatorWorld['say'],
): () => void {
  const file = new BooksFile(path);
  let complaint = '';
  const keep = (): void => {
    const kept = file.write(platform.books);
    if (!kept.ok && kept.error !== complaint) say(kept.error);
    complaint = kept.ok ? '' : kept.error;
  };
  platform.onBooks(keep);
  keep();
  return keep;
}
