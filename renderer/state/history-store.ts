import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DeskView } from '../../shared/protocol/ipc/views.ts';
import type { DeskStore } from './desk-store.ts';
import { equityPoint, withPoint, type EquityLine } from './equity-line.ts';
import { withVerdicts, type VerdictTrail } from './verdict-trail.ts';

/** What this window has seen of the accounts since it was opened; the journal knows more. */
export interface HistoryState {
  /** Time of the first view; null before it. */
  readonly since: number | null;
  readonly equity: Readonly<Record<string, EquityLine>>;
  readonly trails: Readonly<Record<string, VerdictTrail>>;
}

export type HistoryStore = StoreApi<HistoryState>;

/** A history that follows the mirror from now on. */
export function createHistoryStore(desk: DeskStore): HistoryStore {
  const store = createStore<HistoryState>(() => ({ since: null, equity: {}, trails: {} }));
  desk.subscribe(({ view }, { view: before }) => {
    if (view !== null && view !== before) store.setState((past) => extended(past, before, view));
  });
  return store;
}

const NO_LINE: EquityLine = [];
const NO_TRAIL: VerdictTrail = [];

function extended(past: HistoryState, before: DeskView | null, view: DeskView): HistoryState {
  const known = new Map(before?.accounts.map((account) => [account.name, account]));
  const equity = { ...past.equity };
  const trails = { ...past.trails };
  for (const account of view.accounts) {
    const { name } = account;
    const last = known.get(name);
    if (last === account) continue;
    equity[name] = withPoint(equity[name] ?? NO_LINE, equityPoint(account, view.at));
    if (last === undefined) continue;
    const change = {
      before: last.risk,
      after: account.risk,
      at: account.risk.evaluatedAt ?? view.at,
    };
    trails[name] = withVerdicts(trails[name] ?? NO_TRAIL, change);
  }
  return { since: past.since ?? view.at, equity, trails };
}
