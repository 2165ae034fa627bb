import { isDeepStrictEqual } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { randomFrom } from '../../../../shared/simulation/random.ts';
import { moneyFromDecimal } from '../../../../shared/domain/money/money.ts';
import type { InstrumentName } from '../../../../shared/domain/instrument/instrument.ts';
import type { AddonWorld } from './addon-world.ts';
import { ACCOUNTS, ES, Worlds, wrongs } from './testing/worlds.ts';

const worlds = new Worlds();
afterEach(() => worlds.clear());

const CONTRACTS = { [ES]: 6_000, 'NQ 12-26': 21_500, 'CL 12-26': 71 } as const;
const TRADES = 60;

/** The desk's picture of an account in the terms of the broker's books. */
function atDesk(world: AddonWorld, account: string) {
  const desk = world.account(account);
  const held = [...(desk?.positions ?? [])].flatMap(([name, { position }]) =>
    position === null ? [] : [[name, position.quantity] as const],
  );
  const fills = [...(desk?.books.values() ?? [])].flatMap((book) => [...book.fills.values()]);
  return {
    positions: Object.fromEntries(held),
    fills: fills.map(({ execution }) => execution.id as string).sort(),
    realized: desk?.items.get('realizedProfitLoss')?.value,
    unrealized: desk?.items.get('unrealizedProfitLoss')?.value,
    cash: desk?.items.get('cashValue')?.value,
    live: [...(desk?.liveOrders.values() ?? [])].map(({ order }) => order.quantity).sort(),
  };
}

async function atBroker(world: AddonWorld, account: string): Promise<ReturnType<typeof atDesk>> {
  const books = await world.host.books(account);
  const amount = (units: number) => {
    const read = moneyFromDecimal(Math.round(units * 100) / 100);
    if (!read.ok) throw new Error(read.error.code);
    return read.value;
  };
  return {
    positions: Object.fromEntries(
      books.positions.map(({ instrument, quantity }) => [instrument, quantity]),
    ),
    fills: books.fills.map(({ id }) => id).sort(),
    realized: amount(books.gross - books.commission),
    unrealized: amount(books.unrealized),
    cash: amount(books.cash),
    live: books.liveOrders.map(({ quantity }) => quantity).sort(),
  };
}

describe('trading on two accounts', { timeout: 180_000 }, () => {
  it('leaves at the desk what the broker has in its books', async () => {
    const world = await worlds.trading();
    const { host } = world;
    const random = randomFrom('trading');
    const names = Object.keys(CONTRACTS) as [keyof typeof CONTRACTS];
    for (const instrument of names) {
      await host.do('setPrice', { instrument, last: CONTRACTS[instrument] });
    }
    for (let i = 0; i < TRADES; i += 1) {
      const instrument = random.pick(names);
      const action = random.pick(['Buy', 'Sell', 'SellShort', 'BuyToCover']);
      const away = action.startsWith('Buy') ? -40 : 40;
      const rests = random.chance(0.2);
      await host.submit({
        ...{ account: random.pick([...ACCOUNTS]), instrument, action, quantity: random.int(1, 4) },
        ...(rests ? { type: 'Limit', limit: CONTRACTS[instrument] + away } : {}),
      });
      const last = CONTRACTS[instrument] + random.int(-20, 20) * 0.25;
      await host.do('setPrice', { instrument, last });
    }
    await host.settle();
    for (const account of ACCOUNTS) {
      const due = await atBroker(world, account);
      expect(due.fills.length).toBeGreaterThan(10);
      await world
        .until(`the books of ${account} at the desk`, () => {
          return isDeepStrictEqual(atDesk(world, account), due);
        })
        // What differs says more than that something does.
        .catch(() => undefined);
      expect(atDesk(world, account)).toEqual(due);
    }
    expect(wrongs(host)).toEqual([]);
  });

  it('obeys orders of the desk on the account they name, and on no other', async () => {
    const world = await worlds.trading();
    const { engine } = world.desk;
    const instrument = ES as InstrumentName;
    await world.until('the contract', () => {
      engine.send({
        kind: 'subscribe',
        commandId: `s-${world.facts.length}`,
        instruments: [instrument],
        bars: false,
      });
      return engine.state().instruments.has(instrument);
    });
    const account = world.account('APEX-2')?.identity.name;
    if (account === undefined) throw new Error('APEX-2 is not at the desk.');
    const order = { kind: 'submitOrder', account, instrument, side: 'sell', oco: '' } as const;
    const plain = { type: 'market', limit: null, stop: null, reduceOnly: false } as const;
    const sent = engine.send({ ...order, ...plain, commandId: 'o-1', quantity: 3, label: 'Short' });
    expect(sent.ok).toBe(true);
    await world.until('the position', () => {
      const cell = world.account('APEX-2')?.positions.get(instrument);
      return cell?.position?.quantity === -3;
    });
    expect((await world.host.books('APEX-1')).fillCount).toBe(0);
    expect((await world.host.books('APEX-2')).positions).toMatchObject([{ quantity: -3 }]);
    expect(wrongs(world.host)).toEqual([]);
  });
});
