import { describe, expect, it } from 'vitest';
import { ACCOUNT, accountTerms, ES, SimulatedDesk } from '../testing/simulated-desk.ts';
import { USUAL_LATENCY } from './broker/latency.ts';
import { signOf } from './exchange/sim-order.ts';
import type { PlatformBooks } from './platform-options.ts';
import { GeneratedSource } from './market/generated-source.ts';
import { contractFromName } from './contracts.ts';
import { randomFrom } from './random.ts';

const PRICE = 20_000;
const LATER_MS = 3_600_000;
const BEGIN = Date.UTC(2026, 0, 5, 15);

/** A platform that was ended as it is here, and started again an hour later, through a file. */
function again(books: PlatformBooks): SimulatedDesk {
  const kept = JSON.parse(JSON.stringify(books)) as PlatformBooks;
  return new SimulatedDesk({ books: kept, startsAt: BEGIN + LATER_MS });
}

function terminalOf(desk: SimulatedDesk) {
  const account = desk.platform.terminal.account(ACCOUNT);
  if (account === undefined) throw new Error('The account is there from the start.');
  return account;
}

function trading(): SimulatedDesk {
  const desk = new SimulatedDesk();
  desk.tick(PRICE);
  desk.submit({ quantity: 3 });
  desk.tick(PRICE + 8);
  desk.submit({ action: 'sell', quantity: 1 });
  desk.run(1_000);
  return desk;
}

describe('a platform that goes on from its books', () => {
  it('holds the same positions, money and executions', () => {
    const first = trading();
    const second = again(first.platform.books);
    const [before, after] = [first, second].map(({ platform }) => platform.broker.account(ACCOUNT));
    expect(second.position()).toBe(2);
    expect(after?.books).toEqual(before?.books);
    expect(after?.averageTicksE4(ES)).toBe(before?.averageTicksE4(ES));
    expect(after?.netLiquidation).toBe(before?.netLiquidation);
    const [shownBefore, shownAfter] = [terminalOf(first), terminalOf(second)];
    expect([...shownAfter.executions.values()]).toEqual([...shownBefore.executions.values()]);
    expect(shownAfter.position(ES)).toBe(2);
    expect(shownAfter.items.get('netLiquidation')).toBe(before?.netLiquidation);
    expect(shownAfter.unsettled).toEqual([]);
  });

  it('tells nobody of what was told before', () => {
    expect(again(trading().platform.books).events).toEqual([]);
  });

  it('gives no id a second time', () => {
    const first = trading();
    const second = again(first.platform.books);
    second.tick(PRICE);
    second.submit({ action: 'sell', quantity: 2 });
    second.run(1_000);
    const ids = [first, second].flatMap((desk) =>
      desk.of('execution').map(({ execution }) => execution.id),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(second.position()).toBe(0);
    expect(terminalOf(second).executions.size).toBe(ids.length);
  });

  it('keeps the orders that stand at the exchange, and their groups', () => {
    const first = new SimulatedDesk();
    first.tick(PRICE);
    first.submit({ quantity: 1, bracket: { stopTicks: 8, targetTicks: 8 } });
    first.run(1_000);
    const second = again(first.platform.books);
    const live = [...terminalOf(second).liveOrders.values()];
    expect(live.map(({ name, state }) => [name, state])).toEqual([
      ['Stop1', 'accepted'],
      ['Target1', 'working'],
    ]);
    second.tick(PRICE + 20);
    second.run(1_000);
    expect(second.position()).toBe(0);
    expect(terminalOf(second).liveOrders.size).toBe(0);
  });

  it('keeps a stop from the moment that the broker took it', () => {
    const first = new SimulatedDesk({ latency: USUAL_LATENCY });
    first.tick(PRICE);
    let kept = first.platform.books;
    first.platform.onBooks(() => {
      kept = first.platform.books;
    });
    const stop = first.submit({ action: 'sell', type: 'stopMarket', stop: PRICE - 4 });
    first.run(1_000);
    expect(stop.state).toBe('accepted');
    const second = again(kept);
    expect(terminalOf(second).liveOrders.get(stop.id)?.state).toBe('accepted');
    second.tick(PRICE - 4);
    second.run(1_000);
    expect(second.position()).toBe(-1);
  });

  it('shows an order that was on its way as cancelled', () => {
    const first = new SimulatedDesk({ latency: USUAL_LATENCY });
    first.tick(PRICE);
    const order = first.submit({ quantity: 1 });
    const second = again(first.platform.books);
    expect(terminalOf(second).orders.get(order.id)?.state).toBe('cancelled');
    second.tick(PRICE);
    second.run(1_000);
    expect(second.position()).toBe(0);
  });

  it('flattens what an earlier run opened', () => {
    const second = again(trading().platform.books);
    second.tick(PRICE);
    const id = second.flatten();
    second.run(5_000);
    expect(second.result(id)).toMatchObject({ outcome: 'done', remaining: [] });
    expect(second.position()).toBe(0);
  });

  it('leaves out accounts that it does not have', () => {
    const { books } = trading().platform;
    const other = new SimulatedDesk({ books, accounts: [accountTerms('Sim999')] });
    expect([...other.platform.broker.accounts.keys()]).toEqual(['Sim999']);
    expect(other.platform.broker.orders.liveOf(ACCOUNT)).toEqual([]);
  });
});

it('whenever the platform is killed, its books know every fill that anybody has heard of', () => {
  const desk = new SimulatedDesk({ latency: USUAL_LATENCY });
  let kept = desk.platform.books;
  let heard = 0;
  desk.platform.onBooks(() => {
    kept = desk.platform.books;
  });
  desk.platform.listen((event) => {
    const { execution } = event.kind === 'execution' ? event : { execution: null };
    if (execution === null) return;
    heard += 1;
    expect(kept.broker.fills.map(({ id }) => id)).toContain(execution.id);
    const sum = kept.broker.fills.reduce((q, fill) => q + signOf(fill.side) * fill.quantity, 0);
    expect(again(kept).position()).toBe(sum);
  });
  for (let step = 0; step < 12; step += 1) {
    desk.tick(PRICE + (step % 5) * 3, { bidSize: 2, askSize: 2 });
    const bracket = { stopTicks: 4, targetTicks: 4 };
    desk.submit({ action: step % 3 === 0 ? 'sell' : 'buy', quantity: 3, bracket });
    desk.run(70);
  }
  expect(heard).toBeGreaterThan(10);
});

it('a generated market goes on from the price where it was left', () => {
  const contract = contractFromName(ES);
  if (!contract.ok) throw new Error(contract.error.detail);
  const terms = { contract: contract.value, startsAt: BEGIN, historyMinutes: 5 };
  const usual = new GeneratedSource({ ...terms, random: randomFrom(1) });
  const moved = new GeneratedSource({ ...terms, random: randomFrom(1), goesOnFrom: PRICE });
  expect(Math.abs(moved.next().last - PRICE)).toBeLessThan(20);
  expect(moved.history.at(-1)?.volume).toBe(usual.history.at(-1)?.volume);
  expect(Math.abs((moved.history.at(-1)?.close ?? 0) - PRICE)).toBeLessThan(20);
});
