import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { durableDesk } from '../../shared/domain/desk/durable-desk.ts';
import { FakeClock } from '../../shared/testing/fake-clock.ts';
import {
  execution,
  item,
  OPEN_AT,
  opened,
  order,
  position,
  SIM,
} from '../../shared/testing/desk-facts.ts';
import { histories } from '../../shared/testing/desk-histories.ts';
import { openUnowned } from '../store/testing/store-world.ts';
import { tempFolder } from '../store/testing/temp-folder.ts';
import { recoverDesk } from './recovery.ts';
import { connected, engineWorld, type EngineWorld } from './testing/engine-world.ts';

const DAY_MS = 86_400_000;
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A journal of some weeks with two snapshots, the last one before a flatten that was cut off by a crash. */
function cutOff(): { path: string; clock: FakeClock } {
  const first = connected();
  first.take(
    { kind: 'order.reported', seq: 3, order: order('a') },
    item(4, 'cashValue', 500_000_000),
  );
  first.take({ kind: 'execution.reported', seq: 5, execution: execution('x') }, position(6, 1));
  first.close();
  first.clock.advance(20 * DAY_MS);
  const { path, clock } = first;
  const second = connected(engineWorld({ path, clock }));
  const executedAt = clock.wall();
  second.take({ kind: 'execution.reported', seq: 7, execution: execution('y', { executedAt }) });
  second.close();
  const third = connected(engineWorld({ path, clock }));
  third.take(position(8, 2));
  third.engine.flatten({ kind: 'account', account: SIM }, 'shortcut');
  third.crash();
  return { path, clock };
}

function copyOf(path: string): string {
  const copy = join(tempFolder(), 'journal.db');
  copyFileSync(path, copy);
  return copy;
}

/** What a start on the file shows, and where its fold began. */
function start(path: string) {
  const world = engineWorld({ path, clock: new FakeClock(OPEN_AT + 21 * DAY_MS) });
  const { snapshotSeq } = recoverDesk({
    journal: world.journal,
    snapshots: world.snapshots,
    log: quiet,
  });
  return {
    view: world.engine.view(),
    durable: durableDesk(world.engine.state()),
    snapshotSeq,
    world,
  };
}

function withoutSnapshots(path: string): ReturnType<typeof start> {
  const copy = copyOf(path);
  openUnowned(copy).exec('DELETE FROM desk_snapshot; DELETE FROM desk_snapshot_part');
  const started = start(copy);
  expect(started.snapshotSeq).toBe(0);
  return started;
}

function held(world: EngineWorld): { seq: number }[] {
  return world
    .db()
    .prepare<[], { seq: number }>('SELECT seq FROM desk_snapshot ORDER BY seq')
    .all();
}

describe('a start with snapshots', () => {
  it('shows what a start without them shows, and resumes the same flatten', () => {
    const { path } = cutOff();
    const slow = withoutSnapshots(path);
    const fast = start(copyOf(path));
    expect(fast.snapshotSeq).toBeGreaterThan(0);
    expect(fast.view).toEqual(slow.view);
    expect(fast.durable).toEqual(slow.durable);
    expect(fast.view.flattens).toMatchObject([{ state: 'unresolved', armed: true }]);
    expect(fast.world.warnings).toEqual([]);
  });

  it('knows what a start without them knows, whatever was heard and wherever it was stopped', () => {
    fc.assert(
      fc.property(fc.array(histories, { minLength: 2, maxLength: 4 }), (runs) => {
        const path = join(tempFolder(), 'journal.db');
        for (const [n, history] of runs.entries()) {
          const world = engineWorld({ path, clock: new FakeClock(OPEN_AT + n * DAY_MS) });
          world.take(opened(`sess-${n}`), ...history);
          if (n === runs.length - 1) world.crash();
          else world.close();
        }
        const slow = withoutSnapshots(path);
        const fast = start(path);
        expect(fast.snapshotSeq).toBeGreaterThan(0);
        expect(fast.view).toEqual(slow.view);
        expect(fast.durable).toEqual(slow.durable);
      }),
      { numRuns: 12 },
    );
  });

  const part = 'WHERE part = 1 AND seq = (SELECT max(seq) FROM desk_snapshot)';
  it.each([
    [
      'changed',
      `UPDATE desk_snapshot_part SET payload = replace(payload, '500000000', '500000001') ${part}`,
    ],
    ['no JSON', `UPDATE desk_snapshot_part SET payload = substr(payload, 1, 40) ${part}`],
    ['cut short', `DELETE FROM desk_snapshot_part ${part}`],
    [
      'of another version',
      'UPDATE desk_snapshot SET version = 99 WHERE seq = (SELECT max(seq) FROM desk_snapshot)',
    ],
    [
      'of another journal',
      "UPDATE desk_snapshot SET hash = 'x' WHERE seq = (SELECT max(seq) FROM desk_snapshot)",
    ],
    [
      'from beyond the end',
      'UPDATE desk_snapshot SET seq = 9999, batch = 9999 WHERE seq = (SELECT max(seq) FROM desk_snapshot)',
    ],
  ])('uses the one before when the newest is %s, and tells nobody but the log', (_, damage) => {
    const { path } = cutOff();
    const slow = withoutSnapshots(path);
    const damaged = copyOf(path);
    const kept = openUnowned(damaged);
    const seqs = kept
      .prepare<[], number>('SELECT seq FROM desk_snapshot ORDER BY seq')
      .pluck()
      .all();
    expect(kept.prepare(damage).run().changes).toBe(1);
    const fast = start(damaged);
    expect(fast.snapshotSeq).toBe(seqs[0]);
    expect(fast.view).toEqual(slow.view);
    expect(fast.durable).toEqual(slow.durable);
    expect(fast.view.store.state).toBe('ok');
    expect(fast.world.warnings).toHaveLength(1);
    expect(fast.world.warnings[0]).toContain('snapshot.ignored');
    expect(fast.world.bugs).toEqual([]);
  });

  it('folds everything when no snapshot can be used', () => {
    const { path } = cutOff();
    const slow = withoutSnapshots(path);
    openUnowned(path).exec("UPDATE desk_snapshot_part SET payload = '{}'");
    const fast = start(path);
    expect(fast.snapshotSeq).toBe(0);
    expect(fast.view).toEqual(slow.view);
  });
});

describe('snapshots', () => {
  it('are taken on each stop, and the last two are kept with their parts', () => {
    const world = connected();
    world.close();
    for (let n = 0; n < 3; n += 1) engineWorld({ path: world.path, clock: world.clock }).close();
    const again = engineWorld({ path: world.path, clock: world.clock });
    expect(held(again)).toHaveLength(2);
    const owners = again
      .db()
      .prepare('SELECT DISTINCT seq FROM desk_snapshot_part ORDER BY seq')
      .all();
    expect(owners).toEqual(held(again));
  });

  it('are taken while the desk runs, so that a crash leaves little to fold', () => {
    const world = connected();
    const stamp = { wall: OPEN_AT, mono: world.clock.mono() };
    for (let n = 0; n < 50_000; n += 1) {
      const entry = {
        kind: 'command.finished',
        commandId: `c${n}`,
        outcome: 'done',
        code: '',
        detail: '',
        remaining: [],
      } as const;
      world.journal.append({ entry, stamp, correlationId: null, causationId: null });
    }
    world.journal.flush();
    world.take(position(3, 2));
    expect(held(world)).toEqual([]);
    world.clock.advance(1_100);
    const [taken] = held(world);
    expect(taken?.seq).toBeGreaterThan(50_000);
    world.crash();
    const again = start(world.path);
    expect(again.snapshotSeq).toBe(taken?.seq);
    expect(again.view.accounts[0]?.positions[0]?.quantity).toBe(2);
  });

  it('never reach beyond a record that cannot be read: every start has to tell of it', () => {
    const world = connected();
    world.close();
    const before = engineWorld({ path: world.path, clock: world.clock });
    const seqs = held(before);
    before.crash();
    openUnowned(world.path).exec(
      `INSERT INTO journal SELECT max(seq) + 1, 'from.tomorrow', 1, '{}', 0, 0, 'r', NULL, NULL FROM journal;
       INSERT INTO journal_batch SELECT max(batch) + 1, max(last_seq) + 1, max(last_seq) + 1, 'x' FROM journal_batch`,
    );
    for (let n = 0; n < 2; n += 1) {
      const again = engineWorld({ path: world.path, clock: world.clock });
      expect(again.engine.view().store.detail).toContain('1 journal records cannot be read');
      expect(held(again)).toEqual(seqs);
      again.close();
    }
  });
});
