import { describe, expect, it } from 'vitest';
import type { History, OrderLife, TrueFill } from './history.ts';
import { judge, type Told } from './judge.ts';
import { drawTrial } from './draw.ts';
import type { Trial } from './trial.ts';

const ES = 'ES 12-26';
const PRESSED_AT = 1_000_000;
const CONFIRMED_AT = PRESSED_AT + 10_500;

const trial: Trial = {
  ...drawTrial('judge', 0, 'plain'),
  instruments: [ES],
  scope: { kind: 'account', account: 'TRIAL-0' },
};
const proven: Told = {
  pressedAt: PRESSED_AT,
  proof: { firstFlatAt: PRESSED_AT + 400, confirmedAt: CONFIRMED_AT, watchMs: 10_100 },
  alarmedAfterMs: null,
};
const alarmed: Told = { ...proven, proof: null, alarmedAfterMs: 10_020 };

/** What an account did, told step by step at a time after the press. */
class Account {
  readonly #orders: OrderLife[] = [];
  readonly #fills: TrueFill[] = [];
  #moment = 0;
  #position = 0;

  order(atMs: number, name: string, given: Partial<OrderLife> = {}): number {
    const id = this.#orders.length + 1;
    const order: OrderLife = {
      id,
      brokerId: String(id),
      name,
      instrument: ES,
      action: 'Sell',
      type: 'Market',
      entry: 'Automated',
      tif: 'Day',
      quantity: 2,
      filled: 0,
      filledValue: 0,
      limit: 0,
      stop: 0,
      oco: '',
      end: '',
      arrived: this.#next(),
      arrivedUtcMs: PRESSED_AT + atMs,
      ended: 0,
      endedUtcMs: 0,
      ...given,
    };
    this.#orders.push(order);
    return id;
  }

  fill(atMs: number, id: number): void {
    const order = this.#orders[id - 1];
    if (order === undefined) throw new Error('no such order');
    const quantity = order.action.startsWith('Buy') ? order.quantity : -order.quantity;
    this.#position += quantity;
    this.#fills.push({
      id: `f${id}`,
      orderId: id,
      orderName: order.name,
      instrument: order.instrument,
      quantity,
      price: 6_000,
      positionAfter: this.#position,
      utcMs: PRESSED_AT + atMs,
      moment: this.#next(),
    });
    this.end(atMs, id, 'filled');
  }

  end(atMs: number, id: number, end: string): void {
    const order = this.#orders[id - 1];
    if (order === undefined) throw new Error('no such order');
    this.#orders[id - 1] = { ...order, end, ended: this.#next(), endedUtcMs: PRESSED_AT + atMs };
  }

  /** Two contracts long since a second before the press. */
  static long(): Account {
    const account = new Account();
    account.fill(-990, account.order(-1_000, 'Entry', { action: 'Buy' }));
    return account;
  }

  /** The same, closed as it should be. */
  static closed(): Account {
    const account = Account.long();
    account.fill(120, account.order(100, 'EnigmaApexClose'));
    return account;
  }

  history(): History {
    const positions = this.#position === 0 ? [] : [{ instrument: ES, quantity: this.#position }];
    return { account: 'TRIAL-0', orders: this.#orders, fills: this.#fills, positions };
  }

  #next(): number {
    this.#moment += 1;
    return this.#moment;
  }
}

function codes(told: Told, account: Account, of: Trial = trial): readonly string[] {
  return judge(of, told, account.history()).map(({ code }) => code);
}

describe('the judge of a flatten', () => {
  it('has nothing to say of a position that was closed once', () => {
    expect(codes(proven, Account.closed())).toEqual([]);
  });

  it('has nothing to say of an alarm over an open position', () => {
    expect(codes(alarmed, Account.long())).toEqual([]);
  });

  it('finds silence', () => {
    expect(codes({ ...alarmed, alarmedAfterMs: null }, Account.long())).toEqual(['SILENT']);
  });

  it('finds an alarm, or a calm without one, that comes late', () => {
    const history = Account.long();
    expect(codes({ ...alarmed, alarmedAfterMs: 20_000 }, history)).toEqual(['LATE']);
    const lateFlat = { firstFlatAt: PRESSED_AT + 20_000, confirmedAt: PRESSED_AT + 30_500 };
    const proof = { watchMs: 10_100, ...lateFlat };
    expect(codes({ ...proven, proof }, Account.closed())).toEqual(['LATE']);
    expect(codes({ ...proven, proof, alarmedAfterMs: 10_020 }, Account.closed())).toEqual([]);
  });

  it('finds a proof over a position', () => {
    expect(codes(proven, Account.long())).toEqual(['FALSE_PROOF', 'NOT_QUIET']);
  });

  it('finds a proof over a live order', () => {
    const account = Account.closed();
    account.order(-500, 'Stop1', { type: 'StopMarket' });
    expect(codes(proven, account)).toEqual(['FALSE_PROOF', 'NOT_QUIET']);
  });

  it('finds an order that came and went in the watch', () => {
    const account = Account.closed();
    account.end(5_010, account.order(5_000, 'Target1', { type: 'Limit' }), 'cancelled');
    expect(codes(proven, account)).toEqual(['NOT_QUIET']);
  });

  it('does not blame an order that came before the watch or after the proof', () => {
    const account = Account.closed();
    account.end(300, account.order(200, 'Target1', { type: 'Limit' }), 'cancelled');
    account.order(11_000, 'Next entry', { action: 'Buy', type: 'Limit' });
    expect(codes(proven, account)).toEqual([]);
  });

  it('finds a close that is sent after the proof', () => {
    const account = Account.closed();
    account.end(11_010, account.order(11_000, 'EnigmaApexClose'), 'rejected');
    expect(codes(proven, account)).toEqual(['CLOSED_AFTER_PROOF']);
  });

  it.each([
    ['on a flat account', 2, 'Sell' as const, Account.closed()],
    ['for more than is held', 3, 'Sell' as const, Account.long()],
    ['on the wrong side', 1, 'Buy' as const, Account.long()],
  ])('finds a close %s', (_, quantity, action, account) => {
    account.fill(420, account.order(400, 'EnigmaApexClose', { quantity, action }));
    expect(codes(alarmed, account)).toEqual(['TOO_MUCH']);
  });

  it('forgives a close that crossed a fill on the way', () => {
    const account = Account.long();
    account.fill(90, account.order(-900, 'Target1', { type: 'Limit' }));
    account.fill(120, account.order(100, 'EnigmaApexClose'));
    expect(codes(alarmed, account)).toEqual([]);
  });

  it('finds two closes at once', () => {
    const account = Account.long();
    account.order(100, 'EnigmaApexClose', { quantity: 1 });
    account.order(150, 'Close', { quantity: 1 });
    expect(codes(alarmed, account)).toEqual(['DOUBLE_CLOSE']);
  });

  it('does not take a rejected close for one that was live', () => {
    const account = Account.long();
    account.end(110, account.order(100, 'EnigmaApexClose'), 'rejected');
    account.fill(420, account.order(400, 'EnigmaApexClose'));
    expect(codes(alarmed, account)).toEqual([]);
  });

  it('finds what was touched outside the scope', () => {
    const account = Account.closed();
    const other = 'ES 03-27';
    const stop = account.order(-800, 'Stop1', { type: 'StopMarket', instrument: other });
    const scope = { kind: 'instrument', account: 'TRIAL-0', instrument: ES } as const;
    const narrow: Trial = { ...trial, instruments: [ES, other], scope };
    expect(codes(proven, account, narrow)).toEqual([]);
    account.end(50, stop, 'cancelled');
    expect(codes(proven, account, narrow)).toEqual(['OUT_OF_SCOPE']);
  });
});
