import { CLOSE_NAME } from '../broker/behaviour.ts';
import { reduces } from '../exchange/sim-order.ts';
import { scopeHas, type PlatformScope } from '../platform-command.ts';
import type { GuardEntry, GuardReport, OrderReport } from '../platform-event.ts';
import { isLiveOrder, type OrderSide } from '../../domain/account/order.ts';
import type { AddonParts } from './addon-parts.ts';

interface Hold {
  readonly commandId: string;
  readonly scope: PlatformScope;
  readonly until: number;
}

/** What an order would do to a position, before it is sent or as it is seen. */
export interface EntryProbe {
  readonly account: string;
  readonly instrument: string;
  readonly side: OrderSide;
  readonly quantity: number;
}

/** Cancels entries that a flatten or the guard forbids; it can only react, so a market order may fill first. */
export class EntryGate {
  readonly #parts: AddonParts;
  #holds: Hold[] = [];
  #guard: GuardReport = { revision: 0, enforcing: true, accounts: [] };

  constructor(parts: AddonParts) {
    this.#parts = parts;
  }

  get guard(): GuardReport {
    return this.#guard;
  }

  setGuard(guard: GuardReport): void {
    this.#guard = guard;
    for (const account of this.#parts.terminal.accounts.values()) {
      for (const order of account.liveOrders.values()) this.onOrder(order);
    }
  }

  hold(commandId: string, scope: PlatformScope, forMs: number): void {
    const now = this.#parts.queue.now;
    this.#holds = [
      ...this.#holds.filter((hold) => hold.until > now),
      { commandId, scope, until: now + forMs },
    ];
  }

  /** The holds die with the AddOn; the guard is on its disk. */
  forgetHolds(): void {
    this.#holds = [];
  }

  guardOf(account: string): GuardEntry | undefined {
    return this.#guard.accounts.find((entry) => entry.account === account);
  }

  /** Why an order may not stand; null when it may. Orders that reduce always may. */
  objection(probe: EntryProbe): string | null {
    const position = this.#parts.terminal.account(probe.account)?.position(probe.instrument) ?? 0;
    if (reduces(position, probe.side, probe.quantity)) return null;
    if (this.#holdOn(probe) !== undefined) return 'entries are held for a flatten';
    const guard = this.guardOf(probe.account);
    if (guard === undefined) return null;
    const now = this.#parts.clock.stamp(this.#parts.queue.now);
    if (guard.entriesLocked && (guard.lockedUntil === null || now < guard.lockedUntil)) {
      return `entries are locked: ${guard.reason}`;
    }
    const size = Math.abs(position) + probe.quantity;
    return guard.maxContracts !== null && size > guard.maxContracts
      ? `more than ${guard.maxContracts} contracts`
      : null;
  }

  onOrder(report: OrderReport): void {
    if (!isLiveOrder(report.state) || report.name === CLOSE_NAME) return;
    const probe = { ...report, quantity: report.quantity - report.filled };
    if (this.objection(probe) === null) return;
    // The AddOn hears of an order on another thread than the one that sends it.
    this.#parts.queue.after(1, () => this.#block(report, probe));
  }

  #block(report: OrderReport, probe: EntryProbe): void {
    const order = this.#parts.broker.orders.get(report.id);
    const reason = this.objection(probe);
    if (order === undefined || !isLiveOrder(order.state) || order.cancelRequested) return;
    if (reason === null) return;
    this.#parts.broker.cancel(order);
    this.#parts.emit({
      kind: 'progress',
      progress: {
        commandId: this.#holdOn(probe)?.commandId ?? `guard-${this.#guard.revision}`,
        account: report.account,
        instrument: report.instrument,
        step: 'entryBlocked',
        detail: `${order.name || order.id}: ${reason}`,
      },
    });
  }

  #holdOn(probe: Pick<EntryProbe, 'account' | 'instrument'>): Hold | undefined {
    const now = this.#parts.queue.now;
    return this.#holds.find(
      (hold) => hold.until > now && scopeHas(hold.scope, probe.account, probe.instrument),
    );
  }
}
