import { describe, expect, it } from 'vitest';
import { SqliteSnapshotStore } from './snapshot-store.ts';
import { appendItem, openJournal } from './testing/store-world.ts';

/** Snapshots beside a journal of one batch. */
function snapshotWorld() {
  const { journal, owned, path } = openJournal();
  const store = new SqliteSnapshotStore();
  store.attach(owned.db, path);
  journal.append(appendItem(1));
  journal.flush();
  const write = (...texts: string[]) => {
    const seal = store.sealed();
    if (seal === null) throw new Error('The journal is empty.');
    return store.keep({ seal, version: 1 }, texts);
  };
  const grow = (): void => {
    journal.append(appendItem(2));
    journal.flush();
  };
  const partCount = () => owned.db.prepare('SELECT count(*) FROM desk_snapshot_part').pluck().get();
  return { journal, owned, store, write, grow, partCount };
}

/** The texts of the newest snapshot, and whether they are whole. */
function newest(store: SqliteSnapshotStore): { texts: string[]; isWhole: boolean } | null {
  const [kept] = store.newestFirst();
  if (kept === undefined) return null;
  const texts: string[] = [];
  const parts = kept.parts();
  let next = parts.next();
  for (; next.done !== true; next = parts.next()) texts.push(next.value);
  return { texts, isWhole: next.value };
}

function finish(writing: Generator<void, boolean>): boolean {
  let step = writing.next();
  while (step.done !== true) step = writing.next();
  return step.value;
}

describe('snapshot store', () => {
  it('gives back what was written, in its order', () => {
    const { store, write } = snapshotWorld();
    expect(finish(write('a', 'b', 'c'))).toBe(true);
    expect(newest(store)).toEqual({ texts: ['a', 'b', 'c'], isWhole: true });
    expect(store.newestFirst()).toMatchObject([{ seq: 1, version: 1, isOfThisJournal: true }]);
  });

  it('does not know of one that was not finished, and the next one clears it away', () => {
    const { store, write, grow, partCount } = snapshotWorld();
    const texts = Array.from({ length: 30 }, (_, n) => String(n));
    const broken = write(...texts);
    for (let n = 0; n < 20; n += 1) broken.next();
    expect(partCount()).toBeGreaterThan(10);
    expect(newest(store)).toBeNull();
    grow();
    expect(finish(write('a'))).toBe(true);
    expect(partCount()).toBe(1);
  });

  it('replaces one that was taken at the same place', () => {
    const { store, write, partCount } = snapshotWorld();
    finish(write('a', 'b'));
    finish(write('c'));
    expect(newest(store)?.texts).toEqual(['c']);
    expect(partCount()).toBe(1);
  });

  it('keeps nothing and says so while the disk cannot be written', () => {
    const { owned, store, write } = snapshotWorld();
    finish(write('a'));
    owned.db.pragma('query_only = ON');
    expect(finish(write('b'))).toBe(false);
    expect(newest(store)).toEqual({ texts: ['a'], isWhole: true });
  });

  it('is empty without a disk and after it was closed', () => {
    const { owned, store, write } = snapshotWorld();
    finish(write('a'));
    owned.close();
    expect(store.sealed()).toBeNull();
    expect(store.newestFirst()).toEqual([]);
    expect(new SqliteSnapshotStore().sealed()).toBeNull();
  });
});
