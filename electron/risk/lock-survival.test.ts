import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import type { LocksSealed } from '../../shared/domain/risk/feed/record.ts';
import { DeskView } from '../../shared/protocol/ipc/views.ts';
import { opened, SIM } from '../../shared/testing/desk-facts.ts';
import { guardLimits, guardReport } from '../../shared/testing/guard-limits.ts';
import {
  deleteJournal,
  deleteSecondPlace,
  entryIsCancelled,
  locked,
  mirrored,
  NEXT_SESSION,
  restarted,
  told,
  type World,
} from './testing/locked-world.ts';
import { riskWorld } from './testing/risk-world.ts';

describe('a lock after a kill', () => {
  it('stands before the link is up and after it, and the AddOn is told to hold it', () => {
    const again = restarted(locked());
    expect(again.risk().lock).toMatchObject({ source: 'rule', until: NEXT_SESSION });
    expect(mirrored(again)).toMatchObject({ entriesLocked: true, lockedUntil: NEXT_SESSION });
    again.connect();
    expect(again.risk().lock).toMatchObject({ source: 'rule', until: NEXT_SESSION });
    const guard = again.sent.findLast(({ kind }) => kind === 'setGuard');
    expect(guard).toMatchObject({ accounts: [{ entriesLocked: true, lockedUntil: NEXT_SESSION }] });
    expect(entryIsCancelled(again)).toBe(true);
    expect(again.bugs).toEqual([]);
  });
});

it('a lock is shown, kept and read back in whole milliseconds', () => {
  const world = locked();
  expect(DeskView.safeParse(world.engine.view()).error).toBeUndefined();
  const kept = lastKept(world);
  expect(Number.isInteger(kept?.provenAt)).toBe(true);
  expect(restarted(world).risk().lock).toEqual(world.risk().lock);
});

describe('a journal that is not the newest', () => {
  it('from before the lock: locked all the same, and the trader is told', () => {
    const world = riskWorld();
    world.connect();
    world.assign();
    world.journal.flush();
    world.db().pragma('wal_checkpoint(TRUNCATE)');
    copyFileSync(world.path, join(world.folder, 'yesterday.db'));
    world.hold(2);
    world.clock.advance(300);
    world.lose(50_000, 49_100);
    world.clock.advance(1_000);
    const again = restarted(world, {
      between: (folder) => {
        deleteJournal(folder);
        copyFileSync(join(folder, 'yesterday.db'), join(folder, 'journal.db'));
      },
    });
    expect(again.risk().lock).toMatchObject({ until: NEXT_SESSION });
    expect(told(again)).toContain('older than');
    expect(mirrored(again)).toMatchObject({ entriesLocked: true });
    again.connect();
    expect(again.risk().lock).toMatchObject({ until: NEXT_SESSION });
    expect(entryIsCancelled(again)).toBe(true);
  });

  it('deleted: the second place keeps entries locked, shown although no rules are known', () => {
    const again = restarted(locked(), { between: deleteJournal });
    expect(mirrored(again)).toMatchObject({ entriesLocked: true, lockedUntil: NEXT_SESSION });
    expect(told(again)).toContain('lock');
    again.connect();
    expect(again.risk()).toMatchObject({ rules: null, lock: { until: NEXT_SESSION } });
    const guard = again.sent.findLast(({ kind }) => kind === 'setGuard');
    expect(guard).toMatchObject({ accounts: [{ entriesLocked: true }] });
  });

  it('deleted: rules that are chosen anew begin under the lock', () => {
    const again = restarted(locked(), { between: deleteJournal });
    again.connect();
    again.assign();
    expect(again.risk()).toMatchObject({ lock: { until: NEXT_SESSION } });
    expect(entryIsCancelled(again)).toBe(true);
  });
});

describe('a second place that is not there', () => {
  it('leaves the first lock of a journal as it is, and is made again', () => {
    const world = locked();
    const again = restarted(world, { between: deleteSecondPlace });
    expect(again.risk().lock).toMatchObject({ until: NEXT_SESSION });
    expect(existsSync(join(world.folder, 'locks.json'))).toBe(true);
    again.connect();
    expect(again.risk().lock).toMatchObject({ until: NEXT_SESSION });
    const last = restarted(again, { between: deleteJournal });
    expect(mirrored(last)).toMatchObject({ entriesLocked: true });
  });

  it('with a history of locks entries are locked, as what was locked cannot be told', () => {
    const world = locked();
    world.engine.risk.unlock({ account: SIM, reason: 'try' });
    world.equity(49_000);
    world.clock.advance(1_000);
    const again = restarted(world, { between: deleteSecondPlace });
    expect(again.risk().lock).not.toBeNull();
    expect(told(again)).toContain('missing or damaged');
  });
});

describe('a lock that the AddOn alone knows', () => {
  const held = guardLimits({
    entriesLocked: true,
    lockedUntil: NEXT_SESSION as EpochMs,
    reason: 'Own limit',
  });

  it('is taken over when both journal and second place are gone', () => {
    const again = restarted(locked(), {
      between: (folder) => {
        deleteJournal(folder);
        deleteSecondPlace(folder);
      },
    });
    again.connect();
    again.assign();
    again.takeNext((seq) => guardReport(seq, 7, [held]));
    again.clock.advance(1_000);
    expect(again.risk().lock).toMatchObject({ source: 'addon', until: NEXT_SESSION });
    expect(told(again)).toContain('AddOn');
    expect(entryIsCancelled(again)).toBe(true);
  });

  it('is taken over once, and its own echo is no news', () => {
    const world = locked();
    const counter = lastKept(world)?.book.counter;
    world.takeNext((seq) => guardReport(seq, 1, [held]));
    world.takeNext((seq) => guardReport(seq, 2, [held]));
    world.clock.advance(1_000);
    expect(lastKept(world)?.book.counter).toBe(counter);
  });
});

function lastKept(world: World): LocksSealed | undefined {
  const kept = [...world.journal.read(1)].flatMap(({ entry }) =>
    entry.kind === 'locks.kept' ? [entry.sealed] : [],
  );
  return kept.at(-1);
}

describe('an attempt to unlock', () => {
  it('is in the journal with its reason, and takes effect at the next session or not at all', () => {
    const world = locked();
    const answer = world.engine.risk.unlock({ account: SIM, reason: 'I feel lucky' });
    expect(answer).toMatchObject({ outcome: 'refused', from: null });
    world.clock.advance(1_000);
    expect(world.risk().lock).toMatchObject({ until: NEXT_SESSION });
    const written = [...world.journal.read(1)].filter(({ entry }) => entry.kind === 'risk.told');
    expect(JSON.stringify(written)).toContain('I feel lucky');
  });

  it('of a lock without an end has it end with the next session', () => {
    const world = riskWorld();
    world.connect();
    world.assign();
    const held = guardLimits({ entriesLocked: true, reason: 'Another desk' });
    world.takeNext((seq) => guardReport(seq, 7, [held]));
    expect(world.risk().lock).toMatchObject({ source: 'addon', until: null });
    const answer = world.engine.risk.unlock({ account: SIM, reason: 'The desk is gone' });
    expect(answer).toMatchObject({ outcome: 'later', from: NEXT_SESSION });
    expect(world.risk().lock).toMatchObject({ until: NEXT_SESSION });
    expect(told(world)).toContain('The desk is gone');
  });

  it('of an account whose rules are lost is refused and in the journal', () => {
    const again = restarted(locked(), { between: deleteJournal });
    const wish = { account: SIM, reason: 'Where is my journal?' };
    expect(again.engine.risk.unlock(wish)).toMatchObject({ outcome: 'refused' });
    expect(told(again)).toContain('Where is my journal?');
  });

  it('without a reason is refused and in the journal', () => {
    const world = locked();
    expect(world.engine.risk.unlock({ account: SIM, reason: ' ' })).toMatchObject({
      outcome: 'refused',
    });
    expect(told(world)).toContain('An unlock without a reason was refused');
  });
});

it('a second session of the same process asks for nothing that is known', () => {
  const world = locked();
  world.take(opened('sess-9'));
  expect(world.risk().lock).toMatchObject({ until: NEXT_SESSION });
});
