import type { DeskPatch, DeskView } from '../../shared/protocol/ipc/views.ts';

/** The view keeps no more; older entries are in the journal. */
const FEED_LIMIT = 200;

/**
 * The view after a patch. Untouched entries keep their identity, so that a component that selects one
 * account is not drawn again for another's quote. The caller checks that the revision is the next one.
 */
export function applyPatch(view: DeskView, patch: DeskPatch): DeskView {
  return {
    rev: patch.rev,
    at: patch.at,
    mode: view.mode,
    status: patch.status ?? view.status,
    bridge: patch.bridge ?? view.bridge,
    store: patch.store ?? view.store,
    accounts: upsert(without(view.accounts, patch.removedAccounts, byName), patch.accounts, byName),
    instruments: upsert(view.instruments, patch.instruments, byName),
    flattens: withNewestFirst(without(view.flattens, patch.removedFlattens, byId), patch.flattens),
    feed: appended(view.feed, patch.feed),
  };
}

const byName = (entry: { readonly name: string }): string => entry.name;
const byId = (entry: { readonly id: string }): string => entry.id;

function without<T>(list: T[], keys: readonly string[] | undefined, keyOf: (entry: T) => string) {
  if (keys === undefined || keys.length === 0) return list;
  const gone = new Set(keys);
  return list.filter((entry) => !gone.has(keyOf(entry)));
}

function upsert<T>(list: T[], changed: readonly T[] | undefined, keyOf: (entry: T) => string): T[] {
  if (changed === undefined || changed.length === 0) return list;
  const fresh = new Map(changed.map((entry) => [keyOf(entry), entry]));
  const kept = list.map((entry) => {
    const replacement = fresh.get(keyOf(entry));
    fresh.delete(keyOf(entry));
    return replacement ?? entry;
  });
  return [...kept, ...fresh.values()];
}

function withNewestFirst(
  list: DeskView['flattens'],
  changed: DeskPatch['flattens'],
): DeskView['flattens'] {
  if (changed === undefined || changed.length === 0) return list;
  const known = new Set(list.map(byId));
  const added = changed.filter((entry) => !known.has(entry.id));
  return [...added, ...upsert(list, changed, byId).slice(0, list.length)];
}

function appended(list: DeskView['feed'], added: DeskPatch['feed']): DeskView['feed'] {
  if (added === undefined || added.length === 0) return list;
  return [...list, ...added].slice(-FEED_LIMIT);
}
