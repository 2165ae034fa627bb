import type { AccountName } from '../../shared/domain/account/account.ts';
import type { Stamp } from '../../shared/domain/desk/fact.ts';
import type { DeskState } from '../../shared/domain/desk/state.ts';
import type { FlattenRun } from '../../shared/domain/flatten/run.ts';
import type { GuardVerdict } from '../../shared/domain/guard/verdict.ts';
import type { InstrumentName } from '../../shared/domain/instrument/instrument.ts';
import type { DeskView, RiskView } from '../../shared/protocol/ipc/views.ts';
import type { LinkStatus, StoreHealth } from './ports.ts';
import { accountView } from './projections/account-view.ts';
import { bridgeView, deskStatus, instrumentView } from './projections/desk-parts.ts';
import type { Feed } from './projections/feed.ts';
import { flattenView } from './projections/flatten-view.ts';
import { RealizedWatch } from './projections/realized-watch.ts';
import { unclearAccountView } from './projections/unclear-account.ts';
import type { ViewSource } from './publisher.ts';

/** Where the views of the moment come from. */
export interface DeskNow {
  readonly mode: DeskView['mode'];
  readonly feed: Feed;
  readonly state: () => DeskState;
  readonly now: () => Stamp;
  readonly link: () => LinkStatus;
  readonly store: () => StoreHealth;
  readonly flattens: () => readonly FlattenRun[];
  readonly guard: (account: AccountName) => GuardVerdict;
  readonly risk: (account: AccountName) => RiskView;
}

/** Projects the parts of the desk as they are asked for. */
export function deskSource(desk: DeskNow): ViewSource {
  const realizedWatch = new RealizedWatch();
  const bridge = (): ReturnType<ViewSource['bridge']> => bridgeView(desk.link());
  const store = (): StoreHealth => desk.store();
  const flattens = (): ReturnType<ViewSource['flattens']> => desk.flattens().map(flattenView);
  return {
    bridge,
    store,
    flattens,
    account: (name) => {
      const state = desk.state();
      const account = state.accounts.get(name as AccountName);
      if (account === undefined) return null;
      const isStale = desk.link().state === 'stale';
      const { mode } = desk;
      const guard = desk.guard(name as AccountName);
      const risk = desk.risk(name as AccountName);
      const now = desk.now();
      return accountView(account, { state, mode, isStale, now, guard, risk, realizedWatch });
    },
    unclearAccount: (name) => {
      const account = desk.state().accounts.get(name as AccountName);
      return account === undefined
        ? null
        : unclearAccountView(account, { mode: desk.mode, now: desk.now() });
    },
    instrument: (name) => {
      const state = desk.state();
      const instrument = state.instruments.get(name as InstrumentName);
      return instrument === undefined ? null : instrumentView(state, instrument);
    },
    feed: () => desk.feed.all(),
    freshFeed: () => desk.feed.takeFresh(),
    status: (accounts) =>
      deskStatus(desk.state(), {
        accounts,
        flattens: flattens(),
        store: store(),
        bridge: bridge(),
      }),
  };
}
