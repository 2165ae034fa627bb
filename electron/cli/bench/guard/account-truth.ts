import { money, type Money } from '../../../../shared/domain/money/money.ts';
import type { SimAccount } from '../../../../shared/simulation/broker/sim-account.ts';

/** The moment at which the broker's own books first stood at the trader's own limit or beyond. */
export interface TrueBreach {
  /** Virtual milliseconds. */
  readonly at: number;
  /** The own limit's level of equity at that moment. */
  readonly level: Money;
  readonly equity: Money;
}

/** How one account really stands, by the broker's books: what every report of it is judged by. */
export class AccountTruth {
  readonly #books: SimAccount;
  readonly #room: Money;
  #peak: Money;
  #breach: TrueBreach | null = null;
  #lowest: Money;
  #hasTouchedFloor = false;
  readonly #margin: Money;
  #beyondSince: number | null = null;

  /**
   * `room` is what lies between the highest equity and the firm's floor, `margin` by how much the books and the desk
   * may value the account differently.
   */
  constructor(
    books: SimAccount,
    { room, margin }: { readonly room: Money; readonly margin: Money },
  ) {
    this.#books = books;
    this.#room = room;
    this.#margin = margin;
    this.#peak = books.netLiquidation;
    this.#lowest = books.netLiquidation;
  }

  /** The lowest equity so far. */
  get lowest(): Money {
    return this.#lowest;
  }

  get equity(): Money {
    return this.#books.netLiquidation;
  }

  /** Since when the equity has stood beyond the own limit by more than the margin; null when it does not. */
  get beyondSince(): number | null {
    return this.#beyondSince;
  }

  get breach(): TrueBreach | null {
    return this.#breach;
  }

  get hasTouchedFloor(): boolean {
    return this.#hasTouchedFloor;
  }

  /** What the equity lacks to the level of an own limit. */
  shortOf(ownLimit: Money): Money {
    return money(this.equity - (this.#peak - ownLimit));
  }

  /** Looks at the books; call after every change of them. `ownLimit` null: there is none yet. */
  look(now: number, ownLimit: Money | null): void {
    const { equity } = this;
    this.#peak = money(Math.max(this.#peak, equity));
    this.#lowest = money(Math.min(this.#lowest, equity));
    this.#hasTouchedFloor ||= equity <= this.#peak - this.#room;
    if (ownLimit === null) return;
    const level = money(this.#peak - ownLimit);
    if (equity < level - this.#margin) this.#beyondSince ??= now;
    else this.#beyondSince = null;
    if (this.#breach === null && equity <= level) this.#breach = { at: now, level, equity };
  }
}
