import type { MonoMs } from '../../../shared/kernel/clock.ts';
import type { AccountName } from '../../../shared/domain/account/account.ts';
import type { AccountDesk, DeskState } from '../../../shared/domain/desk/state.ts';
import { hasAllFills, standingOf } from '../../../shared/domain/desk/standing.ts';
import { tradingDayOf } from '../../../shared/domain/session/trading-day.ts';
import type { Stamp } from '../../../shared/domain/desk/fact.ts';
import { brokerFigure, fillsProfit } from './figures.ts';
import { currencyText } from './wording.ts';

interface Baseline {
  readonly epoch: number;
  readonly day: string;
  readonly broker: number;
  readonly net: number;
  readonly gross: number;
  readonly apartSince: MonoMs | null;
}

/** One hundredth of a currency unit: brokers round each fill's cost. */
const PER_FILL_TOLERANCE = 100;
/** Figures follow their fills by up to some seconds. */
const APART_FOR_MS = 5_000;

/**
 * Compares how the broker's realized P&L moves with how the fills move it. Their levels differ for good
 * reasons (an earlier session, a reset account), so only movement since a common start is compared.
 */
export class RealizedWatch {
  readonly #baselines = new Map<AccountName, Baseline>();

  /** The disagreement in plain words; null while there is none or nothing can be compared. */
  check(state: DeskState, account: AccountDesk, now: Stamp): string | null {
    const { name } = account.identity;
    const broker = brokerFigure(account, 'realizedProfitLoss').value;
    const fills = fillsProfit(state, account, 'ever');
    const isComparable = standingOf(state, account) === 'confirmed' && hasAllFills(state, account);
    if (broker === null || fills === null || !isComparable) {
      this.#baselines.delete(name);
      return null;
    }
    const start = this.#baselines.get(name);
    const day = tradingDayOf(now.wall);
    const { epoch } = state.link;
    const isReset = broker === 0 && start !== undefined && start.broker !== 0;
    if (start === undefined || start.day !== day || start.epoch !== epoch || isReset) {
      const { net, gross } = fills;
      this.#baselines.set(name, { epoch, day, broker, net, gross, apartSince: null });
      return null;
    }
    return this.#compare(name, start, { broker, ...fills, mono: now.mono, account });
  }

  #compare(
    name: AccountName,
    start: Baseline,
    now: { broker: number; net: number; gross: number; mono: MonoMs; account: AccountDesk },
  ): string | null {
    const moved = now.broker - start.broker;
    const fillsMoved = [now.net - start.net, now.gross - start.gross];
    const count = [...now.account.books.values()].reduce((n, book) => n + book.fills.size, 1);
    const agrees = fillsMoved.some((by) => Math.abs(moved - by) <= PER_FILL_TOLERANCE * count);
    const apartSince = agrees ? null : (start.apartSince ?? now.mono);
    this.#baselines.set(name, { ...start, apartSince });
    if (apartSince === null || now.mono - apartSince < APART_FOR_MS) return null;
    const [net = 0] = fillsMoved;
    const { currency } = now.account.identity;
    const theirs = currencyText(moved, currency);
    return `Since this session began NinjaTrader's realized P&L moved by ${theirs}, the fills by ${currencyText(net, currency)}.`;
  }
}
