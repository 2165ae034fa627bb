import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import type { DeskState } from '../../shared/domain/desk/state.ts';
import { money, ZERO_MONEY, type Money } from '../../shared/domain/money/money.ts';
import type { AccountBook } from '../../shared/domain/risk/book.ts';
import { assumedMove, moveToday } from '../../shared/domain/risk/cash-moves.ts';
import type { ClosedDay } from '../../shared/domain/risk/event.ts';
import { CASH_POLICY } from '../../shared/domain/risk/feed/cash-change.ts';
import type { RecordWish } from '../../shared/protocol/ipc/risk-calls.ts';
import type { AccountEngine, TimelessEvent } from './account-engine.ts';
import type { AccountGuard } from './account-guard.ts';
import {
  cashEvidence,
  leastEndOfDay,
  unexplainedFall,
  type CashEvidence,
} from './cash-evidence.ts';
import { amountText } from './cash-wording.ts';

/** What the trader's word comes to. */
export interface Recorded {
  readonly event: TimelessEvent;
  /** For the trader. */
  readonly answer: string;
}

interface Desk {
  readonly book: AccountBook;
  readonly seen: CashEvidence;
  /** Where the firm has the account begin. */
  readonly start: Money;
}

/**
 * What the trader tells, as an event of the rules; the error is one sentence. What makes the rules tighter is believed;
 * what gives room has to agree with what the desk has seen itself.
 */
export function recordedEvent(
  wish: RecordWish,
  { account, engine }: AccountGuard,
  state: DeskState,
  now: EpochMs,
): Result<Recorded, string> {
  const { book } = engine.state();
  const { start } = engine.rules;
  const desk: Desk = { book, start, seen: cashEvidence(state, account, book, now) };
  switch (wish.kind) {
    case 'payout-request':
      return ok(known({ kind: 'payout-request' }));
    case 'reset':
      return reset(desk, money(wish.balance));
    case 'end-of-day':
      return endOfDay(desk, money(wish.balance));
    case 'peak':
      return peakTold(engine, money(wish.peak));
    case 'history': {
      if (book.isHistoryKnown) return err('The earlier days of this account are known already.');
      const event = pastDays(wish.days, book.today.day);
      return event.ok ? ok(known(event.value)) : event;
    }
    case 'payout':
    case 'deposit':
    case 'adjustment':
      return cashMoved(desk, wish.kind, signed(wish));
    case 'was-trading':
      return wasTrading(desk, money(wish.amount));
  }
}

function known(event: TimelessEvent): Recorded {
  return { event, answer: 'The rules know of it.' };
}

/** A new run puts the floor back to where it began: only where the account stands there, with nothing open. */
function reset({ start, seen }: Desk, balance: Money): Result<Recorded, string> {
  if (balance !== start) {
    return err(`A reset puts the account back to ${amountText(start)}, where its rules begin.`);
  }
  if (seen.cash !== balance || !seen.isFlat) {
    return err(
      `Record the reset once NinjaTrader shows the account flat, without orders, and its cash at ${amountText(balance)}.`,
    );
  }
  return ok(known({ kind: 'restart', balance }));
}

/** A day that ended lower leaves more room for the next one. */
function endOfDay({ book, seen }: Desk, balance: Money): Result<Recorded, string> {
  const least = leastEndOfDay(seen, book);
  if (least === null) {
    return err("Nothing is known of the account's cash yet: record it once NinjaTrader shows it.");
  }
  if (balance < least - CASH_POLICY.fees) {
    const basis = seen.cash === null ? 'the last known balance is' : 'cash less what today made is';
    return err(
      `That is less than the desk has seen: ${basis} ${amountText(least)}. Record no less, or wait for the next day.`,
    );
  }
  return ok(known({ kind: 'snapshot-report', balance }));
}

/**
 * What the desk has found today is confirmed, or called by its right name, and not counted again. Of what it has not
 * found, a fall lowers what the limits of the day are counted from only as far as the cash has shown it.
 */
function cashMoved(
  { book, seen }: Desk,
  reason: CashWish['kind'],
  amount: Money,
): Result<Recorded, string> {
  const balance = seen.cash;
  const found = moveToday(book, amount, true);
  if (found !== null) {
    return ok(known({ kind: 'cash-named', movedAt: found.at, reason, amount, balance }));
  }
  const fall = unexplainedFall(seen, book);
  if (amount >= 0 || (fall !== null && Math.abs(amount) <= fall)) {
    return ok(known({ kind: 'cash', reason, amount, balance }));
  }
  const isOther = fall !== null && fall > CASH_POLICY.fees;
  if (reason !== 'payout' || isOther) return err(notSeen(fall));
  const event = { kind: 'cash', reason, amount: ZERO_MONEY, balance } as const;
  return ok({ event, answer: UNSEEN_PAYOUT });
}

const UNSEEN_PAYOUT =
  'It counts as a payout. The cash of today does not show it, so the limits of the day stay as they are until it does.';

function notSeen(fall: Money | null): string {
  return fall === null
    ? 'The cash of today is not known, and so no fall of it: record it once NinjaTrader shows the account.'
    : `The cash of today fell by ${amountText(fall)} beyond its trades, not by this amount: record that, once it shows.`;
}

/** A peak that was seen stays, and so does a higher one. */
function peakTold(engine: AccountEngine, peak: Money): Result<Recorded, string> {
  const states = engine.state().rules;
  const memories = engine.rules.engine.rulebook.rules.flatMap(({ kind }, index) => {
    const isTrailing = kind === 'intraday-trailing' || kind === 'end-of-day-trailing';
    const memory = isTrailing ? (states[index]?.memory ?? null) : null;
    return memory !== null && 'isPeakKnown' in memory ? [memory] : [];
  });
  if (memories.length === 0) return err('No floor of these rules follows a peak.');
  if (memories.every((one) => one.isPeakKnown && peak <= one.peak)) {
    return err('The peak is known already, and is not lower than this one.');
  }
  return ok(known({ kind: 'peak-told', peak }));
}

/** A result of the day needs fills that made it, unless it is a loss. */
function wasTrading({ book, seen }: Desk, size: Money): Result<Recorded, string> {
  const move = assumedMove(book, size);
  if (move === null) return err('No change of cash of this amount was taken for something else.');
  const made = seen.realized?.most ?? 0;
  if (move.amount > 0 && made - book.today.closed < move.amount) {
    return err(
      'No fill of today made it, so it stays a booking today. The limits of the next day begin with the balance of then.',
    );
  }
  const [movedAt, balance] = [move.at, seen.cash];
  return ok(known({ kind: 'cash-withdrawn', movedAt, amount: move.amount, balance }));
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
