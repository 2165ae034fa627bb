import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EquityView, TimelineView } from '../../shared/protocol/ipc/risk-day.ts';
import type { AccountView, DeskView } from '../../shared/protocol/ipc/views.ts';
import type { DeskStore } from './desk-store.ts';
import { equityPoint, withPoint, type EquityLine } from './equity-line.ts';
import { withCourse, withTimeline } from './recalled-day.ts';
import { withVerdicts, type VerdictTrail } from './verdict-trail.ts';

/** What this window has seen of the accounts since it was opened, after what the engine told of the day before it. */
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

/** Takes in what the engine knows of an account's day; what the window saw after it stays. */
export function recallDay(store: HistoryStore, equity: EquityView, timeline: TimelineView): void {
  store.setState((past) => ({
    equity: {
      ...past.equity,
      [equity.account]: withCourse(past.equity[equity.account] ?? NO_LINE, equity),
    },
    trails: {
      ...past.trails,
      [timeline.account]: withTimeline(past.trails[timeline.account] ?? NO_TRAIL, timeline),
    },
  }));
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
    const isNewDay = last !== undefined && isOtherDay(last, account);
    const line = isNewDay ? NO_LINE : (equity[name] ?? NO_LINE);
    equity[name] = withPoint(line, equityPoint(account, view.at));
    if (last === undefined) continue;
    const change = {
      before: last.risk,
      after: account.risk,
      at: account.risk.evaluatedAt ?? view.at,
    };
    const trail = isNewDay ? NO_TRAIL : (trails[name] ?? NO_TRAIL);
    trails[name] = withVerdicts(trail, change);
  }
  return { since: past.since ?? view.at, equity, trails };
}

function isOtherDay({ risk: before }: AccountView, { risk }: AccountView): boolean {
  return before.day !== null && risk.day !== null && before.day !== risk.day;
}
