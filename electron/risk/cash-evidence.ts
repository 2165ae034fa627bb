import type { EpochMs } from '../../shared/kernel/clock.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import { dayTotals, moneyFromTicks } from '../../shared/domain/account/profit-ledger.ts';
import { isExposed, standingOf } from '../../shared/domain/desk/standing.ts';
import type { AccountDesk, DeskState } from '../../shared/domain/desk/state.ts';
import { money, type Money } from '../../shared/domain/money/money.ts';
import type { AccountBook } from '../../shared/domain/risk/book.ts';
import { itemOf } from '../../shared/domain/risk/feed/figures.ts';
import { tradingDayOf } from '../../shared/domain/session/trading-day.ts';

/** What the desk itself has seen of an account's cash, to hold the trader's word against. */
export interface CashEvidence {
  /** The broker's cash as it is heard now; null while it is not. */
  readonly cash: Money | null;
  readonly isFlat: boolean;
  /** What the running day has realized, at least and at most, by the fills and by the broker; null is unknown. */
  readonly realized: { readonly least: Money; readonly most: Money } | null;
}

/** Reads the evidence at a moment. */
export function cashEvidence(
  state: DeskState,
  name: AccountName,
  book: AccountBook,
  now: EpochMs,
): CashEvidence {
  const account = state.link.isOpen ? state.accounts.get(name) : undefined;
  if (account === undefined) return { cash: null, isFlat: false, realized: null };
  const byFills = realizedOn(state, account, now);
  const byBroker = itemOf(account, 'realizedProfitLoss');
  const told = byBroker === null ? [] : [byBroker];
  const realized =
    byFills === null
      ? null
      : {
          least: money(Math.min(byFills, book.today.closed, ...told)),
          most: money(Math.max(byFills, ...told)),
        };
  const isFlat = standingOf(state, account) === 'confirmed' && !isExposed(account);
  return { cash: itemOf(account, 'cashValue'), isFlat, realized };
}

/** How far the cash of the running day has fallen beyond what was traded, as a positive amount; null is unknown. */
export function unexplainedFall(
  { cash, realized }: CashEvidence,
  { today }: AccountBook,
): Money | null {
  if (cash === null || realized === null || today.reference === null) return null;
  return money(Math.max(0, today.reference + realized.least - cash));
}

/** The least balance with which the day before can have ended; null is unknown. */
export function leastEndOfDay(
  { cash, realized }: CashEvidence,
  { today, figures }: AccountBook,
): Money | null {
  if (cash === null || realized === null) return figures.balance;
  return money(cash - (today.cash ?? 0) - Math.max(0, realized.most));
}

/** What the fills of the running day have realized less their costs; null while a contract's terms are missing. */
function realizedOn(
  { instruments }: DeskState,
  { books }: AccountDesk,
  now: EpochMs,
): Money | null {
  const day = tradingDayOf(now);
  let sum = 0;
  for (const [name, { ledger }] of books) {
    const { realizedTicks, costs, fills } = dayTotals(ledger, day);
    const instrument = instruments.get(name);
    if (instrument === undefined && fills === 0) continue;
    const gross = instrument === undefined ? null : moneyFromTicks(realizedTicks, instrument);
    if (gross === null) return null;
    sum += gross - costs;
  }
  return Number.isSafeInteger(sum) ? money(sum) : null;
}
