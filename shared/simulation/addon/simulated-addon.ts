import { assertNever } from '../../kernel/assert-never.ts';
import { isLive } from '../exchange/sim-order.ts';
import type {
  ModifyCommand,
  PlatformCommand,
  PlatformScope,
  SubmitCommand,
} from '../platform-command.ts';
import type { OrderReport, ResultReport } from '../platform-event.ts';
import { accountsOf, openInstruments, remainingIn, visibleLiveOrders } from './addon-parts.ts';
import { objectionTo, type CheckParts } from './command-check.ts';
import { CommandRegister, type CommandEntry } from './command-register.ts';
import { EntryGate } from './entry-gate.ts';
import { FlattenDesk } from './flatten-desk.ts';

const POLL_MS = 20;
/** How long an order command waits to see what became of it. */
const OBSERVE_MS = 5_000;

type Outcome = Pick<ResultReport, 'outcome' | 'code' | 'detail'>;

export interface AddonHost extends Omit<CheckParts, 'gate'> {
  readonly onSubscribe: (instruments: readonly string[], bars: boolean) => void;
  readonly onUnsubscribe: (instruments: readonly string[]) => void;
}

/** The AddOn inside the simulated NinjaTrader: takes commands, acts on what it sees, reports what it saw. */
export class SimulatedAddon {
  readonly gate: EntryGate;
  readonly #host: CheckParts & AddonHost;
  readonly #register = new CommandRegister();
  readonly #flattens: FlattenDesk;
  #start = 0;
  #floorActed = new Set<string>();

  constructor(host: AddonHost) {
    this.gate = new EntryGate(host);
    this.#host = { ...host, gate: this.gate };
    this.#flattens = new FlattenDesk(host);
  }

  get commands(): readonly CommandEntry[] {
    return this.#register.all();
  }

  handle(command: PlatformCommand): void {
    const { commandId, kind } = command;
    const known = this.#register.get(commandId);
    if (known !== undefined) {
      this.#ack(commandId, 'duplicate', `${known.state} ${known.code}`.trim());
      return;
    }
    const objection = objectionTo(this.#host, command);
    if (objection !== null) {
      this.#register.add(commandId, kind, 'refused').code = objection.code;
      this.#host.emit({ kind: 'ack', ack: { commandId, status: 'refused', ...objection } });
      // Whoever was refused does not know what is in force.
      if (kind === 'setGuard') this.#host.emit({ kind: 'guard', guard: this.gate.guard });
      return;
    }
    this.#register.add(commandId, kind, 'running');
    this.#ack(commandId, 'accepted', '');
    this.#execute(command);
  }

  /** A crash: what was running is gone, what was sent lives on, only the guard was on disk. */
  restart(): void {
    this.#start += 1;
    this.#flattens.abandon();
    this.#register.clear();
    this.gate.forgetHolds();
  }

  /** Acts alone when an account's reported net liquidation reaches the guard's floor. */
  watchFloors(): void {
    for (const account of this.#host.terminal.accounts.values()) {
      const floor = this.gate.guardOf(account.name);
      const value = account.items.get('netLiquidation');
      if (floor?.flattenAtFloor !== true || floor.hardFloor === null) continue;
      // Zero is what a disconnecting account sends, never a balance to act on.
      if (value === undefined || value === null || value === 0) continue;
      if (!account.connected || value > floor.hardFloor || this.#floorActed.has(account.name))
        continue;
      this.#floorActed.add(account.name);
      this.#flattens.start({
        command: {
          commandId: `guard-floor-${this.gate.guard.revision}-${account.name}`,
          scope: { kind: 'account', account: account.name },
          method: 'market',
        },
        onResult: () => undefined,
      });
    }
  }

  #execute(command: PlatformCommand): void {
    const { commandId } = command;
    switch (command.kind) {
      case 'flatten':
        this.gate.hold(commandId, command.scope, command.holdEntriesMs);
        return this.#flattens.start({ command, onResult: (result) => this.#finish(result) });
      case 'cancelAll':
        return this.#cancelAll(commandId, command.scope);
      case 'cancelOrder':
        return this.#cancelOrder(commandId, command.account, command.orderId);
      case 'submitOrder':
        return this.#submit(command);
      case 'modifyOrder':
        return this.#modify(command);
      case 'subscribe':
        this.#host.onSubscribe(command.instruments, command.bars);
        return this.#settle(commandId);
      case 'unsubscribe':
        this.#host.onUnsubscribe(command.instruments);
        return this.#settle(commandId);
      case 'setGuard':
        this.#floorActed = new Set();
        this.gate.setGuard({
          revision: command.revision,
          enforcing: true,
          accounts: command.accounts,
        });
        this.#host.emit({ kind: 'guard', guard: this.gate.guard });
        return this.#conclude(commandId, { outcome: 'done', code: 'KEPT', detail: '' });
      default:
        assertNever(command);
    }
  }

  #cancelAll(commandId: string, scope: PlatformScope): void {
    for (const account of accountsOf(this.#host, scope)) {
      for (const instrument of openInstruments(account, scope)) {
        for (const order of visibleLiveOrders(this.#host, account, instrument)) {
          this.#host.broker.cancel(order);
        }
      }
    }
    this.#observe(
      commandId,
      (late) => {
        const live = remainingIn(this.#host, scope).reduce(
          (sum, each) => sum + each.workingOrders,
          0,
        );
        if (live === 0) return { outcome: 'done', code: 'CANCELLED', detail: '' };
        return late
          ? { outcome: 'partial', code: 'CANCEL_TIMED_OUT', detail: `${live} orders still live` }
          : null;
      },
      scope,
    );
  }

  #cancelOrder(commandId: string, account: string, orderId: string): void {
    const order = this.#host.broker.orders.get(orderId);
    if (order !== undefined) this.#host.broker.cancel(order);
    this.#observe(commandId, (late) => {
      const seen = this.#seen(account, orderId);
      if (seen?.state === 'cancelled') return { outcome: 'done', code: 'CANCELLED', detail: '' };
      if (order === undefined || !isLive(order)) {
        return {
          outcome: 'failed',
          code: 'TOO_LATE',
          detail: `the order is ${seen?.state ?? 'gone'}`,
        };
      }
      return late ? { outcome: 'failed', code: 'CANCEL_TIMED_OUT', detail: '' } : null;
    });
  }

  #submit(command: SubmitCommand): void {
    const order = this.#host.broker.submit({ ...command.order, bracket: null, entry: 'automated' });
    this.#observe(command.commandId, (late) => {
      const seen = this.#seen(order.account, order.id);
      if (seen?.state === 'rejected') {
        return { outcome: 'failed', code: seen.error, detail: seen.comment };
      }
      const isOn = seen?.state === 'working' || (seen?.state === 'accepted' && seen.stop !== null);
      if (seen?.state === 'filled' || (isOn && order.type !== 'market')) {
        return { outcome: 'done', code: seen.state.toUpperCase(), detail: order.id };
      }
      return late
        ? {
            outcome: 'partial',
            code: 'NOT_CONFIRMED',
            detail: `the order is ${seen?.state ?? 'unseen'}`,
          }
        : null;
    });
  }

  #modify(command: ModifyCommand): void {
    const order = this.#host.broker.orders.get(command.orderId);
    if (order === undefined) return;
    const wanted = {
      quantity: command.quantity ?? order.quantity,
      limit: command.limit ?? order.limit,
      stop: command.stop ?? order.stop,
    };
    this.#host.broker.change(order, wanted);
    this.#observe(command.commandId, (late) => {
      const seen = this.#seen(command.account, command.orderId);
      // The state alone proves nothing: a refused change is Working again, with the old prices.
      const same =
        seen?.quantity === wanted.quantity &&
        seen.limit === wanted.limit &&
        seen.stop === wanted.stop;
      const pending = seen?.state === 'changePending' || seen?.state === 'changeSubmitted';
      if (pending && !late) return null;
      if (same && !pending) return { outcome: 'done', code: 'CHANGED', detail: '' };
      return {
        outcome: 'failed',
        code: seen?.error ?? 'NOT_CONFIRMED',
        detail: seen?.comment ?? '',
      };
    });
  }

  #observe(
    commandId: string,
    look: (late: boolean) => Outcome | null,
    scope: PlatformScope | null = null,
  ): void {
    const { queue } = this.#host;
    const deadline = queue.now + OBSERVE_MS;
    const born = this.#start;
    const poll = (): void => {
      if (this.#start !== born) return;
      const outcome = look(queue.now >= deadline);
      if (outcome === null) queue.after(POLL_MS, poll);
      else this.#conclude(commandId, outcome, scope);
    };
    queue.after(POLL_MS, poll);
  }

  #conclude(commandId: string, outcome: Outcome, scope: PlatformScope | null = null): void {
    const remaining = scope === null ? [] : remainingIn(this.#host, scope);
    this.#finish({ commandId, ...outcome, remaining });
  }

  #finish(result: ResultReport): void {
    const entry = this.#register.get(result.commandId);
    if (entry !== undefined) {
      entry.state = result.outcome === 'done' ? 'done' : 'failed';
      entry.code = result.code;
    }
    this.#host.emit({ kind: 'result', result });
  }

  /** Subscriptions have no result of their own. */
  #settle(commandId: string): void {
    const entry = this.#register.get(commandId);
    if (entry !== undefined) entry.state = 'done';
  }

  #seen(account: string, orderId: string): OrderReport | undefined {
    return this.#host.terminal.account(account)?.orders.get(orderId);
  }

  #ack(commandId: string, status: 'accepted' | 'duplicate', detail: string): void {
    this.#host.emit({ kind: 'ack', ack: { commandId, status, code: null, detail } });
  }
}
