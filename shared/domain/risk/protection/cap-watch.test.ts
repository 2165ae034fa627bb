import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../kernel/clock.ts';
import {
  capRule,
  ES,
  floorRule,
  NQ,
  order,
  position,
  ProtectedAccount,
  protectionSettings,
  stamp,
  type Said,
} from '../../../testing/protection-world.ts';
import type { InstrumentName } from '../../instrument/instrument.ts';
import type { ProtectionLevel } from './permission.ts';

const MES = 'MES 12-26' as InstrumentName;
const RULES = [floorRule(2_000), capRule(3)];

/** Judged by a cap of three minis, which the orders and positions of a reading may be over. */
function capped(level: ProtectionLevel = 'protect'): ProtectedAccount {
  const { standing } = protectionSettings();
  return new ProtectedAccount(protectionSettings({ standing: { ...standing, level } })).settle();
}

function read(account: ProtectedAccount, ms: number, said: Said): readonly string[] {
  return account.read(ms, { rules: RULES, ...said });
}

/** The orders of every cancel, in the order in which they were asked for. */
function cancels({ actions }: ProtectedAccount): readonly (readonly string[])[] {
  return actions.flatMap((action) => (action.kind === 'cancel-entries' ? [action.orders] : []));
}

function told({ notices }: ProtectedAccount, kind: string): number {
  return notices.filter((notice) => notice.kind === kind).length;
}

describe('entries over a cap', () => {
  const TWO = { orders: [order('a', 2), order('b', 2)] };

  it('are cancelled once they have stood for 250 ms, only those that do not fit', () => {
    const account = capped();
    expect(read(account, 1_000, TWO)).toEqual([]);
    expect(account.outcome?.wakeAt).toBe(stamp(1_250).mono);
    expect(read(account, 1_249, TWO)).toEqual([]);
    expect(account.at(1_250)).toEqual(['cancel-entries']);
    expect(cancels(account)).toEqual([['b']]);
  });

  it('are told of by order, size and rule, once', () => {
    const account = capped();
    for (let ms = 1_000; ms < 9_000; ms += 100) read(account, ms, TWO);
    expect(account.notices.filter(({ kind }) => kind === 'over-cap')).toEqual([
      { kind: 'over-cap', rule: 'contracts', order: 'b', instrument: ES, quantity: 2 },
    ]);
  });

  it('go newest first', () => {
    const account = capped();
    const said = { positions: [position(3)] };
    read(account, 1_000, { ...said, orders: [order('a', 1)] });
    read(account, 1_100, { ...said, orders: [order('c', 1), order('a', 1)] });
    read(account, 1_200, { ...said, orders: [order('b', 1), order('c', 1), order('a', 1)] });
    account.at(1_500);
    expect(cancels(account)).toEqual([['b', 'c', 'a']]);
  });

  it('of one instant go in the order in which the platform lists them', () => {
    const account = capped();
    const said = { positions: [position(3)], orders: [order('b', 1), order('a', 1)] };
    read(account, 1_000, said);
    read(account, 1_250, said);
    expect(cancels(account)).toEqual([['a', 'b']]);
  });

  it('that were made larger ask for their room anew', () => {
    const account = capped();
    read(account, 1_000, { orders: [order('a', 1), order('b', 2)] });
    read(account, 2_000, { orders: [order('a', 2), order('b', 2)] });
    account.at(2_250);
    expect(cancels(account)).toEqual([['a']]);
  });

  it('that were made smaller keep their place', () => {
    const account = capped();
    read(account, 1_000, { orders: [order('a', 3)] });
    read(account, 2_000, { orders: [order('a', 2), order('b', 2)] });
    account.at(2_250);
    expect(cancels(account)).toEqual([['b']]);
  });

  it('of another instrument share the cap by their weight', () => {
    const account = capped();
    const said = { positions: [position(2)], orders: [order('a', 10, MES)] };
    read(account, 1_000, said);
    account.at(1_250);
    expect(cancels(account)).toEqual([]);
    const more = { ...said, orders: [order('a', 10, MES), order('c', 1, MES)] };
    read(account, 2_000, more);
    account.at(2_250);
    expect(cancels(account)).toEqual([['c']]);
  });

  it('go although their room was free while they were placed, when a position grew', () => {
    const account = capped();
    read(account, 1_000, { positions: [position(1)], orders: [order('a', 2)] });
    read(account, 2_000, { positions: [position(2)], orders: [order('a', 2)] });
    account.at(2_250);
    expect(cancels(account)).toEqual([['a']]);
  });

  it('go beside the closing of what is held over the cap', () => {
    const account = capped();
    const excess = [{ instrument: ES, keep: 3 }];
    const rules = [floorRule(2_000), capRule(3, { excess })];
    const said = { positions: [position(5)], orders: [order('a', 1)], rules };
    expect(read(account, 1_000, said)).toEqual(['reduce-excess']);
    expect(account.at(1_250)).toEqual(['cancel-entries']);
  });

  it('go by the rule that is the first to be over', () => {
    const account = capped();
    const rules = [floorRule(2_000), capRule(3), capRule(1, { rule: 'own', effect: 'soft' })];
    const said = { orders: [order('a', 2), order('b', 2)], rules };
    // A broken soft rule locks entries and closes all; while it is only near, the cap alone counts.
    read(account, 1_000, {
      ...said,
      rules: rules.map((one) => ({ ...one, severity: 'critical' })),
    });
    account.at(1_250);
    expect(cancels(account)).toEqual([['b', 'a']]);
    expect(account.notices.flatMap((one) => (one.kind === 'over-cap' ? [one.rule] : []))).toEqual([
      'contracts',
      'own',
    ]);
  });

  it.each(['warn', 'delay'] as const)('stay under a rule that does no more than %s', (effect) => {
    const account = capped();
    const rules = [floorRule(2_000), capRule(3, { effect })];
    read(account, 1_000, { ...TWO, rules });
    account.at(9_000);
    expect(cancels(account)).toEqual([]);
  });

  it('stay when they are within the cap again before they have stood', () => {
    const account = capped();
    read(account, 1_000, TWO);
    read(account, 1_200, { orders: [order('a', 2), order('b', 1)] });
    read(account, 1_400, TWO);
    read(account, 1_649, TWO);
    expect(cancels(account)).toEqual([]);
    expect(account.at(1_650)).toEqual(['cancel-entries']);
  });

  it('do not wait for a flatten that may never be told to have ended', () => {
    const account = capped();
    const until = (stamp(0).wall - 1) as EpochMs;
    const broken = floorRule(-1, { effect: 'soft', isRoom: false, until });
    const said = { positions: [position(1)], orders: [order('a', 4)], rules: [broken, RULES[1]!] };
    expect(read(account, 1_000, said)).toEqual(['flatten']);
    expect(account.at(1_250)).toEqual(['cancel-entries']);
  });

  it('stay while it is not known what is open', () => {
    const account = capped();
    read(account, 1_000, { ...TWO, positions: null });
    account.at(9_000);
    expect(cancels(account)).toEqual([]);
  });
});

describe('a cancel of an entry over a cap', () => {
  const OVER = { orders: [order('a', 4)] };

  it('that was refused or that nothing came of is asked for again, at most every five seconds', () => {
    const account = capped();
    for (let ms = 1_000; ms < 12_000; ms += 1) read(account, ms, OVER);
    expect(cancels(account)).toHaveLength(3);
    expect(told(account, 'over-cap')).toBe(1);
  });

  it('is not asked for twice although the order fits for a while', () => {
    const account = capped();
    read(account, 1_000, OVER);
    account.at(1_250);
    read(account, 1_300, { orders: [order('a', 3)] });
    read(account, 1_400, OVER);
    account.at(6_249);
    expect(cancels(account)).toHaveLength(1);
    account.at(6_250);
    expect(cancels(account)).toHaveLength(2);
  });

  it('that the fill overtook leaves what was filled to the closing of the excess', () => {
    const account = capped();
    read(account, 1_000, OVER);
    account.at(1_250);
    const rules = [floorRule(2_000), capRule(3, { excess: [{ instrument: ES, keep: 3 }] })];
    expect(read(account, 1_300, { positions: [position(4)], rules })).toEqual(['reduce-excess']);
    account.at(9_000);
    expect(cancels(account)).toHaveLength(1);
  });
});

describe('an order that protects what is held', () => {
  it.each([
    ['a stop', [order('stop', -4)]],
    ['a stop and its target', [order('stop', -4, ES, 'g'), order('target', -4, ES, 'g')]],
    ['an order that closes and turns', [order('turn', -9)]],
  ])('%s is left alone over the cap', (_name, orders) => {
    const account = capped();
    for (const ms of [1_000, 1_500, 9_000]) read(account, ms, { positions: [position(4)], orders });
    expect(cancels(account)).toEqual([]);
  });

  const STOPS = [order('stop', -2, ES, 'g'), order('target', -2, ES, 'g')];

  it.each([
    ['has filled whole', []],
    ['has filled in part', [order('entry', 1)]],
  ])('is left alone when it is told before the position of the entry that %s', (_name, rest) => {
    const account = capped();
    read(account, 1_000, { orders: [order('entry', 3)] });
    read(account, 2_000, { orders: [...rest, ...STOPS] });
    account.at(6_999);
    expect(cancels(account)).toEqual([]);
    read(account, 6_999, { positions: [position(2)], orders: [...rest, ...STOPS] });
    account.at(20_000);
    expect(cancels(account)).toEqual([]);
  });

  it('is left alone when it is told before the fill of the entry', () => {
    const account = capped();
    read(account, 1_000, { orders: [order('entry', 3)] });
    read(account, 2_000, { orders: [order('entry', 3), ...STOPS] });
    read(account, 2_100, { orders: STOPS });
    account.at(6_999);
    expect(cancels(account)).toEqual([]);
  });

  it('goes after five seconds without a position, as the entry that it then is', () => {
    const account = capped();
    read(account, 1_000, { orders: [order('entry', 3)] });
    read(account, 2_000, { orders: STOPS });
    account.at(7_000);
    expect(cancels(account)).toEqual([['target']]);
  });

  it('is not taken for one when the order on the other side was changed long before', () => {
    const account = capped();
    read(account, 1_000, { orders: [order('x', 3)] });
    read(account, 1_100, { orders: [order('x', 2)] });
    read(account, 6_100, { orders: [order('x', 2), order('a', -4)] });
    account.at(6_350);
    expect(cancels(account)).toEqual([['a']]);
  });

  it('is not taken for one by a fill in another instrument, or on its own side', () => {
    const account = capped();
    read(account, 1_000, { orders: [order('x', 3, NQ), order('y', -3)] });
    read(account, 2_000, { orders: [order('a', -4)] });
    account.at(2_250);
    expect(cancels(account)).toEqual([['a']]);
  });

  it('waits as long when its position was closed before it', () => {
    const account = capped();
    read(account, 1_000, { positions: [position(4)], orders: [order('stop', -4)] });
    read(account, 2_000, { orders: [order('stop', -4)] });
    account.at(6_999);
    expect(cancels(account)).toEqual([]);
    account.at(7_000);
    expect(cancels(account)).toEqual([['stop']]);
  });
});

describe('the level', () => {
  const OVER = { orders: [order('a', 4)] };

  it('guard cancels', () => {
    const account = capped('guard');
    read(account, 1_000, OVER);
    expect(account.at(1_250)).toEqual(['cancel-entries']);
  });

  it('observe tells of the rule, once', () => {
    const account = capped('observe');
    for (let ms = 1_000; ms < 9_000; ms += 100) read(account, ms, OVER);
    expect(account.actions).toEqual([]);
    expect(account.notices.filter(({ kind }) => kind === 'withheld')).toEqual([
      { kind: 'withheld', action: 'cancel-entries', cause: 'rule:contracts', reasons: [] },
    ]);
    expect(told(account, 'over-cap')).toBe(0);
  });

  it('leaves every entry to a lock that stands', () => {
    const account = capped();
    account.at(900, { kind: 'lock-asked', reason: 'Enough.', until: null });
    read(account, 1_000, { orders: [order('a', 4), order('b', 1)] });
    account.at(1_250);
    expect(cancels(account)).toEqual([['a', 'b']]);
    expect(told(account, 'over-cap')).toBe(0);
  });
});
