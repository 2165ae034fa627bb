import { err } from '../../../../shared/kernel/result.ts';
import type { Log } from '../../../../shared/kernel/log.ts';
import type { Clock } from '../../../../shared/kernel/clock.ts';
import type { Ids } from '../../../../shared/kernel/ids.ts';
import type { Command } from '../../../../shared/domain/desk/command.ts';
import { PROTOCOL_VERSION } from '../../../../shared/protocol/versions.ts';
import type { SimulatedPlatform } from '../../../../shared/simulation/simulated-platform.ts';
import { HEARTBEAT_POLICY } from '../../../bridge/heartbeat.ts';
import { InstrumentTable } from '../../../bridge/instrument-table.ts';
import { Session, type LinkCounters } from '../../../bridge/session.ts';
import { NO_LINK_YET } from '../../../engine/link-status.ts';
import type { LinkListener, LinkStatus, PlatformLink, SendOutcome } from '../../../engine/ports.ts';
import { WireSession } from '../../../simulator/wire-session.ts';

export interface LineEnds {
  readonly platform: SimulatedPlatform;
  readonly world: Clock;
  readonly ids: Ids;
  readonly listener: LinkListener;
  readonly durableSeq: (sessionId: string) => number;
  /** Changes what a frame to the desk says, as a platform that reports nonsense would. */
  readonly rewrite?: (frame: string) => string;
}

const ONE_WAY_MS = 0.2;
const RECONNECT_MS = 1_000;
const TICK_MS = 250;
const BEAT_MS = 1_000;

const QUIET: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * The bridge's session and the AddOn's session with a line of memory between them: every frame is encoded,
 * spoilt by the faults and decoded as on a socket; only handshake and socket are left out.
 */
export class VirtualLine implements PlatformLink {
  readonly #ends: LineEnds;
  readonly #instruments = new InstrumentTable();
  readonly #counters: LinkCounters = { messages: 0, gaps: 0, refused: 0, repeats: 0 };
  #open: { readonly desk: Session; readonly wire: WireSession } | null = null;
  #instance = 1;
  #sessions = 0;
  #mayConnect = true;
  #isOver = false;

  constructor(ends: LineEnds) {
    this.#ends = ends;
    const { queue } = ends.platform;
    ends.platform.onLink((action) => {
      if (this.#isOver) return;
      if (action === 'crash') {
        this.#instance += 1;
        this.#mayConnect = false;
      }
      if (action === 'return') this.#mayConnect = true;
      this.#cut();
    });
    queue.every(TICK_MS, () => this.#open?.desk.tick(ends.world.mono()));
    queue.every(BEAT_MS, () => this.#open?.wire.beat());
    queue.every(RECONNECT_MS, () => this.connect());
  }

  send(command: Command): SendOutcome {
    return this.#open?.desk.send(command) ?? err({ code: 'NO_LINK' });
  }

  status(): LinkStatus {
    return {
      ...NO_LINK_YET,
      state: this.#open === null ? 'lost' : 'connected',
      detail: '',
      gaps: this.#counters.gaps,
      refused: this.#counters.refused,
      reconnects: Math.max(0, this.#sessions - 1),
    };
  }

  connect(): void {
    if (this.#isOver || !this.#mayConnect || this.#open !== null) return;
    if (this.#ends.platform.line.isSilent) return;
    this.#sessions += 1;
    const { platform, world, ids, listener, durableSeq, rewrite } = this.#ends;
    const sessionId = ids.next('sess');
    const instanceId = `addon-${this.#instance}`;
    const wire = new WireSession({
      platform,
      ids,
      clock: world,
      outgoing: (frame) => this.#later(() => desk.onFrame(rewrite?.(frame) ?? frame), desk),
      isBackedUp: () => false,
    });
    const desk: Session = new Session(
      {
        sessionId,
        hello: {
          protocol: PROTOCOL_VERSION,
          addonVersion: '1.0.0',
          platform: 'Simulated NinjaTrader',
          platformVersion: '8',
          instanceId,
          clientNonce: '',
        },
        connection: {
          guest: { stage: 2, dismiss: () => undefined },
          bufferedBytes: 0,
          send: (text) => this.#later(() => void wire.receiveFrame(text), desk),
          close: () => this.#cut(),
          admit: () => undefined,
        },
      },
      {
        clock: world,
        ids,
        log: QUIET,
        heartbeat: HEARTBEAT_POLICY,
        sendBufferBytes: Number.MAX_SAFE_INTEGER,
        instruments: this.#instruments,
        counters: this.#counters,
        emit: (fact, stamp) => listener.onFact(fact, stamp),
        durableSeq,
        dismiss: () => this.#cut(),
        onEnded: () => this.#cut(),
      },
    );
    this.#open = { desk, wire };
    const stamp = { wall: world.wall(), mono: world.mono() };
    const peer = { addonVersion: '1.0.0', platform: 'Simulated NinjaTrader', platformVersion: '8' };
    listener.onFact({ kind: 'link.opened', sessionId, instanceId, ...peer }, stamp);
    listener.onStatus(this.status());
    wire.open();
  }

  /** The desk's process was killed: the platform sees the connection end, the desk sees nothing any more. */
  kill(): void {
    this.#isOver = true;
    this.#open?.wire.close();
    this.#open = null;
  }

  #cut(): void {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    open.wire.close();
    open.desk.onClosed(1006);
    this.#ends.listener.onStatus(this.status());
  }

  /** Frames on their way when the connection ends are lost with it. */
  #later(deliver: () => void, desk: Session): void {
    this.#ends.platform.queue.after(ONE_WAY_MS, () => {
      if (this.#open?.desk === desk) deliver();
    });
  }
}
