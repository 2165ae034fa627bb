import type { Cancel, Clock, Timers } from '../../shared/kernel/clock.ts';
import type { Ids } from '../../shared/kernel/ids.ts';
import type { SimulatedPlatform } from '../../shared/simulation/simulated-platform.ts';
import { Pump } from './pump.ts';
import { WireSession } from './wire-session.ts';

const HEARTBEAT_MS = 1_000;
const RECONNECT_MS = 1_000;

export interface LocalLinkParts {
  readonly platform: SimulatedPlatform;
  /** A fake clock moves everything; the system's clock runs it live. */
  readonly world: Clock & Timers;
  readonly ids: Ids;
  /** A session begins, as after a welcome; frames follow. */
  readonly onOpen: (instanceId: string) => void;
  readonly onFrame: (frame: string) => void;
  /** The connection broke. */
  readonly onLost: () => void;
}

/** The simulated AddOn at the end of a function call instead of a socket: same sessions, same frames, same faults. */
export class LocalLink {
  readonly #parts: LocalLinkParts;
  readonly #pump: Pump;
  #instanceId: string;
  #session: WireSession | null = null;
  #stops: Cancel[] = [];
  #isAway = false;

  constructor(parts: LocalLinkParts) {
    this.#parts = parts;
    this.#pump = new Pump(parts.platform, parts.world);
    this.#instanceId = parts.ids.next('run');
    parts.platform.onLink((action) => {
      if (action === 'return') {
        this.#isAway = false;
        this.#open();
        return;
      }
      if (action === 'crash') {
        this.#isAway = true;
        this.#instanceId = parts.ids.next('run');
      }
      this.cut();
    });
  }

  start(): void {
    this.#pump.start();
    this.#open();
  }

  /** A frame of the app; lost without a session. */
  send(frame: string): void {
    this.#pump.catchUp();
    this.#session?.receiveFrame(frame);
  }

  /** Breaks the connection; the AddOn comes back a second later unless it is dead. */
  cut(): void {
    if (this.#session === null) return;
    this.#close();
    this.#parts.onLost();
    this.#stops = [this.#parts.world.after(RECONNECT_MS, () => this.#open())];
  }

  stop(): void {
    this.#close();
    this.#pump.stop();
  }

  #open(): void {
    if (this.#isAway || this.#session !== null) return;
    const { platform, world, ids, onOpen, onFrame } = this.#parts;
    let isCurrent = true;
    const session = new WireSession({
      platform,
      ids,
      clock: world,
      outgoing: (frame) => {
        if (isCurrent) onFrame(frame);
      },
      isBackedUp: () => false,
    });
    this.#session = session;
    this.#stops = [
      world.every(HEARTBEAT_MS, () => session.beat()),
      () => {
        isCurrent = false;
      },
    ];
    onOpen(this.#instanceId);
    session.open();
  }

  #close(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#session?.close();
    this.#session = null;
  }
}
