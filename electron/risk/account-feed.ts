import type { EpochMs, MonoMs } from '../../shared/kernel/clock.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import type { Execution } from '../../shared/domain/account/execution.ts';
import { netQuantity } from '../../shared/domain/account/profit-ledger.ts';
import type { Fact, Stamp } from '../../shared/domain/desk/fact.ts';
import type { AccountDesk, DeskState } from '../../shared/domain/desk/state.ts';
import type { InstrumentName } from '../../shared/domain/instrument/instrument.ts';
import { money, ZERO_MONEY, type Money } from '../../shared/domain/money/money.ts';
import { exposureOf } from '../../shared/domain/risk/feed/exposure.ts';
import {
  courseWakeAt,
  figuresOf,
  NO_COURSE,
  passedCourse,
  pricedFigures,
  toldFigures,
  type CoursePolicy,
  type FigureCourse,
} from '../../shared/domain/risk/feed/figure-course.ts';
import {
  itemOf,
  openResult,
  reportedFigures,
  worstOpen,
} from '../../shared/domain/risk/feed/figures.ts';
import {
  bookTrip,
  NO_TRIP,
  tripAfter,
  type RoundTrip,
} from '../../shared/domain/risk/feed/round-trips.ts';
import type { JudgedFigures } from '../../shared/domain/risk/feed/reading.ts';
import type { SeenFill } from '../../shared/domain/risk/protection/bypass.ts';
import type { TimelessEvent } from './account-engine.ts';
import type { CashWatch } from './cash-watch.ts';

/** What a fact comes to for the rules. */
export interface Fed {
  readonly events: readonly TimelessEvent[];
  /** Null when the figures are as they were. */
  readonly mark: TimelessEvent | null;
  readonly fills: readonly SeenFill[];
  /** Something else than figures may be another one: orders, positions, the connection, the broker's own room. */
  readonly isNews: boolean;
}

export const NOTHING_FED: Fed = { events: [], mark: null, fills: [], isNews: true };

export interface FeedParts {
  readonly account: AccountName;
  readonly policy: CoursePolicy;
  readonly cash: CashWatch;
}

const FIGURES: ReadonlySet<string> = new Set([
  'cashValue',
  'netLiquidation',
  'unrealizedProfitLoss',
  'trailingMaxDrawdown',
]);

/** Turns what the desk learns of one account into events of the rules, none lost and none twice. */
export class AccountFeed {
  readonly #account: AccountName;
  readonly #policy: CoursePolicy;
  readonly #cash: CashWatch;
  readonly #trips = new Map<InstrumentName, RoundTrip>();
  #seen: Pick<AccountDesk, 'positions' | 'liveOrders'> | null = null;
  #before: AccountDesk | null = null;
  #exposure = '';
  #course: FigureCourse = NO_COURSE;
  /** A fill or another position is not in the figures yet: until the broker speaks again, no price moves them. */
  #isUnsettled = false;
  #figures: JudgedFigures;
  /** Of several positions; null for one alone and where it is not known. */
  #worst: Money | null = null;
  /** The cash has moved and it is not known yet by what. */
  #isCashWaiting = false;

  /** Begins with the fills that the desk knows already. */
  constructor({ account, policy, cash }: FeedParts, state: DeskState, at: Stamp) {
    this.#account = account;
    this.#policy = policy;
    this.#cash = cash;
    this.#figures = { equity: null, balance: null, heardAt: at.mono, isSeconded: false };
    for (const [name, book] of state.accounts.get(account)?.books ?? []) {
      const instrument = state.instruments.get(name);
      if (instrument === undefined) continue;
      const fills = book.fills.values().sort((a, b) => a.arrival - b.arrival);
      this.#trips.set(name, tripAfter(fills, { at: at.wall, instrument, balance: null }));
    }
  }

  figures(): JudgedFigures {
    return this.#figures;
  }

  /** The figures as an event of the rules; null while there are none. */
  mark(): TimelessEvent | null {
    const { equity, balance } = this.#figures;
    return equity === null || balance === null ? null : markOf(equity, balance, this.#worst);
  }

  /** What is known of the account already; nothing before a complete report of this session. */
  first(state: DeskState, stamp: Stamp): Fed {
    const account = state.accounts.get(this.#account);
    if (account === undefined || !state.link.isOpen) return NOTHING_FED;
    if (account.confirmedIn !== state.link.epoch) return NOTHING_FED;
    const exposure = this.#exposureOf(state, account);
    const told = this.#told(state, account, stamp);
    return exposure === null ? told : { ...told, events: [exposure, ...told.events] };
  }

  /** Takes in what a fact changed, with the executions that it brought. */
  take(state: DeskState, fact: Fact, executions: readonly Execution[], stamp: Stamp): Fed {
    const account = state.accounts.get(this.#account);
    if (account === undefined) return NOTHING_FED;
    const fills: SeenFill[] = [];
    const events: TimelessEvent[] = [];
    this.#cash.hear(fact, executions, stamp);
    for (const execution of executions) this.#book(state, execution, { events, fills });
    const exposure = this.#exposureOf(state, account);
    if (exposure !== null) events.unshift(exposure);
    if (executions.length > 0) this.#isUnsettled = true;
    // A fill that came late, or a position that is gone, may be what the cash has waited for.
    const isAnswer = this.#isCashWaiting && (executions.length > 0 || exposure !== null);
    const told = this.#tells(fact) || isAnswer ? this.#told(state, account, stamp) : NOTHING_FED;
    const isNews = this.#isNews(account);
    return { events: [...events, ...told.events], mark: told.mark, fills, isNews };
  }

  /** A price of something that is held. */
  price(state: DeskState, stamp: Stamp): TimelessEvent | null {
    const account = state.accounts.get(this.#account);
    if (account === undefined || this.#isUnsettled) return null;
    const now = openResult(state, account);
    const course = pricedFigures(this.#course, now, this.#policy, stamp.mono);
    return this.#follow(course, worstOpen(state, account), stamp);
  }

  /** When time alone may change the figures; null for never. */
  wakeAt(): MonoMs | null {
    return earliest(courseWakeAt(this.#course, this.#policy), this.#cash.wakeAt());
  }

  /** What has been doubted for long enough is believed. */
  passTime(state: DeskState, stamp: Stamp): Fed {
    const cashAt = this.#cash.wakeAt();
    const account = state.accounts.get(this.#account);
    if (cashAt !== null && cashAt <= stamp.mono && account !== undefined) {
      return this.#told(state, account, stamp);
    }
    const course = passedCourse(this.#course, this.#policy, stamp.mono);
    const mark = this.#follow(course, this.#worst, stamp);
    return { ...NOTHING_FED, mark };
  }

  /** The trader has told of money that nobody traded: the figures are read anew. */
  settleCash(state: DeskState, stamp: Stamp): Fed {
    this.#cash.settle();
    const account = state.accounts.get(this.#account);
    if (account === undefined) return NOTHING_FED;
    this.#course = NO_COURSE;
    this.#seen = null;
    this.#exposure = '';
    const exposure = this.#exposureOf(state, account);
    const told = this.#told(state, account, stamp);
    return exposure === null ? told : { ...told, events: [exposure, ...told.events] };
  }

  #isNews(account: AccountDesk): boolean {
    const before = this.#before;
    this.#before = account;
    return (
      before === null ||
      before.liveOrders !== account.liveOrders ||
      before.positions !== account.positions ||
      before.identity !== account.identity ||
      before.confirmedIn !== account.confirmedIn ||
      itemOf(before, 'trailingMaxDrawdown') !== itemOf(account, 'trailingMaxDrawdown')
    );
  }

  /** Whether a fact has the broker's word on the figures; after a fill only one that has all of it. */
  #tells(fact: Fact): boolean {
    if (fact.kind === 'snapshot.received') return true;
    if (fact.kind !== 'item.reported' || !FIGURES.has(fact.item)) return false;
    return !this.#isUnsettled || fact.item === 'netLiquidation';
  }

  /** The broker's figures, unless money that nobody traded is in them that the rules do not know of yet. */
  #told(state: DeskState, account: AccountDesk, stamp: Stamp): Fed {
    const { figures, events } = this.#cash.look(state, account, stamp);
    this.#isCashWaiting = figures !== 'clear';
    if (figures === 'held') {
      this.#figures = { ...this.#figures, heardAt: stamp.mono };
      return NOTHING_FED;
    }
    const isUnknown = figures === 'unknown';
    // A change that is explained is no contradiction of the figures before it.
    const isMoved = events.some(({ kind }) => kind.startsWith('cash'));
    if (isUnknown || isMoved) this.#course = NO_COURSE;
    const mark = isUnknown ? this.#nothing(stamp) : this.#reported(state, account, stamp);
    return { ...NOTHING_FED, events, mark };
  }

  #nothing({ mono }: Stamp): TimelessEvent | null {
    const isNews = this.#figures.equity !== null || this.#figures.balance !== null;
    this.#figures = { equity: null, balance: null, heardAt: mono, isSeconded: false };
    return isNews ? markOf(null, null) : null;
  }

  #reported(state: DeskState, account: AccountDesk, stamp: Stamp): TimelessEvent | null {
    const told = reportedFigures(account);
    if (told === null) {
      this.#nothing(stamp);
      return markOf(null, null);
    }
    const isSettling = this.#isUnsettled;
    this.#isUnsettled = false;
    const heard = { told, now: openResult(state, account), isSettling };
    const course = toldFigures(this.#course, heard, this.#policy, stamp.mono);
    return this.#follow(course, worstOpen(state, account), stamp);
  }

  /** Null when the figures stay as they were. */
  #follow(course: FigureCourse, worst: Money | null, { mono }: Stamp): TimelessEvent | null {
    if (course === this.#course && worst === this.#worst) return null;
    const before = { ...this.#figures, worst: this.#worst };
    this.#course = course;
    this.#worst = worst;
    const { equity = null, balance = null } = figuresOf(course, this.#policy, mono) ?? {};
    const isMark = equity !== before.equity || balance !== before.balance || worst !== before.worst;
    this.#figures = { equity, balance, heardAt: mono, isSeconded: course.believed !== null };
    return isMark ? markOf(equity, balance, worst) : null;
  }

  #book(
    state: DeskState,
    execution: Execution,
    into: { readonly events: TimelessEvent[]; readonly fills: SeenFill[] },
  ): void {
    const instrument = state.instruments.get(execution.instrument);
    if (instrument === undefined) return;
    const before = this.#trips.get(execution.instrument) ?? NO_TRIP;
    const booking = { at: 0 as EpochMs, instrument, balance: this.#figures.balance };
    const { trip, events } = bookTrip(before, execution, booking);
    this.#trips.set(execution.instrument, trip);
    into.events.push(...events);
    if (execution.isStartOfDay || execution.orderId === null) return;
    into.fills.push({
      id: execution.id,
      orderId: execution.orderId,
      instrument: execution.instrument,
      quantity: execution.side === 'buy' ? execution.quantity : -execution.quantity,
      before: netQuantity(before.ledger),
    });
  }

  /** Null when what is held and working is as it was told last. */
  #exposureOf(state: DeskState, account: AccountDesk): TimelessEvent | null {
    const { positions, liveOrders } = account;
    if (this.#seen?.positions === positions && this.#seen.liveOrders === liveOrders) return null;
    if (this.#seen !== null && this.#seen.positions !== positions) {
      this.#isUnsettled ||= isOtherPosition(this.#seen.positions, positions);
    }
    this.#seen = { positions, liveOrders };
    const event = exposureOf(state, account, 0 as EpochMs);
    const text = JSON.stringify(event);
    if (text === this.#exposure) return null;
    this.#exposure = text;
    return event;
  }
}

function earliest(a: MonoMs | null, b: MonoMs | null): MonoMs | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

function markOf(
  equity: Money | null,
  balance: Money | null,
  worst: Money | null = null,
): TimelessEvent {
  return {
    kind: 'mark',
    balance,
    open: equity === null || balance === null ? null : money(equity - balance),
    fees: ZERO_MONEY,
    high: null,
    low: null,
    worstTrade: equity === null ? null : worst,
    quality: 'fresh',
  };
}

type Positions = AccountDesk['positions'];

function isOtherPosition(before: Positions, after: Positions): boolean {
  const held = (positions: Positions, name: InstrumentName): number =>
    positions.get(name)?.position?.quantity ?? 0;
  return [...new Set([...before.keys(), ...after.keys()])].some(
    (name) => held(before, name) !== held(after, name),
  );
}
