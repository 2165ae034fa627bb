import type { EpochMs } from '../kernel/clock.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { instrumentFromTerms, type Instrument } from '../domain/instrument/instrument.ts';
import { money, type Money } from '../domain/money/money.ts';

/** What the simulated broker and the market generator know of a root symbol. */
export interface Root {
  readonly symbol: string;
  /** In price points. */
  readonly tickSize: number;
  /** USD per price point of one contract. */
  readonly pointValue: number;
  /** Delivery months, 1-12. */
  readonly months: readonly number[];
  /** Where a generated market starts, in price points. */
  readonly typicalPrice: number;
  /** Standard deviation of a day's return in the generated market. */
  readonly dailyVolatility: number;
  /** Contracts usually shown at the best bid and ask in regular hours. */
  readonly depth: number;
  /** Per contract. */
  readonly initialMargin: Money;
  /** Per contract and side, all fees together. */
  readonly commission: Money;
}

const QUARTERLY = [3, 6, 9, 12];
const MONTHLY = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

const usd = (amount: number): Money => money(Math.round(amount * 10_000));

/** Tick sizes and point values are the exchange's; prices, margins and commissions are only plausible. */
export const ROOTS: readonly Root[] = [
  {
    symbol: 'ES',
    tickSize: 0.25,
    pointValue: 50,
    months: QUARTERLY,
    typicalPrice: 6000,
    dailyVolatility: 0.011,
    depth: 40,
    initialMargin: usd(15_400),
    commission: usd(2.04),
  },
  {
    symbol: 'NQ',
    tickSize: 0.25,
    pointValue: 20,
    months: QUARTERLY,
    typicalPrice: 21_500,
    dailyVolatility: 0.014,
    depth: 6,
    initialMargin: usd(22_000),
    commission: usd(2.04),
  },
  {
    symbol: 'MES',
    tickSize: 0.25,
    pointValue: 5,
    months: QUARTERLY,
    typicalPrice: 6000,
    dailyVolatility: 0.011,
    depth: 30,
    initialMargin: usd(1540),
    commission: usd(0.62),
  },
  {
    symbol: 'MNQ',
    tickSize: 0.25,
    pointValue: 2,
    months: QUARTERLY,
    typicalPrice: 21_500,
    dailyVolatility: 0.014,
    depth: 8,
    initialMargin: usd(2200),
    commission: usd(0.62),
  },
  {
    symbol: 'GC',
    tickSize: 0.1,
    pointValue: 100,
    months: [2, 4, 6, 8, 12],
    typicalPrice: 2650,
    dailyVolatility: 0.01,
    depth: 8,
    initialMargin: usd(12_000),
    commission: usd(2.32),
  },
  {
    symbol: 'CL',
    tickSize: 0.01,
    pointValue: 1000,
    months: MONTHLY,
    typicalPrice: 71,
    dailyVolatility: 0.021,
    depth: 12,
    initialMargin: usd(6200),
    commission: usd(2.22),
  },
  {
    symbol: 'ZN',
    tickSize: 0.015625,
    pointValue: 1000,
    months: QUARTERLY,
    typicalPrice: 110,
    dailyVolatility: 0.004,
    depth: 300,
    initialMargin: usd(2000),
    commission: usd(1.57),
  },
];

/** A tradable contract: the instrument with its root's terms and delivery month. */
export interface Contract {
  readonly instrument: Instrument;
  readonly root: Root;
  /** First day of the delivery month, as NinjaTrader gives it. */
  readonly expiry: EpochMs;
}

export type ContractError = {
  readonly code: 'UNKNOWN_INSTRUMENT';
  readonly detail: string;
};

const NAME = /^([A-Z0-9]{1,6}) (\d{2})-(\d{2})$/;

/** Reads a full contract name such as `ES 12-26`; a bare root is refused, as it names no contract. */
export function contractFromName(name: string): Result<Contract, ContractError> {
  const [, symbol, month, year] = NAME.exec(name) ?? [];
  const root = ROOTS.find((candidate) => candidate.symbol === symbol);
  if (root === undefined) return unknown(`No simulated instrument "${name}".`);
  if (!root.months.includes(Number(month))) return unknown(`${root.symbol} has no month ${month}.`);
  const terms = instrumentFromTerms({ ...root, name, root: root.symbol, currency: 'USD' });
  if (!terms.ok) return unknown(`${name}: ${terms.error.code}.`);
  const expiry = Date.UTC(2000 + Number(year), Number(month) - 1, 1) as EpochMs;
  return ok({ instrument: terms.value, root, expiry });
}

/** Name of the contract that is usually traded at a time: the first whose month starts after it. */
export function frontMonthName(root: Root, at: number): string {
  const date = new Date(at);
  for (let ahead = 1; ahead <= 12; ahead += 1) {
    const start = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + ahead, 1));
    const month = start.getUTCMonth() + 1;
    if (root.months.includes(month)) {
      const year = String(start.getUTCFullYear()).slice(-2);
      return `${root.symbol} ${String(month).padStart(2, '0')}-${year}`;
    }
  }
  throw new Error(`Root ${root.symbol} has no delivery month.`);
}

/** Finds a root symbol in the table. */
export function rootFromSymbol(symbol: string): Root | undefined {
  return ROOTS.find((root) => root.symbol === symbol);
}

function unknown(detail: string): Result<never, ContractError> {
  return err({ code: 'UNKNOWN_INSTRUMENT', detail });
}
