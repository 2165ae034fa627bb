import type { AccountBook } from '../book.ts';
import type { TradingCalendar } from '../calendar.ts';
import type { RiskEvent, Strike } from '../event.ts';
import type { Rulebook } from '../rule.ts';
import type { Money } from '../../money/money.ts';
import type { Judgement, Ladder } from '../verdict.ts';

/** What is known of an account when the desk begins to watch it. */
export interface Beginning {
  /** A new account or a new run: peaks and references are its balance. */
  readonly isFresh: boolean;
  /** Trades of the running day came before the desk watched: what the equity was meanwhile nobody knows. */
  readonly isUnderway?: boolean;
  /** Those trades are all told right after the beginning. */
  readonly isDayWhole?: boolean;
  /** By rule: the peak so far. A rule of a running account that is not named has an unknown peak. */
  readonly peaks: Readonly<Record<string, Money>>;
  /** By rule: the reference of the running period. */
  readonly references: Readonly<Record<string, Money>>;
}

export interface Scene {
  readonly book: AccountBook;
  readonly calendar: TradingCalendar;
  readonly rulebook: Rulebook;
  readonly ladder: Ladder;
}

/**
 * How one kind of rule works. `M` is what it remembers between events: plain data.
 * `renew` gets the book before the reset, `follow` the one after the event.
 */
export interface RuleModule<R, M> {
  readonly start: (rule: R, beginning: Beginning, book: AccountBook) => M;
  /** At a strike of the rule's snapshot clock. */
  readonly snap?: (rule: R, memory: M, book: AccountBook, strike: Strike) => M;
  /** At a strike of the rule's reset clock. */
  readonly renew?: (rule: R, memory: M, book: AccountBook, strike: Strike) => M;
  /**
   * What `renew` rests on where it needs a balance: that of the boundary alone, or also what the account did since.
   * Absent when it needs none.
   */
  readonly renewsFrom?: 'balance' | 'course';
  readonly follow?: (rule: R, memory: M, book: AccountBook, event: RiskEvent) => M;
  readonly judge: (rule: R, memory: M, scene: Scene) => Judgement;
}

/** A rule that looks at nothing but the book. */
export type NoMemory = null;

export const noMemory = (): NoMemory => null;

/** The balance that a strike takes: the broker's own if given, else the last one if it can be trusted. */
export function balanceAt(book: AccountBook, strike: Strike): Money | null {
  if (strike.balance !== null) return strike.balance;
  const { quality, balance } = book.figures;
  return quality === 'fresh' || quality === 'degraded' ? balance : null;
}
