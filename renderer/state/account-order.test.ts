import { describe, expect, it } from 'vitest';
import type { RuleView } from '../../shared/protocol/ipc/risk-view.ts';
import type { AccountView } from '../../shared/protocol/ipc/views.ts';
import { riskView } from '../bridge/fake/risk-parts.ts';
import { SCENARIOS } from '../bridge/fake/scenarios.ts';
import {
  account,
  desk,
  ES,
  flatten,
  fromFills,
  order,
  position,
} from '../bridge/fake/view-parts.ts';
import { accountOrder, heldOrder } from './account-order.ts';

describe('the order of accounts', () => {
  it('puts what needs eyes first and sorts equals by the number in their name', () => {
    const view = desk({
      accounts: [
        account('Q10'),
        account('Q9'),
        account('disconnected', { freshness: 'disconnected' }),
        account('working', { orders: [order('1', {})] }),
        account('exposed', { positions: [position(ES, 1, 24_000)] }),
        account('blind', { positions: [position(ES, 1, 24_000)], freshness: 'stale' }),
        account('troubled'),
      ],
      flattens: [
        flatten('f', {
          state: 'unresolved',
          remaining: [{ account: 'troubled', instrument: ES.name, quantity: 1, liveOrders: 0 }],
        }),
      ],
    });
    expect(accountOrder(view)).toEqual([
      'troubled',
      'blind',
      'exposed',
      'working',
      'disconnected',
      'Q9',
      'Q10',
    ]);
  });

  it('does not move with the price', () => {
    const view = SCENARIOS['twenty-accounts']();
    const moved = view.accounts.map((one, place) => ({
      ...one,
      openProfit: fromFills(place % 3 === 0 ? -9_999_999 : 5_000_000),
    }));
    expect(accountOrder({ ...view, accounts: moved })).toEqual(accountOrder(view));
  });

  it('puts the worst rule first, whatever is open', () => {
    const judged = (
      name: string,
      severity: RuleView['severity'],
      more: Partial<AccountView> = {},
    ) => account(name, { risk: riskView({ severity }), ...more });
    const open = { positions: [position(ES, 1, 24_000)] };
    const view = desk({
      accounts: [
        judged('kept', 'ok'),
        judged('kept and open', 'ok', open),
        judged('noticed', 'notice'),
        account('without rules'),
        account('without rules and open', open),
        judged('warned', 'warning'),
        judged('not known', 'unknown'),
        judged('critical', 'critical', open),
        judged('broken', 'breach'),
      ],
    });
    expect(accountOrder(view)).toEqual([
      'broken',
      'critical',
      'without rules and open',
      'not known',
      'warned',
      'kept and open',
      'noticed',
      'kept',
      'without rules',
    ]);
  });
});

describe('an order that is held', () => {
  it('keeps its places, drops what is gone and appends what came', () => {
    expect(heldOrder(['C', 'A', 'B'], ['A', 'B', 'D'])).toEqual(['A', 'B', 'D']);
    expect(heldOrder(['C', 'A', 'B'], ['A', 'B', 'C'])).toEqual(['C', 'A', 'B']);
  });
});
