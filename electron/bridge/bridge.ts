import type { Cancel, Clock, EpochMs, Timers } from '../../shared/kernel/clock.ts';
import type { Ids } from '../../shared/kernel/ids.ts';
import type { Log } from '../../shared/kernel/log.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { Command } from '../../shared/domain/desk/command.ts';
import { DEFAULT_BRIDGE_PORT } from '../../shared/protocol/versions.ts';
import type { LinkListener, LinkStatus, PlatformLink, SendOutcome } from '../engine/ports.ts';
import { Door } from './door.ts';
import { refusal, type HelloPayload } from './handshake.ts';
import { HEARTBEAT_POLICY, type HeartbeatPolicy } from './heartbeat.ts';
import { InstrumentTable } from './instrument-table.ts';
import { Lobby, type LobbyLimits } from './lobby.ts';
import type { PairingError, PairingStore } from './pairing.ts';
import { Session, type LinkCounters } from './session.ts';
import { SlidingWindow } from './sliding-window.ts';
import { failureText, statusOf, type BridgePhase } from './status.ts';
import { listen, type Connection, type ListenError, type WsServer } from './ws-server.ts';

export interface BridgeConfig {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly heartbeat: HeartbeatPolicy;
  readonly lobby: LobbyLimits;
  /** Unsent bytes at which a peer counts as too slow. */
  readonly sendBufferBytes: number;
}

export const BRIDGE_CONFIG: BridgeConfig = {
  port: DEFAULT_BRIDGE_PORT,
  heartbeat: HEARTBEAT_POLICY,
  lobby: { guests: 8, handshakeMs: 3_000 },
  sendBufferBytes: 1_048_576,
};

export interface BridgeDeps {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly log: Log;
  readonly config: BridgeConfig;
  readonly pairing: PairingStore;
  readonly listener: LinkListener;
  /** Last inbound sequence number of the session whose facts are on disk; 0 when none is. */
  readonly durableSeq: (sessionId: string) => number;
}

export type BridgeError = ListenError | PairingError;

export interface StartedBridge {
  readonly port: number;
  /** There was no pairing file: an AddOn that was paired before has to read the new one. */
  readonly keyCreated: boolean;
  /** Others could have read the key; rotating it is worth offering. */
  readonly keyWasExposed: boolean;
}

export interface Bridge extends PlatformLink {
  start(): Promise<Result<StartedBridge, BridgeError>>;
  /** Says goodbye, closes every socket and frees the port. */
  stop(): Promise<void>;
  /** Makes a new pairing key; whoever is connected has to prove it afresh. */
  rotateKey(): Result<null, PairingError>;
  /** Messages taken in since it was created, over all sessions. */
  received(): number;
}

const REFUSALS_LOGGED = 20;
const TICK_MS = 250;
const RATE_WINDOW_MS = 1_000;

/** Creates the server side of the bridge; it does nothing before `start`. */
export function createBridge(deps: BridgeDeps): Bridge {
  return new LoopbackBridge(deps);
}

class LoopbackBridge implements Bridge {
  readonly #deps: BridgeDeps;
  readonly #lobby: Lobby;
  readonly #door: Door;
  readonly #instruments = new InstrumentTable();
  readonly #counters: LinkCounters = { messages: 0, gaps: 0, refused: 0, repeats: 0 };
  readonly #refusals = new SlidingWindow(REFUSALS_LOGGED, 60_000);
  #server: WsServer | null = null;
  #key: Uint8Array | null = null;
  #session: Session | null = null;
  #phase: BridgePhase = { state: 'starting', detail: 'The bridge is starting.' };
  #sessions = 0;
  #connectedAt: EpochMs | null = null;
  #rate = { since: 0, messages: 0, perSecond: 0 };
  #stopTicking: Cancel | null = null;

  constructor(deps: BridgeDeps) {
    this.#deps = deps;
    const { clock, ids, log, timers, config } = deps;
    this.#lobby = new Lobby(config.lobby, timers);
    this.#door = new Door({
      clock,
      ids,
      log,
      lobby: this.#lobby,
      heartbeat: config.heartbeat,
      key: () => this.#key,
      onAccepted: (connection, hello, sessionId) => this.#open(connection, hello, sessionId),
    });
  }

  async start(): Promise<Result<StartedBridge, BridgeError>> {
    const { log, config, timers, clock } = this.#deps;
    const listening = await listen({
      port: config.port,
      lobby: this.#lobby,
      onConnection: (connection) => this.#door.receive(connection),
      onRefused: (status, body) => this.#noteRefusal(status, body),
      onFault: (detail) => log.error('bridge.fault', { detail }),
    });
    if (!listening.ok) return this.#fail(listening.error);
    const pairing = this.#deps.pairing.open(listening.value.port);
    if (!pairing.ok) {
      await listening.value.close();
      return this.#fail(pairing.error);
    }
    this.#server = listening.value;
    this.#key = pairing.value.key;
    this.#rate = { since: clock.mono(), messages: this.#counters.messages, perSecond: 0 };
    this.#stopTicking = timers.every(TICK_MS, () => this.#tick());
    const { created, repaired } = pairing.value;
    log.info('bridge.listening', { port: listening.value.port, created, repaired });
    this.#enter({ state: 'waiting', detail: 'Waiting for NinjaTrader to connect.' });
    return ok({ port: listening.value.port, keyCreated: created, keyWasExposed: repaired });
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    this.#server = null;
    this.#key = null;
    this.#stopTicking?.();
    this.#dropSession('SHUTTING_DOWN', 'The app is closing.');
    this.#lobby.clear();
    await server.close();
    this.#enter({ state: 'lost', detail: 'The bridge is stopped.' });
  }

  rotateKey(): Result<null, PairingError> {
    const port = this.#server?.port ?? this.#deps.config.port;
    const rotated = this.#deps.pairing.rotate(port);
    if (!rotated.ok) return rotated;
    this.#key = rotated.value.key;
    this.#deps.log.info('bridge.keyRotated');
    this.#dropSession('SHUTTING_DOWN', 'The pairing key was changed. Read the pairing file again.');
    return ok(null);
  }

  received(): number {
    return this.#counters.messages;
  }

  send(command: Command): SendOutcome {
    return this.#session?.send(command) ?? err({ code: 'NO_LINK' });
  }

  status(): LinkStatus {
    return statusOf({
      phase: this.#phase,
      session: this.#session,
      port: this.#server?.port ?? null,
      connectedAt: this.#connectedAt,
      messagesPerSecond: this.#rate.perSecond,
      counters: this.#counters,
      reconnects: Math.max(0, this.#sessions - 1),
    });
  }

  #open(connection: Connection, hello: HelloPayload, sessionId: string): Session {
    this.#dropSession('REPLACED', 'A newer connection proved the same key.');
    const { clock, ids, log, config, listener, durableSeq } = this.#deps;
    const session = new Session(
      { connection, hello, sessionId },
      {
        clock,
        ids,
        log,
        durableSeq,
        heartbeat: config.heartbeat,
        sendBufferBytes: config.sendBufferBytes,
        instruments: this.#instruments,
        counters: this.#counters,
        emit: (fact, stamp) => listener.onFact(fact, stamp),
        dismiss: (last, why) => this.#door.refuse(last, why),
        onEnded: (ended) => this.#forget(ended),
      },
    );
    this.#session = session;
    this.#sessions += 1;
    this.#connectedAt = clock.wall();
    const { instanceId, addonVersion, platform, platformVersion } = hello;
    log.info('bridge.opened', { sessionId, platform, platformVersion, addonVersion });
    const stamp = { wall: clock.wall(), mono: clock.mono() };
    const peer = { sessionId, instanceId, addonVersion, platform, platformVersion };
    listener.onFact({ kind: 'link.opened', ...peer }, stamp);
    this.#enter({ state: 'connected', detail: `Connected to ${platform} ${platformVersion}.` });
    return session;
  }

  #dropSession(code: 'REPLACED' | 'SHUTTING_DOWN', detail: string): void {
    this.#session?.dismiss(code === 'REPLACED' ? 'replaced' : 'stopped', refusal(code, detail));
  }

  #forget(ended: Session): void {
    if (this.#session !== ended) return;
    this.#session = null;
    this.#connectedAt = null;
    this.#enter({ state: 'lost', detail: 'NinjaTrader is not connected.' });
  }

  #tick(): void {
    const { clock } = this.#deps;
    const now = clock.mono();
    this.#session?.tick(now);
    const pulse = this.#session?.pulse;
    if (pulse === 'stale' && this.#phase.state === 'connected') {
      this.#enter({ state: 'stale', detail: 'NinjaTrader has gone quiet.' });
    } else if (pulse === 'alive' && this.#phase.state === 'stale') {
      this.#enter({ state: 'connected', detail: 'NinjaTrader is heard again.' });
    }
    const elapsed = now - this.#rate.since;
    if (elapsed < RATE_WINDOW_MS) return;
    const { messages } = this.#counters;
    const perSecond = Math.round(((messages - this.#rate.messages) * 1_000) / elapsed);
    this.#rate = { since: now, messages, perSecond };
    this.#deps.listener.onStatus(this.status());
  }

  /** A flood of strangers must not become a flood of log lines. */
  #noteRefusal(status: number, body: string): void {
    const { log, clock } = this.#deps;
    if (!this.#refusals.record(clock.mono())) log.warn('bridge.refusedRequest', { status, body });
  }

  #fail(error: BridgeError): Result<never, BridgeError> {
    const detail = failureText(error);
    this.#deps.log.error('bridge.failed', { code: error.code, detail });
    this.#enter({ state: 'failed', detail });
    return err(error);
  }

  #enter(phase: BridgePhase): void {
    this.#phase = phase;
    this.#deps.listener.onStatus(this.status());
  }
}
