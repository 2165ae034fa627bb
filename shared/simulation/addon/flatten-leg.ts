import type { Cancel } from '../../kernel/clock.ts';
import { CLOSE_NAME } from '../broker/behaviour.ts';
import { isLive, type SimOrder } from '../exchange/sim-order.ts';
import type { FlattenCommand } from '../platform-command.ts';
import type { FlattenStepName } from '../platform-event.ts';
import type { TerminalAccount } from '../terminal/terminal-account.ts';
import { visibleLiveOrders, type AddonParts } from './addon-parts.ts';

/** How often a running leg looks again. */
const POLL_MS = 20;
/** NinjaTrader's own patience for cancels before it closes. */
const CANCEL_WAIT_MS = 5_000;
const CLOSE_WAIT_MS = 5_000;
/** How long a fill may take to show in the position. */
const SETTLE_MS = 1_000;
/** Brackets can be sent after the position is gone: look once more after this. */
const SWEEP_MS = 1_500;
/** The first close and one more for a residual or a reversal; further tries are the app's decision. */
const MAX_CLOSES = 2;
const MARKETABLE_TICKS = 40;

export type LegCode =
  | 'FLAT'
  | 'NOT_CONNECTED'
  | 'CANCEL_TIMED_OUT'
  | 'CLOSE_REJECTED'
  | 'CLOSE_NOT_FILLED'
  | 'POSITION_IN_DOUBT'
  | 'RESIDUAL';

export interface LegRequest {
  readonly account: TerminalAccount;
  readonly instrument: string;
  readonly commandId: string;
  readonly method: FlattenCommand['method'];
  readonly onEnd: (code: LegCode) => void;
}

type Phase = 'cancelling' | 'closing' | 'settling' | 'sweeping';

/** The closing of one account's one instrument: cancel, wait, close, read again, sweep. */
export class FlattenLeg {
  readonly #parts: AddonParts;
  readonly #request: LegRequest;
  #phase: Phase = 'cancelling';
  #phaseSince: number;
  #close: SimOrder | null = null;
  #closes = 0;
  #positionBefore = 0;
  #stopPolling: Cancel = () => undefined;
  readonly #asked = new Set<string>();

  constructor(parts: AddonParts, request: LegRequest) {
    this.#parts = parts;
    this.#request = request;
    this.#phaseSince = parts.queue.now;
  }

  start(): void {
    // An own close of an earlier command may still be live; it is waited for, never doubled.
    this.#close = this.#orders().find((order) => order.name === CLOSE_NAME) ?? null;
    this.#stopPolling = this.#parts.queue.every(POLL_MS, () => this.#step());
    this.#step();
  }

  /** The AddOn is gone; what it sent lives on. */
  abandon(): void {
    this.#stopPolling();
  }

  #step(): void {
    if (!this.#request.account.connected) return this.#finish('NOT_CONNECTED');
    switch (this.#phase) {
      case 'cancelling':
        return this.#awaitCancels();
      case 'closing':
        return this.#awaitClose();
      case 'settling':
        return this.#awaitPosition();
      case 'sweeping':
        return this.#sweep();
    }
  }

  #awaitCancels(): void {
    const live = this.#cancelOthers('cancelSent');
    if (live === 0) {
      // The last fill may have changed the position already; what it shows now would be closed wrongly.
      if (!this.#isSettled() && this.#waited() < SETTLE_MS) return;
      if (this.#asked.size > 0) this.#tell('cancelConfirmed', `${this.#asked.size} orders`);
      return this.#closePosition();
    }
    if (this.#waited() >= CANCEL_WAIT_MS) {
      this.#tell('cancelTimedOut', `${live} orders still live after 5 s`);
      this.#closePosition();
    }
  }

  #closePosition(): void {
    const { account, instrument, method } = this.#request;
    if (this.#close !== null && isLive(this.#close)) return this.#enter('closing');
    const position = account.position(instrument);
    if (position === 0) {
      if (this.#orders().length > 0) return this.#finish('CANCEL_TIMED_OUT');
      this.#tell('flatSeen', '');
      return this.#enter('sweeping');
    }
    if (this.#closes >= MAX_CLOSES) return this.#finish('RESIDUAL');
    this.#closes += 1;
    this.#positionBefore = position;
    const buys = position < 0;
    const tick = this.#parts.board.tick(instrument);
    const limited = method === 'marketableLimit' && tick !== null;
    const reach = buys ? (tick?.ask ?? 0) + MARKETABLE_TICKS : (tick?.bid ?? 0) - MARKETABLE_TICKS;
    this.#close = this.#parts.broker.submit({
      account: account.name,
      instrument,
      action: buys ? 'buyToCover' : 'sell',
      type: limited ? 'limit' : 'market',
      quantity: Math.abs(position),
      limit: limited ? reach : null,
      stop: null,
      oco: '',
      name: CLOSE_NAME,
      tif: 'gtc',
      entry: 'automated',
      bracket: null,
    });
    this.#tell('closeSent', `${this.#close.action} ${this.#close.quantity}`);
    this.#enter('closing');
  }

  #awaitClose(): void {
    const close = this.#close;
    if (close === null) return this.#enter('cancelling');
    if (isLive(close)) {
      if (this.#waited() >= CLOSE_WAIT_MS) this.#finish('CLOSE_NOT_FILLED');
      return;
    }
    if (close.state === 'rejected') {
      this.#tell('closeRejected', `${close.error}: ${close.comment}`);
      return this.#finish('CLOSE_REJECTED');
    }
    if (close.filled > 0) this.#tell('closeFilled', `${close.filled} contracts`);
    this.#enter('settling');
  }

  /** The position follows the fill; acting before it has would close it twice. */
  #awaitPosition(): void {
    const { account, instrument } = this.#request;
    const position = account.position(instrument);
    const moved = position !== this.#positionBefore || this.#closes === 0;
    if (position === 0) {
      this.#close = null;
      return this.#enter('cancelling');
    }
    if (this.#waited() < SETTLE_MS) return;
    if (!moved) return this.#finish('POSITION_IN_DOUBT');
    const turned = Math.sign(position) !== Math.sign(this.#positionBefore);
    this.#tell(turned ? 'reversalFound' : 'residualFound', `${position} contracts`);
    this.#close = null;
    this.#enter('cancelling');
  }

  #sweep(): void {
    const { account, instrument } = this.#request;
    if (this.#orders().length > 0) {
      this.#tell('lateOrderFound', `${this.#orders().length} orders`);
      return this.#enter('cancelling');
    }
    const position = account.position(instrument);
    if (position !== 0) {
      this.#tell('residualFound', `${position} contracts`);
      return this.#enter('cancelling');
    }
    if (this.#waited() >= SWEEP_MS) this.#finish(this.#isSettled() ? 'FLAT' : 'POSITION_IN_DOUBT');
  }

  /** Cancels everything but an own close; returns how many of those are still live. */
  #cancelOthers(step: FlattenStepName): number {
    const others = this.#orders().filter((order) => order.name !== CLOSE_NAME);
    // One cancel per order and wait: one that the broker lost is waited out, as NinjaTrader does.
    const unsent = others.filter((order) => isLive(order) && !this.#asked.has(order.id));
    for (const order of unsent) {
      this.#asked.add(order.id);
      this.#parts.broker.cancel(order);
    }
    if (unsent.length > 0) {
      this.#tell(step, `${unsent.length} orders`);
    }
    return others.length;
  }

  #isSettled(): boolean {
    return this.#request.account.isSettled(this.#request.instrument);
  }

  #orders(): readonly SimOrder[] {
    return visibleLiveOrders(this.#parts, this.#request.account, this.#request.instrument);
  }

  #enter(phase: Phase): void {
    this.#phase = phase;
    this.#phaseSince = this.#parts.queue.now;
    if (phase === 'cancelling') this.#asked.clear();
  }

  #waited(): number {
    return this.#parts.queue.now - this.#phaseSince;
  }

  #finish(code: LegCode): void {
    this.#stopPolling();
    this.#request.onEnd(code);
  }

  #tell(step: FlattenStepName, detail: string): void {
    const { commandId, account, instrument } = this.#request;
    this.#parts.emit({
      kind: 'progress',
      progress: { commandId, account: account.name, instrument, step, detail },
    });
  }
}
