import type { Clock, MonoMs } from '../../shared/kernel/clock.ts';
import type { Ids } from '../../shared/kernel/ids.ts';
import type { Log } from '../../shared/kernel/log.ts';
import { err } from '../../shared/kernel/result.ts';
import type { Command } from '../../shared/domain/desk/command.ts';
import type { Fact, LinkLossReason, Stamp } from '../../shared/domain/desk/fact.ts';
import type { AddonEvent } from '../../shared/protocol/addon/events.ts';
import { decodeAddonEvent, type BadMessage } from '../../shared/protocol/codec.ts';
import { CLOSE_CODES } from '../../shared/protocol/versions.ts';
import type { SendOutcome } from '../engine/ports.ts';
import type { SessionHandlers } from './door.ts';
import { peekEnvelope } from './envelope-peek.ts';
import type { HelloPayload, Refusal } from './handshake.ts';
import { Heartbeat, type HeartbeatPolicy, type Pulse } from './heartbeat.ts';
import { Inbox, type InboxEffect } from './inbox.ts';
import type { InstrumentTable } from './instrument-table.ts';
import { Outbox } from './outbox.ts';
import { Resync } from './resync.ts';
import { SequenceTracker } from './sequence.ts';
import { SlidingWindow } from './sliding-window.ts';
import { translateCommand, type Outgoing } from './translate-command.ts';
import type { Connection } from './ws-server.ts';

const BAD_MESSAGE_LIMIT = 20;
const BAD_MESSAGE_WINDOW_MS = 10_000;
const TROUBLES_LOGGED = 30;

/** Counts for the life of the bridge. */
export interface LinkCounters {
  messages: number;
  gaps: number;
  refused: number;
  repeats: number;
}

export interface SessionDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly heartbeat: HeartbeatPolicy;
  readonly sendBufferBytes: number;
  readonly instruments: InstrumentTable;
  readonly counters: LinkCounters;
  readonly emit: (fact: Fact, stamp: Stamp) => void;
  /** Last inbound number of this session whose facts are on disk. */
  readonly durableSeq: (sessionId: string) => number;
  /** Sends the refusal as the last frame and closes. */
  readonly dismiss: (connection: Connection, refusal: Refusal) => void;
  readonly onEnded: (session: Session) => void;
}

export interface SessionPeer {
  readonly connection: Connection;
  readonly hello: HelloPayload;
  readonly sessionId: string;
}

interface Refused {
  readonly type: string;
  readonly code: string;
  readonly detail: string;
  readonly seq?: number | undefined;
}

/** One authenticated connection from welcome to close. */
export class Session implements SessionHandlers {
  readonly peer: SessionPeer;
  readonly #deps: SessionDeps;
  readonly #sequence = new SequenceTracker();
  readonly #badMessages = new SlidingWindow(BAD_MESSAGE_LIMIT, BAD_MESSAGE_WINDOW_MS);
  /** A bad line must not fill the log; the counts in the status go on. */
  readonly #troubles = new SlidingWindow(TROUBLES_LOGGED, 60_000);
  readonly #heartbeat: Heartbeat;
  readonly #resync: Resync;
  readonly #inbox: Inbox;
  readonly #outbox: Outbox;
  #pulse: Pulse = 'alive';
  #heard: Stamp;
  #ended = false;
  #goodbye: string | null = null;

  constructor(peer: SessionPeer, deps: SessionDeps) {
    this.peer = peer;
    this.#deps = deps;
    this.#heard = { wall: deps.clock.wall(), mono: deps.clock.mono() };
    this.#heartbeat = new Heartbeat(this.#heard.mono, deps.heartbeat);
    this.#resync = new Resync(this.#heard.mono);
    this.#inbox = new Inbox({
      instruments: deps.instruments,
      resync: this.#resync,
      emit: (fact) => deps.emit(fact, this.#heard),
      refuse: (type, code, detail, seq) => this.#refuse({ type, code, detail, seq }),
      note: (effect) => this.#note(effect),
    });
    this.#outbox = new Outbox(peer.connection, {
      ids: deps.ids,
      clock: deps.clock,
      limitBytes: deps.sendBufferBytes,
    });
  }

  get pulse(): Pulse {
    return this.#pulse;
  }

  get heardAt(): Stamp {
    return this.#heard;
  }

  get latencyMs(): number | null {
    return this.#heartbeat.latencyMs;
  }

  onFrame(frame: string | Uint8Array): void {
    if (this.#ended) return;
    const decoded = decodeAddonEvent(frame);
    if (decoded.ok && decoded.value.seq > 0) this.#goodFrame(decoded.value, frame.length);
    else this.#badFrame(frame, decoded.ok ? { code: 'NOT_AN_ENVELOPE' } : decoded.error);
  }

  onClosed(code: number): void {
    const detail = this.#goodbye ?? `The connection ended (code ${code}).`;
    this.#finish(this.#goodbye === null ? 'closed' : 'goodbye', detail);
  }

  /** Sends a command of the desk; one that cannot go out at once is refused, never kept for later. */
  send(command: Command): SendOutcome {
    if (this.#ended) return err({ code: 'NO_LINK' });
    const outgoing = translateCommand(command, this.#deps.instruments);
    return outgoing === null ? err({ code: 'NOT_EXPRESSIBLE' }) : this.#send(outgoing);
  }

  /** Beats, judges silence and looks after snapshots; called several times a second. */
  tick(now: MonoMs): void {
    this.#pulse = this.#heartbeat.tick(now);
    if (this.#pulse === 'dead') {
      this.#end('silent', CLOSE_CODES.silent, 'Nothing heard for too long.');
      return;
    }
    for (const torn of this.#inbox.sweep(this.#sequence.highest, now)) {
      this.#resync.torn(torn.scope, torn.commandId);
    }
    if (this.#heartbeat.takeBeat(now)) this.#beat(now);
    this.#pursue(now);
  }

  /** Ends a session that did nothing wrong, saying why in a last frame. */
  dismiss(reason: LinkLossReason, refusal: Refusal): void {
    if (this.#finish(reason, refusal.reason)) this.#deps.dismiss(this.peer.connection, refusal);
  }

  /** Ends the session from this side; the desk hears of it before the socket is closed. */
  #end(reason: LinkLossReason, closeCode: number, detail: string): void {
    if (this.#finish(reason, detail)) this.peer.connection.close(closeCode, detail);
  }

  #finish(reason: LinkLossReason, detail: string): boolean {
    if (this.#ended) return false;
    this.#ended = true;
    const { emit, clock, log, onEnded } = this.#deps;
    const { sessionId } = this.peer;
    log.info('bridge.lost', { sessionId, reason, detail });
    const stamp = { wall: clock.wall(), mono: clock.mono() };
    emit({ kind: 'link.lost', sessionId, reason, detail }, stamp);
    onEnded(this);
    return true;
  }

  #goodFrame(event: AddonEvent, bytes: number): void {
    this.#hear();
    if (this.#place(event.seq, event.id, event.type)) {
      this.#inbox.take(event, bytes, this.#heard.mono);
    }
    this.#pursue(this.#heard.mono);
  }

  #hear(): void {
    const { clock, counters } = this.#deps;
    this.#heard = { wall: clock.wall(), mono: clock.mono() };
    this.#heartbeat.heard(this.#heard.mono);
    this.#pulse = 'alive';
    counters.messages += 1;
  }

  /** Files the message's number; false when it is a repeat and must be ignored. */
  #place(seq: number, id: string, type: string): boolean {
    const { counters, log } = this.#deps;
    const { gap, deliver, late } = this.#sequence.accept(seq, id);
    if (gap !== null) {
      counters.gaps += 1;
      if (!this.#troubles.record(this.#heard.mono)) {
        log.warn('bridge.gap', { from: gap.from, to: gap.to, before: type });
      }
      this.#deps.emit({ kind: 'link.gap', ...gap }, this.#heard);
      this.#resync.doubt('gap', { settledAt: gap.to });
    }
    if (!deliver) counters.repeats += 1;
    this.#inbox.late = late;
    return deliver;
  }

  #badFrame(frame: string | Uint8Array, error: BadMessage): void {
    const type = 'type' in error ? error.type : 'frame';
    const peeked = peekEnvelope(frame);
    if (peeked !== null) {
      this.#hear();
      if (!this.#place(peeked.seq, peeked.id, type)) return;
    }
    if (error.code === 'UNKNOWN_TYPE') {
      // A newer AddOn may say more than this app understands; that is no fault of it.
      if (this.#inbox.isNewsOf(type)) {
        this.#refuse({ type, code: error.code, detail: 'Unknown message type.' });
      }
      return;
    }
    const detail = error.code === 'SCHEMA' ? error.issues.join('; ') : '';
    this.#refuse({ type, code: error.code, detail, seq: peeked?.seq });
    this.#resync.doubt('refused', peeked === null ? {} : { settledAt: peeked.seq });
    const now = this.#deps.clock.mono();
    if (this.#badMessages.record(now)) {
      const limit = `${BAD_MESSAGE_LIMIT} unreadable messages within ${BAD_MESSAGE_WINDOW_MS / 1_000} s.`;
      this.#end('badMessages', CLOSE_CODES.badMessage, limit);
    }
    this.#pursue(now);
  }

  /** `seq` is given when what was refused may have been about an account, which is in doubt from there on. */
  #refuse({ type, code, detail, seq }: Refused): void {
    const { counters, log, emit } = this.#deps;
    counters.refused += 1;
    if (!this.#troubles.record(this.#heard.mono)) {
      log.warn('bridge.refusedMessage', { type, code, detail });
    }
    const at = seq === undefined ? {} : { seq };
    emit({ kind: 'link.refused', type, code, detail, ...at }, this.#heard);
  }

  #note(effect: InboxEffect): void {
    if (effect.kind === 'pong') this.#heartbeat.ponged(effect.echo, this.#heard.mono);
    else if (effect.kind === 'goodbye') this.#goodbye = effect.reason;
    else this.#deps.log[effect.level](effect.event, effect.fields);
  }

  #beat(now: MonoMs): void {
    const { ids, durableSeq } = this.#deps;
    const receivedSeq = this.#sequence.highest;
    const durable = Math.min(receivedSeq, Math.max(0, durableSeq(this.peer.sessionId)));
    this.#send({ type: 'heartbeat', payload: { receivedSeq, durableSeq: durable } });
    const echo = ids.next('msg');
    this.#heartbeat.pinged(echo, now);
    this.#send({ type: 'ping', payload: { echo } });
  }

  /** Asks for a snapshot when one is due. */
  #pursue(now: MonoMs): void {
    const ask = this.#resync.next(now);
    if (ask === null || this.#ended) return;
    const commandId = this.#deps.ids.next('cmd');
    const { scope, executionsSince, cause } = ask;
    this.#resync.asked(ask, commandId, now);
    if (scope === 'full') this.#deps.log.info('bridge.resync', { cause, commandId });
    this.#send({ type: 'snapshot', payload: { commandId, kind: scope, executionsSince } });
  }

  #send(outgoing: Outgoing): SendOutcome {
    if (this.#ended) return err({ code: 'NO_LINK' });
    const sent = this.#outbox.send(outgoing);
    if (!sent.ok && sent.error.code === 'SLOW_PEER') {
      this.#end('slowPeer', CLOSE_CODES.slowPeer, 'The peer reads too slowly.');
    }
    return sent;
  }
}
