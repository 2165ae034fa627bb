import type { AccountView, DeskView, FigureView } from '../../../shared/protocol/ipc/views.ts';

/** A scene as it stands when nothing was heard for so many milliseconds more. */
export function agedScene(scene: DeskView, ms: number): DeskView {
  const { bridge, instruments, accounts, feed } = scene;
  return {
    ...scene,
    bridge: { ...bridge, heardAt: earlier(bridge.heardAt, ms) },
    instruments: instruments.map((one) => ({ ...one, quotedAt: earlier(one.quotedAt, ms) })),
    accounts: accounts.map((one) => agedAccount(one, ms)),
    feed: feed.map((entry) => ({ ...entry, at: entry.at - ms })),
  };
}

/** The same of one account, as when only its broker is silent. */
export function agedAccount(account: AccountView, ms: number): AccountView {
  const aged = (figure: FigureView): FigureView => ({ ...figure, asOf: earlier(figure.asOf, ms) });
  return {
    ...account,
    heardAt: earlier(account.heardAt, ms),
    netLiquidation: aged(account.netLiquidation),
    cashValue: aged(account.cashValue),
    realizedToday: aged(account.realizedToday),
    openProfit: aged(account.openProfit),
    positions: account.positions.map((one) => ({ ...one, markedAt: earlier(one.markedAt, ms) })),
  };
}

function earlier(at: number | null, ms: number): number | null {
  return at === null ? null : at - ms;
}
