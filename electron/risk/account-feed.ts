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
import { itemOf, openResult, reportedFigures } from '../../shared/domain/risk/feed/figures.ts';
import {
  bookTrip,
  NO_TRIP,
  tripAfter,
  type RoundTrip,
} from '../../shared/domain/risk/feed/round-trips.ts';
import type { JudgedFigures } from '../../shared/domain/risk/feed/reading.ts';
import type { SeenFill } from '../../shared/domain/risk/protection/bypass.ts';
import type { TimelessEvent } from './account-engine.ts';

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
  readonly #trips = new Map<InstrumentName, RoundTrip>();
  #seen: Pick<AccountDesk, 'positions' | 'liveOrders'> | null = null;
  #before: AccountDesk | null = null;
  #exposure = '';
  #course: FigureCourse = NO_COURSE;
  /** A fill or another position is not in the figures yet: until the broker speaks again, no price moves them. */
  #isUnsettled = false;
  #figures: JudgedFigures;

  /** Begins with the fills that the desk knows already. */
  constructor(account: AccountName, policy: CoursePolicy, state: DeskState, at: Stamp) {
    this.#account = account;
    this.#policy = policy;
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

  /** What is known of the account already; nothing before a complete report of this session. */
  first(state: DeskState, stamp: Stamp): Fed {
    const account = state.accounts.get(this.#account);
    if (account === undefined || !state.link.isOpen) return NOTHING_FED;
    if (account.confirmedIn !== state.link.epoch) return NOTHING_FED;
    const exposure = this.#exposureOf(state, account);
    const mark = this.#told(state, account, stamp);
    return { ...NOTHING_FED, events: exposure === null ? [] : [exposure], mark };
  }

  /** Takes in what a fact changed, with the executions that it brought. */
  take(state: DeskState, fact: Fact, executions: readonly Execution[], stamp: Stamp): Fed {
    const account = state.accounts.get(this.#account);
    if (account === undefined) return NOTHING_FED;
    const fills: SeenFill[] = [];
    const events: TimelessEvent[] = [];
    for (const execution of executions) this.#book(state, execution, { events, fills });
    const exposure = this.#exposureOf(state, account);
    if (exposure !== null) events.unshift(exposure);
    if (executions.length > 0) this.#isUnsettled = true;
    const mark = this.#tells(fact) ? this.#told(state, account, stamp) : null;
    return { events, mark, fills, isNews: this.#isNews(account) };
  }

  /** A price of something that is held. */
  price(state: DeskState, stamp: Stamp): TimelessEvent | null {
    const account = state.accounts.get(this.#account);
    if (account === undefined || this.#isUnsettled) return null;
    const now = openResult(state, account);
    return this.#follow(pricedFigures(this.#course, now, this.#policy, stamp.mono), stamp);
  }

  /** When time alone may change the figures; null for never. */
  wakeAt(): MonoMs | null {
    return courseWakeAt(this.#course, this.#policy);
  }

  /** What has been doubted for long enough is believed. */
  passTime(stamp: Stamp): TimelessEvent | null {
    return this.#follow(passedCourse(this.#course, this.#policy, stamp.mono), stamp);
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

  #told(state: DeskState, account: AccountDesk, stamp: Stamp): TimelessEvent | null {
    const told = reportedFigures(account);
    if (told === null) {
      this.#figures = { equity: null, balance: null, heardAt: stamp.mono, isSeconded: false };
      return markOf(null, null);
    }
    const isSettling = this.#isUnsettled;
    this.#isUnsettled = false;
    const heard = { told, now: openResult(state, account), isSettling };
    return this.#follow(toldFigures(this.#course, heard, this.#policy, stamp.mono), stamp);
  }

  /** Null when the figures stay as they were. */
  #follow(course: FigureCourse, { mono }: Stamp): TimelessEvent | null {
    if (course === this.#course) return null;
    this.#course = course;
    const { equity = null, balance = null } = figuresOf(course, this.#policy, mono) ?? {};
    const isMark = equity !== this.#figures.equity || balance !== this.#figures.balance;
    this.#figures = { equity, balance, heardAt: mono, isSeconded: course.believed !== null };
    return isMark ? markOf(equity, balance) : null;
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

function markOf(equity: Money | null, balance: Money | null): TimelessEvent {
  return {
    kind: 'mark',
    balance,
    open: equity === null || balance === null ? null : money(equity - balance),
    fees: ZERO_MONEY,
    high: null,
    low: null,
    worstTrade: null,
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
