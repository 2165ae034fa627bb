import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { Cancel, Clock, EpochMs } from '../../shared/kernel/clock.ts';
import type { Ids } from '../../shared/kernel/ids.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { AppCommand } from '../../shared/protocol/addon/commands.ts';
import { decodeAppCommand, type BadMessage } from '../../shared/protocol/codec.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/versions.ts';
import type { Contract } from '../../shared/simulation/contracts.ts';
import type { PlatformEvent } from '../../shared/simulation/platform-event.ts';
import type { SimulatedPlatform } from '../../shared/simulation/simulated-platform.ts';
import { Conflator } from './conflator.ts';
import { readCommand, type ExecutableCommand } from './wire-commands.ts';
import { messageOf, type Outgoing } from './wire-events.ts';
import { snapshotParts } from './wire-snapshot.ts';

export interface WireSessionParts {
  readonly platform: SimulatedPlatform;
  readonly ids: Ids;
  readonly clock: Pick<Clock, 'wall'>;
  /** Takes one frame towards the app; the line's faults are behind it already. */
  readonly outgoing: (frame: string) => void;
  /** Whether the way to the app is so full that quotes and items wait and the newest of them win. */
  readonly isBackedUp: () => boolean;
}

/** Most frames that held-back quotes and items add in one go. */
const RELEASE_AT_ONCE = 500;

/**
 * One session of the simulated AddOn, from after the handshake to the end of the connection, without any
 * input or output of its own.
 */
export class WireSession {
  readonly #parts: WireSessionParts;
  readonly #prefix: string;
  readonly #conflator = new Conflator();
  #sentSeq = 0;
  #receivedSeq = 0;
  #isOpen = false;
  #stopListening: Cancel = () => undefined;
  #sent = 0;

  constructor(parts: WireSessionParts) {
    this.#parts = parts;
    this.#prefix = parts.ids.next('msg');
  }

  /** Messages written so far, lost ones included. */
  get sent(): number {
    return this.#sent;
  }

  /** The app said welcome: tell everything. */
  open(): void {
    const { platform } = this.#parts;
    this.#isOpen = true;
    this.#stopListening = platform.listen((event) => this.#report(event));
    this.#sendSnapshot({ kind: 'full', executionsSince: null, commandId: null });
    this.#report({ kind: 'guard', guard: platform.addon.gate.guard });
    for (const bar of platform.bars()) this.#report({ kind: 'bar', bar });
    for (const quote of platform.quotes()) this.#report({ kind: 'quote', quote });
  }

  /** The connection is gone; what happens from now on is told by the next session's snapshot. */
  close(): void {
    this.#isOpen = false;
    this.#stopListening();
  }

  /** Call every second. */
  beat(): void {
    if (!this.#isOpen) return;
    const queued = this.#conflator.size;
    this.#send({ type: 'heartbeat', payload: { receivedSeq: this.#receivedSeq, queued } });
  }

  /** Sends what was held back, once the way is free again. */
  release(): void {
    if (!this.#isOpen || this.#conflator.size === 0 || this.#parts.isBackedUp()) return;
    for (const event of this.#conflator.take(RELEASE_AT_ONCE)) this.#write(event);
  }

  /** Says goodbye before a planned end. */
  leave(reason: string): void {
    if (!this.#isOpen) return;
    this.#send({ type: 'goodbye', payload: { reason, at: this.#parts.clock.wall() } });
    this.close();
  }

  /** A frame of the app; the line's faults may keep it, delay it or spoil it. */
  receiveFrame(frame: string): Result<null, BadMessage> {
    const decoded = decodeAppCommand(frame);
    if (!decoded.ok) {
      this.#log('warning', decoded.error.code, `A frame could not be read: ${decoded.error.code}.`);
      return err(decoded.error);
    }
    const command = decoded.value;
    this.#parts.platform.line.pass('in', { text: frame, type: command.type }, (text) => {
      const passed = text === frame ? decoded : decodeAppCommand(text);
      if (passed.ok) this.receive(passed.value);
      else this.#log('warning', passed.error.code, `A frame could not be read.`);
    });
    return ok(null);
  }

  receive(command: AppCommand): void {
    if (!this.#isOpen || !this.#accepts(command.seq)) return;
    switch (command.type) {
      case 'heartbeat':
        return;
      case 'ping':
        return this.#send({
          type: 'pong',
          payload: { echo: command.payload.echo },
          correlationId: command.id,
        });
      case 'snapshot': {
        const { kind, executionsSince, commandId } = command.payload;
        const since = executionsSince as EpochMs | null;
        return this.#sendSnapshot({ kind, executionsSince: since, commandId });
      }
      case 'flatten':
      case 'cancelAll':
      case 'cancelOrder':
      case 'submitOrder':
      case 'modifyOrder':
      case 'subscribe':
      case 'unsubscribe':
      case 'setGuard':
        return this.#execute(command);
      default:
        assertNever(command);
    }
  }

  #execute(command: ExecutableCommand): void {
    const { platform } = this.#parts;
    const read = readCommand(command, (account, id) => this.#contractOfOrder(account, id));
    if (read.ok) return platform.handle(read.value);
    const { commandId } = command.payload;
    this.#report({ kind: 'ack', ack: { commandId, status: 'refused', ...read.error } });
  }

  /** Old numbers are repeats; a gap is noted, for every command is repeated by the app until it is answered. */
  #accepts(seq: number): boolean {
    if (seq <= this.#receivedSeq) return false;
    if (seq > this.#receivedSeq + 1) {
      const gap = `${this.#receivedSeq + 1}-${seq - 1}`;
      this.#log('warning', 'COMMAND_GAP', `Messages ${gap} of the app did not arrive.`);
    }
    this.#receivedSeq = seq;
    return true;
  }

  #sendSnapshot(request: {
    readonly kind: 'full' | 'state';
    readonly executionsSince: EpochMs | null;
    readonly commandId: string | null;
  }): void {
    const { platform, ids } = this.#parts;
    const { commandId, ...terms } = request;
    const parts = snapshotParts(platform, (name) => this.#contractOf(name), {
      ...terms,
      snapshotId: ids.next('snap'),
      asOfSeq: this.#sentSeq,
    });
    for (const payload of parts) {
      const message: Outgoing = { type: 'snapshot', payload };
      this.#send(commandId === null ? message : { ...message, correlationId: commandId });
    }
  }

  #report(event: PlatformEvent): void {
    const mayWait = event.kind === 'quote' || event.kind === 'item';
    if (mayWait && this.#conflator.mustHold(event, this.#parts.isBackedUp())) return;
    this.#write(event);
  }

  #write(event: PlatformEvent): void {
    this.#send(messageOf(event, (name) => this.#contractOf(name)));
  }

  #send(message: Outgoing): void {
    const { platform, clock, outgoing } = this.#parts;
    this.#sentSeq += 1;
    this.#sent += 1;
    const { type, payload, correlationId } = message;
    const text = JSON.stringify({
      v: PROTOCOL_VERSION,
      id: `${this.#prefix}-${this.#sentSeq}`,
      seq: this.#sentSeq,
      ts: Math.max(0, clock.wall() + platform.clock.skewMs),
      type,
      correlationId,
      payload,
    });
    platform.line.pass('out', { text, type }, outgoing);
  }

  #log(level: 'info' | 'warning', code: string, text: string): void {
    this.#send({ type: 'addonLog', payload: { level, code, text } });
  }

  #contractOfOrder(account: string, orderId: string): Contract | undefined {
    const { platform } = this.#parts;
    const order = platform.terminal.account(account)?.orders.get(orderId);
    return order === undefined ? undefined : platform.contract(order.instrument);
  }

  #contractOf(name: string): Contract {
    const contract = this.#parts.platform.contract(name);
    if (contract === undefined) throw new Error(`The simulation reports on no contract "${name}".`);
    return contract;
  }
}
