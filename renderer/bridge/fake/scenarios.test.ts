import { expect, it } from 'vitest';
import type { AccountView, DeskView } from '../../../shared/protocol/ipc/views.ts';
import { SCENARIOS } from './scenarios.ts';

/** Every moment at which something of an account was heard. */
function timesOf(account: AccountView): (number | null)[] {
  const { netLiquidation, cashValue, realizedToday, openProfit } = account;
  const figures = [netLiquidation, cashValue, realizedToday, openProfit];
  return [account.heardAt, ...figures.map(({ asOf }) => asOf)];
}

function newest(times: readonly (number | null)[]): number {
  return Math.max(Number.NEGATIVE_INFINITY, ...times.flatMap((time) => time ?? []));
}

const scenes: (readonly [string, DeskView])[] = Object.entries(SCENARIOS).map(([name, make]) => [
  name,
  make(),
]);

it.each(scenes)('%s: nothing is younger than the last word from NinjaTrader', (_, scene) => {
  const { bridge, instruments, accounts } = scene;
  const marks = accounts.flatMap(({ positions }) => positions.map(({ markedAt }) => markedAt));
  const quotes = instruments.map(({ quotedAt }) => quotedAt);
  const heard = [...quotes, ...marks, ...accounts.flatMap(timesOf)];
  expect(newest(heard)).toBeLessThanOrEqual(bridge.heardAt ?? Number.NEGATIVE_INFINITY);
});

it.each(scenes)(
  '%s: no figure of a silent account is younger than its last word',
  (_, { accounts }) => {
    for (const account of accounts.filter(({ freshness }) => freshness !== 'live')) {
      expect(newest(timesOf(account)), account.name).toBeLessThanOrEqual(account.heardAt ?? 0);
    }
  },
);
