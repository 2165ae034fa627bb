import type { DeskPatch, DeskView } from '../../../shared/protocol/ipc/views.ts';

/** The patch that turns one view into another of the same mode; the inverse of applying it. */
export function diffDesk(before: DeskView, after: Omit<DeskView, 'rev'>): DeskPatch {
  const names = (view: Pick<DeskView, 'accounts'>) => view.accounts.map(({ name }) => name);
  const ids = (view: Pick<DeskView, 'flattens'>) => view.flattens.map(({ id }) => id);
  const newestKnown = before.feed.at(-1)?.id ?? -1;
  return {
    rev: before.rev + 1,
    at: after.at,
    status: after.status,
    bridge: after.bridge,
    store: after.store,
    accounts: changed(before.accounts, after.accounts),
    removedAccounts: missing(names(before), names(after)),
    instruments: changed(before.instruments, after.instruments),
    flattens: changed(before.flattens, after.flattens),
    removedFlattens: missing(ids(before), ids(after)),
    feed: after.feed.filter(({ id }) => id > newestKnown),
  };
}

function changed<T>(before: readonly T[], after: readonly T[]): T[] {
  const known = new Set(before.map((entry) => JSON.stringify(entry)));
  return after.filter((entry) => !known.has(JSON.stringify(entry)));
}

function missing(before: readonly string[], after: readonly string[]): string[] {
  const kept = new Set(after);
  return before.filter((key) => !kept.has(key));
}
