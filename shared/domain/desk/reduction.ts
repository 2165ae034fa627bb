import type { AccountName } from '../account/account.ts';
import type { InstrumentName } from '../instrument/instrument.ts';
import type { JournalEntry } from '../journal/record.ts';
import type { Stamp } from './fact.ts';
import {
  NO_RANK,
  rankOf,
  unreportedAccount,
  withEntry,
  type AccountDesk,
  type DeskState,
  type Rank,
} from './state.ts';

/** What a fact changed, for those who keep something derived from the state. */
export interface ChangeSet {
  /** Whether it must be shown at once; prices and figures that follow them may wait a moment. */
  readonly isUrgent: boolean;
  /** Whether every account is touched, as by a lost link. */
  readonly touchesAll: boolean;
  readonly accounts: ReadonlySet<AccountName>;
  /** Instruments whose terms or quote changed. */
  readonly instruments: ReadonlySet<InstrumentName>;
}

/**
 * One reduction as it happens: the state so far, what to journal and what changed. It lives for one call
 * and never leaves it, so the reducer stays a function of its arguments.
 */
export class Reduction implements ChangeSet {
  state: DeskState;
  readonly stamp: Stamp;
  /** `replay`: a journaled fact, which was accepted when it was written; ranks are not compared again. */
  readonly mode: 'live' | 'replay';
  readonly entries: JournalEntry[] = [];
  readonly accounts = new Set<AccountName>();
  readonly instruments = new Set<InstrumentName>();
  /** In a snapshot ties win: of two begun after the same message the one that comes later was read later. */
  isSnapshot = false;
  isUrgent = false;
  touchesAll = false;

  constructor(state: DeskState, stamp: Stamp, mode: 'live' | 'replay') {
    this.state = state;
    this.stamp = stamp;
    this.mode = mode;
  }

  /** The rank of a message of the present session. */
  rank(seq: number): Rank {
    return rankOf(this.state.link.epoch, seq);
  }

  /** Whether a report of this rank is younger than what is known of an entity of the account. */
  accepts(rank: Rank, account: Pick<AccountDesk, 'toldUntil'>, known: Rank | undefined): boolean {
    if (this.mode === 'replay') return true;
    const told = Math.max(known ?? NO_RANK, account.toldUntil);
    return this.isSnapshot ? rank >= told : rank > told;
  }

  account(name: AccountName): AccountDesk {
    return this.state.accounts.get(name) ?? unreportedAccount(name);
  }

  putAccount(name: AccountName, change: Partial<AccountDesk>): void {
    const account = { ...this.account(name), ...change };
    this.state = { ...this.state, accounts: withEntry(this.state.accounts, name, account) };
    this.accounts.add(name);
  }

  /** Sets several accounts at the cost of one copy. */
  putAccounts(accounts: ReadonlyMap<AccountName, AccountDesk>): void {
    this.state = { ...this.state, accounts };
    this.touchesAll = true;
  }

  /** Notes that the account was heard of, which is all that a message without news tells. */
  hear(name: AccountName): void {
    this.putAccount(name, { heardAt: this.stamp.wall });
  }

  keep(entry: JournalEntry): void {
    this.entries.push(entry);
  }
}
