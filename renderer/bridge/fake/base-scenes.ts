import type { AccountView, DeskView } from '../../../shared/protocol/ipc/views.ts';
import {
  account,
  CONNECTED,
  desk,
  dollars,
  ES,
  feedOf,
  fromFills,
  GC,
  NQ,
  order,
  position,
  reported,
  SCENE,
} from './view-parts.ts';

const OPENING = feedOf([
  ['info', null, 'NinjaTrader 8.1.5.2 connected.'],
  ['info', null, 'Full report received: 2 accounts, 0 positions, 0 orders.'],
  ['info', 'Sim101', 'Bought 1 ES 03-26 at 6,001.25.'],
  ['notice', 'Sim101', 'Position opened: long 1 ES 03-26.'],
  ['info', 'Sim101', 'Sold 1 ES 03-26 at 6,003.00. Realized +$82.60 after costs.'],
  ['info', 'APEX-114203', 'Bought 2 ES 03-26 at 6,002.00.'],
  ['notice', 'APEX-114203', 'Position opened: long 2 ES 03-26.'],
  ['info', 'APEX-114203', 'Stop for 2 ES 03-26 working at 5,999.00.'],
  ['info', 'APEX-114203', 'Target for 2 ES 03-26 working at 6,008.00.'],
]);

/** Two accounts, nothing open. */
export function flatScene(): DeskView {
  return desk({
    instruments: [ES, NQ, GC],
    accounts: [
      account('Sim101', {
        netLiquidation: reported(dollars(50_412.6)),
        realizedToday: fromFills(dollars(412.6)),
        fillsToday: 8,
      }),
      account('APEX-114203', {
        badge: 'LIVE',
        connection: 'Rithmic for NinjaTrader',
        netLiquidation: reported(dollars(51_870.15)),
        realizedToday: fromFills(dollars(-129.85)),
        fillsToday: 6,
      }),
    ],
    feed: OPENING,
  });
}

/** The exposed account of most scenes: long with stop and target, and one order that can add risk. */
export function exposedAccount(): AccountView {
  return account('APEX-114203', {
    badge: 'LIVE',
    connection: 'Rithmic for NinjaTrader',
    netLiquidation: reported(dollars(52_012.65)),
    realizedToday: fromFills(dollars(-129.85)),
    openProfit: fromFills(dollars(125 - 55)),
    fillsToday: 6,
    positions: [position(ES, 2, 24_008), position(NQ, -1, 86_392)],
    orders: [
      order('1', { stop: 23_996, label: 'Stop1' }),
      order('2', { type: 'limit', limit: 24_032, label: 'Target1' }),
      order('3', {
        instrument: NQ.name,
        side: 'sell',
        type: 'stopLimit',
        quantity: 1,
        stop: 86_360,
        limit: 86_356,
        reducing: false,
        state: 'changePending',
      }),
    ],
  });
}

/** Two accounts, one of them with positions and orders. */
export function exposedScene(): DeskView {
  const flat = flatScene();
  return {
    ...flat,
    status: 'exposed',
    accounts: [...flat.accounts.slice(0, 1), exposedAccount()],
  };
}

/** Nothing was ever heard. */
export function emptyScene(): DeskView {
  return desk({
    status: 'offline',
    bridge: {
      ...CONNECTED,
      state: 'waiting',
      peer: null,
      connectedAt: null,
      heardAt: null,
      messagesPerSecond: 0,
      latencyMs: null,
    },
    feed: feedOf([['info', null, 'Bridge waiting for NinjaTrader on port 8765.']]),
  });
}

/** The AddOn is there and its first report is not. */
export function connectingScene(): DeskView {
  return desk({
    status: 'offline',
    bridge: { ...CONNECTED, connectedAt: SCENE - 700, messagesPerSecond: 3 },
    feed: feedOf([
      ['info', null, 'Bridge waiting for NinjaTrader on port 8765.'],
      ['info', null, 'NinjaTrader 8.1.5.2 connected. Reading its accounts.'],
    ]),
  });
}
