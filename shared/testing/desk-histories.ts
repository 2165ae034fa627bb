import fc from 'fast-check';
import type { EpochMs } from '../kernel/clock.ts';
import {
  ACCOUNT_ITEM_NAMES,
  type AccountName,
  type ConnectionStatus,
} from '../domain/account/account.ts';
import { ORDER_STATES } from '../domain/account/order.ts';
import type { Fact } from '../domain/desk/fact.ts';
import type { InstrumentName, Ticks } from '../domain/instrument/instrument.ts';
import { money } from '../domain/money/money.ts';
import {
  account,
  execution,
  item,
  lost,
  opened,
  OPEN_AT,
  order,
  position,
  quote,
  snapshot,
  terms,
} from './desk-facts.ts';

const DAY_MS = 86_400_000;
const names = fc.constantFrom('Sim101', 'Sim102', 'Sim103').map((name) => name as AccountName);
const instruments = fc.constantFrom('ES 12-26', 'NQ 12-26').map((name) => name as InstrumentName);
const seqs = fc.integer({ min: 1, max: 60 });
const times = fc.integer({ min: 0, max: 3 * DAY_MS }).map((ms) => (OPEN_AT + ms) as EpochMs);
const statuses = fc.constantFrom<ConnectionStatus>('connected', 'connectionLost', 'disconnected');
const sides = fc.constantFrom('buy' as const, 'sell' as const);

const orders = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    account: names,
    instrument: instruments,
    side: sides,
    state: fc.constantFrom(...ORDER_STATES),
    quantity: fc.integer({ min: 1, max: 4 }),
    filled: fc.integer({ min: 0, max: 4 }),
    updatedAt: times,
  })
  .map(({ id, ...over }) => order(id, over));

const executions = fc
  .record({
    id: fc.constantFrom('x1', 'x2', 'x3', 'x4', 'x5', 'x6', 'x7', 'x8'),
    account: names,
    instrument: instruments,
    side: sides,
    quantity: fc.integer({ min: 1, max: 3 }),
    price: fc.integer({ min: 1, max: 99 }).map((ticks) => ticks as Ticks),
    cost: fc.integer({ min: 0, max: 99 }).map(money),
    isStartOfDay: fc.boolean(),
    executedAt: times,
  })
  .map(({ id, ...over }) => execution(id, over));

const positions = fc
  .record({ seq: seqs, quantity: fc.integer({ min: -2, max: 2 }), account: names, at: instruments })
  .map(({ seq, quantity, account: of, at }) =>
    position(seq, quantity, { account: of, instrument: at }),
  );

const accounts = fc
  .record({ seq: seqs, name: names, connectionStatus: statuses })
  .map(({ seq, ...over }) => account(seq, over));

const items = fc
  .record({
    seq: seqs,
    name: fc.constantFrom(...ACCOUNT_ITEM_NAMES),
    value: fc.option(fc.integer({ min: 0, max: 3 }), { nil: null }),
    of: names,
  })
  .map(({ seq, name, value, of }) => item(seq, name, value, of));

const connections = fc.record({ seq: seqs, status: statuses }).map(({ seq, status }) => ({
  kind: 'connection.reported' as const,
  seq,
  name: 'Simulated',
  status,
  priceStatus: status,
  detail: '',
}));

const refusals = fc.record({
  type: fc.constantFrom('order', 'position', 'instrument'),
  account: fc.constantFrom('', 'Sim101', 'Sim102'),
  instrument: fc.constant('ES 12-26'),
  code: fc.constant('OFF_TICK'),
});

/** A platform lists nothing twice. */
const distinct = <T>(of: fc.Arbitrary<T>, key: (entry: T) => string, maxLength = 3) =>
  fc.uniqueArray(of, { maxLength, selector: key });

export const snapshots = fc
  .record({
    asOfSeq: seqs,
    scope: fc.constantFrom('full' as const, 'state' as const),
    accounts: distinct(accounts, (entry) => entry.account.name),
    items: distinct(items, (entry) => `${entry.account} ${entry.item}`),
    connections: distinct(connections, (entry) => entry.name),
    orders: distinct(orders, (entry) => `${entry.account} ${entry.id}`),
    executions: distinct(executions, (entry) => `${entry.account} ${entry.id}`),
    positions: distinct(positions, (entry) => `${entry.account} ${entry.instrument}`),
    refused: fc.array(refusals, { maxLength: 1 }),
  })
  .map(({ asOfSeq, ...over }) => snapshot(asOfSeq, over));

const facts: fc.Arbitrary<Fact> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({ seq: seqs, order: orders })
      .map((f) => ({ kind: 'order.reported' as const, ...f })),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({ seq: seqs, execution: executions })
      .map((f) => ({ kind: 'execution.reported' as const, ...f })),
  },
  { weight: 4, arbitrary: positions },
  { weight: 2, arbitrary: items },
  { weight: 1, arbitrary: accounts },
  { weight: 1, arbitrary: connections },
  { weight: 2, arbitrary: snapshots },
  { weight: 1, arbitrary: seqs.map((seq) => terms(seq)) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 99 }).map((last) => quote(last)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Fact>(opened('s1'), opened('s2'), lost('s1'), lost('s2')),
  },
  { weight: 1, arbitrary: seqs.map((to): Fact => ({ kind: 'link.gap', from: 1, to })) },
);

/** Some facts come twice and some late, as they do over a bad line. */
export const histories: fc.Arbitrary<readonly Fact[]> = fc
  .array(fc.record({ fact: facts, again: fc.boolean(), late: fc.nat({ max: 9 }) }), {
    maxLength: 50,
  })
  .map((said) =>
    said
      .flatMap(({ fact, again, late }, at) => [
        { fact, at: at + late },
        ...(again ? [{ fact, at: at + 2 * late }] : []),
      ])
      .sort((a, b) => a.at - b.at)
      .map(({ fact }) => fact),
  );
