import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import type { DeskState } from '../../shared/domain/desk/state.ts';
import { money, type Money } from '../../shared/domain/money/money.ts';
import type { AccountBook } from '../../shared/domain/risk/book.ts';
import { assumedMove, moveToday } from '../../shared/domain/risk/cash-moves.ts';
import type { ClosedDay } from '../../shared/domain/risk/event.ts';
import { itemOf } from '../../shared/domain/risk/feed/figures.ts';
import type { RecordWish } from '../../shared/protocol/ipc/risk-calls.ts';
import type { TimelessEvent } from './account-engine.ts';
import type { AccountGuard } from './account-guard.ts';

/** What the trader tells, as an event of the rules; the error is one sentence. */
export function recordedEvent(
  wish: RecordWish,
  { account, engine }: AccountGuard,
  state: DeskState,
): Result<TimelessEvent, string> {
  switch (wish.kind) {
    case 'payout-request':
      return ok({ kind: 'payout-request' });
    case 'reset':
      return ok({ kind: 'restart', balance: money(wish.balance) });
    case 'end-of-day':
      return ok({ kind: 'snapshot-report', balance: money(wish.balance) });
    case 'history': {
      const { isHistoryKnown, today } = engine.state().book;
      if (isHistoryKnown) return err('The earlier days of this account are known already.');
      return pastDays(wish.days, today.day);
    }
    case 'payout':
    case 'deposit':
    case 'adjustment':
      return ok(cashEvent(wish, engine.state().book, cashOf(account, state)));
    case 'was-trading': {
      const move = assumedMove(engine.state().book, money(wish.amount));
      if (move === null)
        return err('No change of cash of this amount was taken for something else.');
      const [movedAt, balance] = [move.at, cashOf(account, state)];
      return ok({ kind: 'cash-withdrawn', movedAt, amount: move.amount, balance });
    }
  }
}

/** A broker that is heard has the money in its cash already. */
function cashOf(account: AccountName, { link, accounts }: DeskState): Money | null {
  const desk = link.isOpen ? accounts.get(account) : undefined;
  return desk === undefined ? null : itemOf(desk, 'cashValue');
}

/** What the desk has found today is confirmed, or called by its right name, and not counted again. */
function cashEvent(wish: CashWish, book: AccountBook, balance: Money | null): TimelessEvent {
  const [reason, amount] = [wish.kind, signed(wish)];
  const found = moveToday(book, amount, true);
  return found === null
    ? { kind: 'cash', reason, amount, balance }
    : { kind: 'cash-named', movedAt: found.at, reason, amount, balance };
}

type CashWish = Extract<RecordWish, { kind: 'payout' | 'deposit' | 'adjustment' }>;

function signed({ kind, amount }: CashWish): Money {
  return money(kind === 'payout' ? -amount : amount);
}

type PastDay = Extract<RecordWish, { kind: 'history' }>['days'][number];

/** Days in their order, each once and all before the one that runs. */
function pastDays(days: readonly PastDay[], today: string): Result<TimelessEvent, string> {
  const wrong = days.find(({ day }, index) => {
    const before = days[index - 1];
    return day >= today || (before !== undefined && before.day >= day);
  });
  if (wrong !== undefined) {
    return err(`${wrong.day} is out of order: days rise, and all lie before ${today}.`);
  }
  const closed = days.map(({ day, net, fills, isHalf }): ClosedDay => ({
    ...{ day, kind: isHalf ? 'half' : 'full', net: money(net), closed: money(net) },
    ...{ fills, opened: fills > 0 ? 1 : 0 },
  }));
  return ok({ kind: 'history', days: closed });
}
