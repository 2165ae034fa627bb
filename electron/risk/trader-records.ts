import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { DeskState } from '../../shared/domain/desk/state.ts';
import { money, type Money } from '../../shared/domain/money/money.ts';
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
    case 'adjustment': {
      const desk = state.link.isOpen ? state.accounts.get(account) : undefined;
      // A broker that is heard has the money in its cash already.
      const balance = desk === undefined ? null : itemOf(desk, 'cashValue');
      return ok({ kind: 'cash', reason: wish.kind, amount: signed(wish), balance });
    }
  }
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
