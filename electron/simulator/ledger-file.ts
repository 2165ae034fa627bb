import { closeSync, openSync, writeSync } from 'node:fs';
import { MONEY_SCALE } from '../../shared/domain/money/money.ts';
import { priceFromTicks } from '../../shared/domain/instrument/instrument.ts';
import type { SimulatedPlatform } from '../../shared/simulation/simulated-platform.ts';

/** Lines kept in memory at most; a killed process loses no more than these. */
const BATCH = 64;

/** The broker's own books as JSON lines, beside and independent of everything that was sent to the app. */
export class LedgerFile {
  readonly #platform: SimulatedPlatform;
  readonly #handle: number;
  #lines: string[] = [];

  constructor(file: string, platform: SimulatedPlatform) {
    this.#platform = platform;
    this.#handle = openSync(file, 'w');
    platform.onFill((fill) => {
      const contract = platform.contract(fill.instrument);
      const tickSizeE8 = contract?.instrument.tickSizeE8 ?? 0;
      this.#add({
        kind: 'fill',
        account: fill.account,
        instrument: fill.instrument,
        executionId: fill.id,
        orderId: fill.orderId,
        side: fill.side,
        quantity: fill.quantity,
        price: priceFromTicks(tickSizeE8, fill.price),
        priceTicks: fill.price,
        commission: fill.commission / MONEY_SCALE,
        positionAfter: fill.positionAfter,
        time: platform.clock.stamp(fill.at),
      });
    });
  }

  /** Writes what waits; call often. */
  flush(): void {
    if (this.#lines.length === 0) return;
    writeSync(this.#handle, this.#lines.join(''));
    this.#lines = [];
  }

  /** Adds every account's final values, in currency, and ends the file. */
  close(): void {
    for (const account of this.#platform.broker.accounts.values()) {
      this.#add({
        kind: 'account',
        account: account.name,
        startCash: account.startCash / MONEY_SCALE,
        cash: account.cash / MONEY_SCALE,
        netLiquidation: account.netLiquidation / MONEY_SCALE,
        grossRealized: account.grossRealized / MONEY_SCALE,
        unrealized: account.unrealized / MONEY_SCALE,
        commission: account.commission / MONEY_SCALE,
        positions: Object.fromEntries(
          account.openInstruments().map((name) => [name, account.position(name)]),
        ),
        time: this.#platform.now(),
      });
    }
    this.flush();
    closeSync(this.#handle);
  }

  #add(line: object): void {
    this.#lines.push(`${JSON.stringify(line)}\n`);
    if (this.#lines.length >= BATCH) this.flush();
  }
}
