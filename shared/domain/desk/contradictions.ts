import type { MonoMs } from '../../kernel/clock.ts';
import { netQuantity } from '../account/profit-ledger.ts';
import type { InstrumentName } from '../instrument/instrument.ts';
import type { TradingDay } from '../session/trading-day.ts';
import type { AccountDesk } from './state.ts';

/** The platform reports one position and its fills come to another. */
export interface Contradiction {
  readonly instrument: InstrumentName;
  /** Signed contracts as reported. */
  readonly reported: number;
  /** Signed contracts that the fills, and what was there before them, come to. */
  readonly expected: number;
  /** Since when; a fill and its position are reported some milliseconds apart. */
  readonly since: MonoMs;
}

/** Where the positions and the fills of an account do not agree. */
export function contradictionsOf(account: AccountDesk): Contradiction[] {
  const found: Contradiction[] = [];
  for (const instrument of tradedInstruments(account)) {
    const difference = unexplained(account, instrument);
    const carried = account.carried.get(instrument) ?? 0;
    if (difference === 0 || difference === carried) continue;
    const position = account.positions.get(instrument);
    const book = account.books.get(instrument);
    const reported = position?.position?.quantity ?? 0;
    found.push({
      instrument,
      reported,
      expected: reported - difference + carried,
      since: Math.max(position?.changedAt ?? 0, book?.changedAt ?? 0) as MonoMs,
    });
  }
  return found;
}

/**
 * What an account carries once a full snapshot has told all fills: taken anew on each trading day, and
 * within a day only ever less, so that a position that contradicts its fills cannot explain itself away.
 */
export function carriedAfter(
  account: AccountDesk,
  today: TradingDay,
): Pick<AccountDesk, 'carried' | 'carriedDay'> {
  const isNewDay = account.carriedDay !== today;
  const carried = new Map<InstrumentName, number>();
  for (const instrument of tradedInstruments(account)) {
    const difference = unexplained(account, instrument);
    const before = account.carried.get(instrument) ?? 0;
    const now = isNewDay || difference === 0 ? difference : before;
    if (now !== 0) carried.set(instrument, now);
  }
  return { carried, carriedDay: today };
}

function unexplained(account: AccountDesk, instrument: InstrumentName): number {
  const book = account.books.get(instrument);
  const reported = account.positions.get(instrument)?.position?.quantity ?? 0;
  return reported - (book === undefined ? 0 : netQuantity(book.ledger));
}

function tradedInstruments(account: AccountDesk): Set<InstrumentName> {
  return new Set([...account.positions.keys(), ...account.books.keys()]);
}
