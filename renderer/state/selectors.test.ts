import { describe, expect, it } from 'vitest';
import { SCENARIOS } from '../bridge/fake/scenarios.ts';
import {
  account,
  desk,
  ES,
  flatten,
  fromFills,
  NOT_REPORTED,
  order,
} from '../bridge/fake/view-parts.ts';
import { alarms, flattenOf, followedInstrument, totalOf, widerRun } from './selectors.ts';

const ALL = { kind: 'all' as const };
const A = { kind: 'account' as const, account: 'A' };

describe('alarms', () => {
  it('end when a newer run takes the scope over, not when one is only called off', () => {
    const old = flatten('f1', { scope: A, state: 'unresolved' });
    const ids = (state: 'requested' | 'disarmed' | 'confirmed'): string[] =>
      alarms(desk({ flattens: [flatten('f2', { scope: ALL, state }), old] })).map(({ id }) => id);
    expect(ids('requested')).toEqual([]);
    expect(ids('confirmed')).toEqual([]);
    expect(ids('disarmed')).toEqual(['f1']);
  });

  it('stay when the newer run covers only a part', () => {
    const view = desk({
      flattens: [flatten('f2', { scope: A }), flatten('f1', { scope: ALL, state: 'refused' })],
    });
    expect(alarms(view).map(({ id }) => id)).toEqual(['f1']);
  });
});

describe('the flatten of a scope', () => {
  const view = desk({ flattens: [flatten('f2', { scope: ALL }), flatten('f1', { scope: A })] });

  it('is the newest of exactly that scope', () => {
    expect(flattenOf(view, A)?.id).toBe('f1');
    expect(flattenOf(view, { kind: 'account', account: 'B' })).toBeUndefined();
  });

  it('is covered by a running wider one', () => {
    expect(widerRun(view, { kind: 'instrument', account: 'A', instrument: 'ES' })?.id).toBe('f2');
    expect(widerRun(view, ALL)).toBeUndefined();
  });
});

describe('sums over accounts', () => {
  it('say how many accounts they could not include', () => {
    const accounts = [
      account('A', { openProfit: fromFills(10_000) }),
      account('B', { openProfit: NOT_REPORTED }),
    ];
    expect(totalOf(accounts, 'openProfit')).toEqual({ value: 10_000, currency: 'USD', missing: 1 });
  });

  it('are unknown when nothing was reported', () => {
    expect(totalOf([account('A', { openProfit: NOT_REPORTED })], 'openProfit').value).toBeNull();
  });

  it('never add different currencies', () => {
    const accounts = [account('A'), account('B', { currency: 'EUR' })];
    expect(totalOf(accounts, 'openProfit').value).toBeNull();
  });
});

describe('the instrument of the chart', () => {
  const exposed = SCENARIOS.exposed();

  it('follows the open position, then the working order', () => {
    expect(followedInstrument(exposed, null)).toBe(ES.name);
    const working = desk({ accounts: [account('A', { orders: [order('1', {})] })] });
    expect(followedInstrument(working, null)).toBe(ES.name);
    expect(followedInstrument(desk({}), null)).toBeNull();
  });

  it('stays where it is while that is open or nothing is', () => {
    expect(followedInstrument(exposed, 'NQ 03-26')).toBe('NQ 03-26');
    expect(followedInstrument(SCENARIOS.flat(), 'GC 02-26')).toBe('GC 02-26');
  });

  it('leaves an instrument in which nothing is open for one in which something is', () => {
    expect(followedInstrument(exposed, 'GC 02-26')).toBe(ES.name);
  });
});
