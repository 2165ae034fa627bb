import { expect, test } from 'vitest';
import type { Fact } from '../../shared/domain/desk/fact.ts';
import { ES, execution, item, opened, SIM, snapshot } from '../../shared/testing/desk-facts.ts';
import { DeskWorld } from '../../shared/testing/desk-world.ts';
import { knownAccounts } from './known-accounts.ts';

const filled = (seq: number, id: string, over = {}): Fact => ({
  kind: 'execution.reported',
  seq,
  execution: execution(id, over),
});

test('an account is known by what its fills come to, whatever its platform reports', () => {
  const desk = new DeskWorld().take(opened(), snapshot(1), item(2, 'cashValue', 1_500_000_000));
  desk.take(filled(3, 'a', { quantity: 2 }), filled(4, 'b', { side: 'sell' }));
  expect(knownAccounts(desk.state)).toEqual([
    {
      name: SIM,
      cash: 1_500_000_000,
      holdings: [{ instrument: ES, lots: [{ quantity: 1, price: 20_000 }] }],
    },
  ]);
});

test('cash that was never reported is unknown, and what is flat is not held', () => {
  const desk = new DeskWorld().take(opened(), snapshot(1));
  desk.take(filled(2, 'a'), filled(3, 'b', { side: 'sell' }));
  expect(knownAccounts(desk.state)).toEqual([{ name: SIM, cash: null, holdings: [] }]);
});
