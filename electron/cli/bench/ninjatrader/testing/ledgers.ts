import { z } from 'zod';
import { priceFromTicks } from '../../../../../shared/domain/instrument/instrument.ts';
import type { AddonWorld } from '../addon-world.ts';
import { journaled } from './worlds.ts';

/** One tick of every contract that the tests compare fills of, in hundred-millionths. */
const TICK_E8 = 25_000_000;

const BrokerHistory = z.looseObject({
  fills: z.array(z.looseObject({ id: z.string(), quantity: z.number(), price: z.number() })),
});

/** A fill as both ledgers tell it. */
export interface LedgerRow {
  readonly account: string;
  readonly id: string;
  readonly side: string;
  readonly quantity: number;
  readonly price: number;
}

/** Every fill in the books of the broker. */
export async function booked(
  world: AddonWorld,
  accounts: readonly string[],
): Promise<readonly LedgerRow[]> {
  const rows: LedgerRow[] = [];
  for (const account of accounts) {
    const { fills } = BrokerHistory.parse(await world.host.do('history', { account }));
    for (const { id, quantity, price } of fills) {
      const side = quantity > 0 ? 'buy' : 'sell';
      rows.push({ account, id, side, quantity: Math.abs(quantity), price });
    }
  }
  return rows.sort(byId);
}

/** Every execution in the journal of the desk. */
export function kept(world: AddonWorld): readonly LedgerRow[] {
  return journaled(world)
    .map(({ account, id, side, quantity, price }) => ({
      ...{ account, id, side, quantity },
      price: priceFromTicks(TICK_E8, price),
    }))
    .sort(byId);
}

function byId(a: LedgerRow, b: LedgerRow): number {
  return Number(a.id.split('|')[1]) - Number(b.id.split('|')[1]);
}
