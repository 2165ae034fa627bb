import type { AccountItemName } from '../../domain/account/account.ts';
import { addMoney, money, ZERO_MONEY, type Money } from '../../domain/money/money.ts';
import type { Contract } from '../contracts.ts';
import { Lots, type Lot } from './lots.ts';

/** Which account items a kind of connection reports. */
export type ItemProfile = 'sim' | 'rithmic' | 'tradovate';

const REPORTED: Record<ItemProfile, readonly AccountItemName[]> = {
  sim: [
    'cashValue',
    'netLiquidation',
    'realizedProfitLoss',
    'grossRealizedProfitLoss',
    'unrealizedProfitLoss',
    'commission',
    'initialMargin',
  ],
  rithmic: ['cashValue', 'netLiquidation', 'realizedProfitLoss', 'unrealizedProfitLoss'],
  tradovate: [
    'cashValue',
    'netLiquidation',
    'realizedProfitLoss',
    'grossRealizedProfitLoss',
    'unrealizedProfitLoss',
    'commission',
    'initialMargin',
    'trailingMaxDrawdown',
    'dailyLossLimit',
  ],
};

/** Items that a profile lists; `trailingMaxDrawdown` and `dailyLossLimit` are listed and never given. */
export function reportedItems(profile: ItemProfile): readonly AccountItemName[] {
  return REPORTED[profile];
}

interface Holding {
  readonly contract: Contract;
  readonly lots: Lots;
  mark: number;
}

/** An account's books as they can be kept and taken up again; money in ten-thousandths, prices in ticks. */
export interface AccountBooks {
  readonly name: string;
  readonly startCash: Money;
  readonly grossRealized: Money;
  readonly commission: Money;
  readonly holdings: readonly HoldingBooks[];
}

export interface HoldingBooks {
  readonly instrument: string;
  /** The last price that the holding was valued at. */
  readonly mark: number;
  /** Oldest first. */
  readonly lots: readonly Lot[];
}

/** The broker's own books of one account: the truth that every report is made from. */
export class SimAccount {
  readonly name: string;
  readonly profile: ItemProfile;
  readonly startCash: Money;
  readonly #holdings = new Map<string, Holding>();
  #grossRealized = ZERO_MONEY;
  #commission = ZERO_MONEY;

  constructor(terms: {
    readonly name: string;
    readonly profile: ItemProfile;
    readonly startCash: Money;
  }) {
    this.name = terms.name;
    this.profile = terms.profile;
    this.startCash = terms.startCash;
  }

  /** An account that goes on from its books. */
  static goingOn(
    books: AccountBooks,
    profile: ItemProfile,
    contractOf: (instrument: string) => Contract,
  ): SimAccount {
    const account = new SimAccount({ name: books.name, profile, startCash: books.startCash });
    account.#grossRealized = books.grossRealized;
    account.#commission = books.commission;
    for (const { instrument, mark, lots } of books.holdings) {
      const contract = contractOf(instrument);
      const holding = { contract, lots: new Lots(contract.instrument.tickValue), mark };
      for (const { quantity, price } of lots) holding.lots.fill(quantity, price);
      account.#holdings.set(instrument, holding);
    }
    return account;
  }

  /** The books as they are; what is flat is left out. */
  get books(): AccountBooks {
    const open = [...this.#holdings].filter(([, { lots }]) => lots.quantity !== 0);
    return {
      name: this.name,
      startCash: this.startCash,
      grossRealized: this.#grossRealized,
      commission: this.#commission,
      holdings: open.map(([instrument, { mark, lots }]) => ({ instrument, mark, lots: lots.open })),
    };
  }

  get grossRealized(): Money {
    return this.#grossRealized;
  }

  get commission(): Money {
    return this.#commission;
  }

  get cash(): Money {
    return money(this.startCash + this.#grossRealized - this.#commission);
  }

  get unrealized(): Money {
    return addMoney(...[...this.#holdings.values()].map(({ lots, mark }) => lots.openProfit(mark)));
  }

  get netLiquidation(): Money {
    return addMoney(this.cash, this.unrealized);
  }

  get initialMargin(): Money {
    let sum = 0;
    for (const { contract, lots } of this.#holdings.values()) {
      sum += Math.abs(lots.quantity) * contract.root.initialMargin;
    }
    return money(sum);
  }

  position(instrument: string): number {
    return this.#holdings.get(instrument)?.lots.quantity ?? 0;
  }

  averageTicksE4(instrument: string): number | null {
    return this.#holdings.get(instrument)?.lots.averageTicksE4 ?? null;
  }

  /** Instruments with an open position. */
  openInstruments(): readonly string[] {
    return [...this.#holdings].filter(([, { lots }]) => lots.quantity !== 0).map(([name]) => name);
  }

  /** Books a signed fill; returns its commission. */
  book(contract: Contract, quantity: number, price: number): Money {
    const name = contract.instrument.name;
    const holding = this.#holdings.get(name) ?? {
      contract,
      lots: new Lots(contract.instrument.tickValue),
      mark: price,
    };
    this.#holdings.set(name, holding);
    holding.mark = price;
    this.#grossRealized = addMoney(this.#grossRealized, holding.lots.fill(quantity, price));
    const commission = money(Math.abs(quantity) * contract.root.commission);
    this.#commission = addMoney(this.#commission, commission);
    return commission;
  }

  /** Marks a holding at a price; true when that changes the account's value. */
  mark(instrument: string, price: number): boolean {
    const holding = this.#holdings.get(instrument);
    if (holding === undefined || holding.mark === price) return false;
    holding.mark = price;
    return holding.lots.quantity !== 0;
  }

  /** The value of an item as this kind of connection reports it; null where it knows none. */
  item(name: AccountItemName): Money | null {
    // Rithmic's values leave commissions out; NinjaTrader's own simulation takes them off.
    const excluded = this.profile === 'rithmic' ? this.#commission : ZERO_MONEY;
    switch (name) {
      case 'cashValue':
        return addMoney(this.cash, excluded);
      case 'netLiquidation':
        return addMoney(this.netLiquidation, excluded);
      case 'realizedProfitLoss':
        return money(this.#grossRealized - this.#commission + excluded);
      case 'grossRealizedProfitLoss':
        return this.#grossRealized;
      case 'unrealizedProfitLoss':
        return this.unrealized;
      case 'commission':
        return this.#commission;
      case 'initialMargin':
        return this.initialMargin;
      case 'fee':
      case 'intradayMargin':
      case 'excessIntradayMargin':
      case 'buyingPower':
      case 'trailingMaxDrawdown':
      case 'dailyLossLimit':
        return null;
    }
  }
}
