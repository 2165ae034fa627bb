import { afterEach, describe, expect, it } from 'vitest';
import type { NinjaTraderHost } from '../../electron/cli/bench/ninjatrader/ninjatrader-host.ts';
import { act, ES, FEED, play, ProbeHosts, told } from './testing/probe-host.ts';

const hosts = new ProbeHosts();
afterEach(() => hosts.clear());

const BUY = { ...ES, action: 'Buy' };

function kinds(host: NinjaTraderHost): readonly string[] {
  const words = host.output.map((line) => line.split(' ')[0] ?? '');
  return words.filter((word, at) => word !== words[at - 1]);
}

describe('fills in the stand-in', () => {
  it('are told as order, execution, position and figures', async () => {
    const host = await hosts.trading();
    await play(host, ['submit', BUY]);
    expect(kinds(host)).toEqual(['order', 'execution', 'position', 'item']);
    expect(told(host, 'item')).toContain('CashValue 99997.96');
  });

  it('are told with the position before the execution by some brokers', async () => {
    const host = await hosts.trading();
    await play(host, ['setFault', { account: ES.account, positionFirst: true }], ['submit', BUY]);
    const first = kinds(host).filter((kind) => kind !== 'item');
    expect(first).toEqual(['order', 'position', 'execution']);
  });

  it('come in parts when the book is thin', async () => {
    const host = await hosts.trading();
    await play(
      host,
      ['setFault', { account: ES.account, fillCap: 2 }],
      ['submit', { ...BUY, quantity: 5 }],
    );
    expect(told(host, 'execution').map((line) => line.split(' ')[1])).toEqual(['2', '2', '1']);
    expect((await host.executions(ES.account)).map(({ positionAfter }) => positionAfter)).toEqual([
      2, 4, 5,
    ]);
  });

  it('take the flat position out of the list, and turn it round in one update', async () => {
    const host = await hosts.trading();
    await play(host, ['submit', { ...BUY, quantity: 2 }]);
    await play(host, ['submit', { ...ES, action: 'Sell', quantity: 5 }]);
    await play(host, ['submit', { ...BUY, quantity: 3 }]);
    expect(told(host, 'position')).toEqual([
      'Add Long 2 listed=True',
      'Update Short 3 listed=True',
      'Remove Flat 0 listed=False',
    ]);
  });

  it.each([
    ['dropped', []],
    ['replayed', ['Long 1 order=A', 'Long 1 order=null']],
  ])('can have their execution %s', async (execution, lines) => {
    const host = await hosts.trading();
    await play(
      host,
      ['setFault', { account: ES.account, execution }],
      ['submit', { ...BUY, name: 'A' }],
    );
    expect(told(host, 'execution').map((line) => line.replace(/ entry.*/, ''))).toEqual(lines);
    expect(await host.executions(ES.account)).toHaveLength(1);
  });

  it.each([
    ['lost', [], 0],
    ['lying', ['Add Short 4 listed=True'], -4],
  ])('can have their position %s while the books are right', async (position, lines, shown) => {
    const host = await hosts.trading();
    await play(
      host,
      ['setFault', { account: ES.account, position, positionShows: -4 }],
      ['submit', BUY],
    );
    expect(told(host, 'position')).toEqual(lines);
    expect((await host.shown(ES.account)).positions[0]?.quantity ?? 0).toBe(shown);
    expect((await host.books(ES.account)).positions[0]?.quantity).toBe(1);
  });

  it('leave figures at 0 that were never reported', async () => {
    const host = await hosts.trading();
    await host.do('addConnection', { connection: 'R', brand: 'Rithmic' });
    await host.do('addAccount', { account: 'APEX-1', connection: 'R' });
    await host.do('connect', { connection: 'R' });
    await act(host, 'items');
    expect(told(host, 'unset')).toContain('0 cash 50000');
    const lists = told(host, 'lists');
    expect(lists.find((line) => line.startsWith('APEX-1'))).not.toContain('InitialMargin');
    expect(lists.find((line) => line.startsWith('Sim101'))).toContain('InitialMargin');
  });

  it('are shown as they are in the books after many random orders', async () => {
    const host = await hosts.trading();
    await host.flood({ count: 3_000, tradeShare: 0.1, instruments: ['ES 12-26', 'NQ 12-26'] });
    expect(await host.settle()).toBe(true);
    const books = await host.books(ES.account);
    const shown = await host.shown(ES.account);
    const held = (one: { instrument: string; quantity: number }): string =>
      `${one.instrument} ${one.quantity}`;
    expect(shown.positions.map(held).sort()).toEqual(books.positions.map(held).sort());
    expect(shown.executionCount).toBe(books.fillCount);
    const sums = new Map<string, number>();
    for (const { instrument, quantity } of books.fills) {
      sums.set(instrument, (sums.get(instrument) ?? 0) + quantity);
    }
    expect(books.positions.map(held).sort()).toEqual(
      [...sums]
        .filter(([, sum]) => sum !== 0)
        .map(([name, sum]) => `${name} ${sum}`)
        .sort(),
    );
    expect(books.cash).toBeCloseTo(100_000 + books.gross - books.commission, 6);
  });

  it('are made up for after the line was lost, once more and without their orders', async () => {
    const host = await hosts.trading();
    await play(
      host,
      ['submit', { ...BUY, name: 'A' }],
      ['submit', { ...BUY, type: 'Limit', limit: 5990, name: 'B' }],
    );
    await host.do('loseConnection', FEED);
    await play(host, ['setPrice', { instrument: ES.instrument, last: 5985 }]);
    expect((await host.books(ES.account)).positions[0]?.quantity).toBe(2);
    expect((await host.shown(ES.account)).positions[0]?.quantity).toBe(1);
    host.output.splice(0);
    await play(host, ['connect', FEED]);
    expect(told(host, 'execution').map((line) => line.replace(/ \d{4}-.*/, ''))).toEqual([
      'Long 1 order=B entry=True',
      'Long 1 order=null entry=False',
      'Long 1 order=null entry=False',
    ]);
    expect((await host.shown(ES.account)).positions[0]?.quantity).toBe(2);
  });

  it('made without a line can carry the time at which they are told', async () => {
    const host = await hosts.trading({ zone: 'UTC' });
    await host.do('setFault', { account: ES.account, deliveryTimes: true });
    await play(host, ['submit', { ...BUY, type: 'Limit', limit: 5990 }]);
    await host.do('loseConnection', FEED);
    await play(host, ['setPrice', { instrument: ES.instrument, last: 5985 }]);
    await host.do('setNow', { offsetMs: Date.UTC(2031, 0, 1) - Date.now() });
    await play(host, ['connect', FEED]);
    expect(told(host, 'execution')[0]).toContain('2031-01-01T00:0');
  });

  it('of a playback carry the time of the recording', async () => {
    const host = await hosts.trading({ zone: 'UTC' });
    const timeOffsetMs = Date.UTC(2020, 5, 1) - Date.now();
    await play(host, ['setFault', { account: ES.account, timeOffsetMs }], ['submit', BUY]);
    expect(told(host, 'execution')[0]).toContain('2020-06-01T00:0');
  });

  it('do not reach an account that is disconnected, which sends zeros', async () => {
    const host = await hosts.trading();
    await play(host, ['disconnect', FEED]);
    expect(told(host, 'item')).toContain('CashValue 0');
    expect(told(host, 'account')).toEqual(['Sim101 Disconnected']);
    await play(host, ['submit', { ...BUY, name: 'A' }]);
    expect(told(host, 'order')[0]).toContain('A Rejected UnableToSubmitOrder');
    expect((await host.books(ES.account)).fillCount).toBe(0);
  });
});
