import type { AccountView, DeskView } from '../../../shared/protocol/ipc/views.ts';
import { seededNumbers } from './fake-bars.ts';
import { agedAccount } from './aged-scene.ts';
import { exposedScene } from './base-scenes.ts';
import {
  account,
  dollars,
  ES,
  fromFills,
  GC,
  guard,
  NOT_REPORTED,
  NQ,
  order,
  position,
  reported,
  SCENE,
} from './view-parts.ts';

/** Twenty accounts: a few exposed, one with old figures, one disconnected, one that reports little. */
export function twentyScene(): DeskView {
  const next = seededNumbers(20);
  const accounts = Array.from({ length: 20 }, (_, place) => crowdAccount(place, next));
  return { ...exposedScene(), accounts };
}

function crowdAccount(place: number, next: () => number): AccountView {
  const realized = dollars(Math.round((next() - 0.45) * 120_000) / 100);
  const base = account(`APEX-1142${String(place + 1).padStart(2, '0')}`, {
    badge: place < 14 ? 'LIVE' : 'SIM',
    connection: place < 14 ? 'Rithmic for NinjaTrader' : 'Simulated Data Feed',
    netLiquidation: reported(dollars(50_000) + realized),
    realizedToday: fromFills(realized),
    fillsToday: Math.floor(next() * 14),
  });
  return agedAccount({ ...base, ...CROWD_CHANGES[place] }, CROWD_SILENCES[place] ?? 0);
}

/** Milliseconds since the last word of an account, beyond those of the others. */
const CROWD_SILENCES: Readonly<Record<number, number>> = { 11: 8_600, 13: 183_600 };

const CROWD_CHANGES: Readonly<Record<number, Partial<AccountView>>> = {
  2: {
    positions: [position(ES, 2, 24_008)],
    openProfit: fromFills(dollars(125)),
    orders: [order('c2', { stop: 23_996 })],
  },
  5: {
    positions: [position(NQ, -3, 86_392), position(GC, 1, 26_540)],
    openProfit: fromFills(dollars(-55)),
    orders: [
      order('c5', { instrument: NQ.name, side: 'buy', quantity: 3, stop: 86_450 }),
      order('c6', { instrument: GC.name, quantity: 1, stop: 26_500 }),
    ],
  },
  8: { orders: [order('c8', { side: 'buy', type: 'limit', limit: 23_980, reducing: false })] },
  11: {
    positions: [position(ES, -1, 24_021)],
    openProfit: fromFills(dollars(100)),
    freshness: 'stale',
  },
  13: {
    freshness: 'disconnected',
    connectionStatus: 'connectionLost',
    guard: guard({ state: 'notSynced', maxContracts: 2, code: 'PENDING', problem: 'asked for.' }),
    doubts: ['Fills may be missing: the list of executions has not been confirmed.'],
  },
  16: { netLiquidation: NOT_REPORTED, realizedToday: NOT_REPORTED, openProfit: NOT_REPORTED },
  17: { guard: guard({ entriesLocked: true }) },
  18: { doubts: ['The broker reports realized +$210.00; the fills give +$197.50.'] },
};

/** Names, numbers and sentences at the edge of what fits. */
export function longNamesScene(): DeskView {
  const scene = exposedScene();
  const long = 'FundedTraderProgramme-EvaluationAccount-150K-2026-01-000000114203-B';
  return {
    ...scene,
    accounts: scene.accounts.map((one, place) =>
      place === 0
        ? account('Sim101')
        : {
            ...one,
            name: long,
            displayName: long,
            connection: 'Rithmic Paper Trading Gateway for NinjaTrader, Chicago Area 2',
            netLiquidation: reported(dollars(12_345_678.91)),
            openProfit: fromFills(dollars(-1_234_567.89)),
            realizedToday: fromFills(dollars(2_345_678.9)),
            doubts: [
              'The broker reports a position of +3 ES 03-26; the fills of today give +2. The broker’s word is shown.',
            ],
          },
    ),
    feed: [
      ...scene.feed,
      {
        id: 900,
        at: SCENE - 2_000,
        severity: 'warning',
        account: long,
        text: 'Order rejected: "Exchange rejected: account exceeds the maximum number of working contracts permitted for this product group (limit 10, requested 12)".',
      },
    ],
  };
}
