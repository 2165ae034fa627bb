import type { EpochMs, MonoMs } from '../../shared/kernel/clock.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import type { Execution } from '../../shared/domain/account/execution.ts';
import {
  lifeTotals,
  moneyFromTicks,
  netQuantity,
} from '../../shared/domain/account/profit-ledger.ts';
import type { Fact, Stamp } from '../../shared/domain/desk/fact.ts';
import type { AccountDesk, DeskState } from '../../shared/domain/desk/state.ts';
import { money, type Money } from '../../shared/domain/money/money.ts';
import type { AccountBook } from '../../shared/domain/risk/book.ts';
import { assumedBefore, awaitedPayout, moveToday } from '../../shared/domain/risk/cash-moves.ts';
import {
  CASH_POLICY,
  NO_CASH,
  watchCash,
  type CashChange,
  type CashCourse,
  type CashSight,
  type CashView,
} from '../../shared/domain/risk/feed/cash-change.ts';
import { itemOf } from '../../shared/domain/risk/feed/figures.ts';
import { tradingDayOf, type TradingDay } from '../../shared/domain/session/trading-day.ts';
import { AbsenceWatch } from './absence-watch.ts';
import type { AccountEngine, TimelessEvent } from './account-engine.ts';
import { BrokerFloorWatch } from './broker-floor-watch.ts';

export interface CashWatchParts {
  readonly account: AccountName;
  readonly engine: AccountEngine;
  /** The desk as it is when the watch begins. */
  readonly state: DeskState;
  readonly tell: (change: CashChange) => void;
  /** Asks the platform for a full report. */
  readonly ask: () => void;
}

/** A fill so shortly before the last kept figures may not be in them yet, in milliseconds. */
const CLOSE_MS = 5_000;

/** Of cash that was never reported; nothing is decided by it. */
const NEVER = 0 as EpochMs;

/** Watches the cash of one account for money that nobody traded. */
export class CashWatch {
  readonly #parts: CashWatchParts;
  readonly #absence: AbsenceWatch;
  readonly #floor: BrokerFloorWatch;
  #course: CashCourse = NO_CASH;
  #view: CashView | null = null;
  #contracts = 0;
  #executedAt: CashSight['executedAt'] = null;
  #completeAt: MonoMs | null = null;
  #askedAt: MonoMs | null = null;
  /** The session and the trading day in which the cash was last seen. */
  #seenIn: { readonly epoch: number; readonly day: TradingDay } | null = null;

  constructor(parts: CashWatchParts) {
    this.#parts = parts;
    this.#absence = new AbsenceWatch(parts.engine, parts.state.accounts.get(parts.account));
    this.#floor = new BrokerFloorWatch(parts.engine);
    this.#recall();
  }

  /** Takes in what a fact tells beside the state. */
  hear(fact: Fact, executions: readonly Execution[], { mono }: Stamp): void {
    if (fact.kind === 'snapshot.received' && fact.scope === 'full') this.#completeAt = mono;
    for (const { quantity, executedAt } of executions) {
      this.#contracts += quantity;
      this.#executedAt = executedAt;
    }
  }

  /** How the figures stand to the cash, and what the rules are told of it. */
  look(
    state: DeskState,
    account: AccountDesk,
    stamp: Stamp,
  ): { readonly figures: CashView['figures']; readonly events: readonly TimelessEvent[] } {
    const sight = this.#sightOf(state, account);
    if (sight.isFlat && sight.cash !== null) this.#follow(state.link.epoch, sight, stamp);
    const { engine, tell } = this.#parts;
    const { rulebook } = engine.rules.engine;
    const terms = {
      start: engine.rules.start,
      hasPayouts: rulebook.rules.some(({ kind }) => kind === 'payout'),
      isFailed: engine.state().rules.some(({ failure }) => failure !== null),
    };
    const view = watchCash(this.#course, sight, terms, stamp.mono);
    this.#view = view;
    this.#course = view.course;
    if (view.needsReport) this.#ask(stamp.mono);
    const moved = eventsOf(view.change, engine.state().book);
    const isKnown = moved.some(({ kind }) => kind === 'cash-named');
    if (view.change !== null && !isKnown) tell(view.change);
    const isAtRest = sight.isFlat && view.figures === 'clear';
    const found = [
      ...moved,
      this.#absence.look(account, sight.isFlat),
      this.#floor.look(state, account, isAtRest, stamp.mono),
    ];
    return { figures: view.figures, events: found.filter((event) => event !== null) };
  }

  /** When time alone may decide something; null for never. */
  wakeAt(): MonoMs | null {
    if (this.#view?.needsReport !== true) return this.#view?.wakeAt ?? null;
    return this.#askedAt === null ? null : ((this.#askedAt + CASH_POLICY.waitMs) as MonoMs);
  }

  /** The trader has said what a change was: it is measured from the present cash from now on. */
  settle(): void {
    this.#course = NO_CASH;
    this.#view = null;
  }

  /** What was known before a restart is measured from, where no fill can be missing in it. */
  #recall(): void {
    const { account: name, engine, state } = this.#parts;
    const account = state.accounts.get(name);
    const { figures, positions, at } = engine.state().book;
    if (account === undefined || figures.balance === null || positions?.length !== 0) return;
    const { result, isBooked } = resultOf(state, account);
    if (result === null || !isBooked || at - lastFillOf(account) < CLOSE_MS) return;
    const cash = figures.balance;
    const realized = itemOf(account, 'realizedProfitLoss');
    const settled = { level: cash - result, cash, realized, contracts: 0 };
    this.#course = { ...NO_CASH, settled };
    this.#seenIn = { epoch: state.link.epoch, day: tradingDayOf(at) };
  }

  /** Fills of another day that nobody listened to may be out of reach: nothing is measured over that. */
  #follow(epoch: number, { cash, result }: CashSight, { wall }: Stamp): void {
    const last = this.#seenIn;
    const day = tradingDayOf(wall);
    this.#seenIn = { epoch, day };
    if (last === null || last.epoch === epoch || last.day === day) return;
    const before = this.#course.settled;
    this.#course = NO_CASH;
    if (before === null || cash === null || result === null) return;
    const amount = money(cash - result - before.level);
    if (Math.abs(amount) <= CASH_POLICY.fees) return;
    this.#parts.tell({ kind: 'unclear', amount, balance: cash });
  }

  #sightOf(state: DeskState, account: AccountDesk): CashSight {
    const isFlat = isKnownFlat(state, account);
    const { result, isBooked } = isFlat
      ? resultOf(state, account)
      : { result: null, isBooked: false };
    return {
      cash: itemOf(account, 'cashValue'),
      equity: itemOf(account, 'netLiquidation'),
      result,
      realized: itemOf(account, 'realizedProfitLoss'),
      contracts: this.#contracts,
      isFlat,
      isBooked,
      executedAt: this.#executedAt,
      reportedAt: account.items.get('cashValue')?.reportedAt ?? NEVER,
      completeAt: this.#completeAt,
    };
  }

  #ask(now: MonoMs): void {
    if (this.#askedAt !== null && now - this.#askedAt < CASH_POLICY.waitMs) return;
    this.#askedAt = now;
    this.#parts.ask();
  }
}

/** What a change is for the rules; cash that the trader has told of before is not counted again. */
function eventsOf(change: CashChange | null, book: AccountBook): readonly TimelessEvent[] {
  if (change === null || change.kind === 'asked' || change.kind === 'unclear') return [];
  const { kind, amount, balance } = change;
  if (kind === 'taken-back') {
    const taken = assumedBefore(book, amount);
    return taken === null
      ? [{ kind: 'cash', reason: 'adjustment', amount, balance }]
      : [{ kind: 'cash-withdrawn', movedAt: taken.at, amount: taken.amount, balance }];
  }
  const told = moveToday(book, amount, false);
  if (told !== null) {
    return [{ kind: 'cash-named', movedAt: told.at, reason: told.reason, amount, balance }];
  }
  const isAssumed = true;
  const awaited = kind === 'payout' ? awaitedPayout(book) : null;
  if (awaited === null) return [{ kind: 'cash', reason: kind, amount, balance, isAssumed }];
  // It was counted when it was told; what comes now is its money alone.
  return [
    {
      ...{ kind: 'cash-named', movedAt: awaited.at, balance },
      ...{ reason: awaited.reason, amount: awaited.amount },
    },
    { kind: 'cash', reason: 'adjustment', amount, balance, isAssumed },
  ];
}

function isKnownFlat({ link }: DeskState, account: AccountDesk): boolean {
  if (!link.isOpen || account.confirmedIn !== link.epoch) return false;
  if (account.identity.connectionStatus !== 'connected') return false;
  return [...account.positions.values()].every(({ position }) => position === null);
}

/** What the fills have realized less their costs, and whether they come to flat. */
function resultOf(
  { instruments }: DeskState,
  { books }: AccountDesk,
): { readonly result: Money | null; readonly isBooked: boolean } {
  let result = 0;
  let isBooked = true;
  for (const [name, { ledger }] of books) {
    const instrument = instruments.get(name);
    const { realizedTicks, costs } = lifeTotals(ledger);
    const gross = instrument === undefined ? null : moneyFromTicks(realizedTicks, instrument);
    if (gross === null) return { result: null, isBooked: false };
    result += gross - costs;
    isBooked &&= netQuantity(ledger) === 0;
  }
  return { result: Number.isSafeInteger(result) ? money(result) : null, isBooked };
}

function lastFillOf({ books }: AccountDesk): number {
  let last = -Infinity;
  for (const { fills } of books.values()) {
    for (const { execution } of fills.values()) last = Math.max(last, execution.executedAt);
  }
  return last;
}
