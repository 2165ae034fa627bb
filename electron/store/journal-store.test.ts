import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MonoMs } from '../../shared/kernel/clock.ts';
import { FakeClock } from '../../shared/testing/fake-clock.ts';
import type { StoreHealth } from '../engine/ports.ts';
import { exportJournal } from './journal-export.ts';
import { JournalStore } from './journal-store.ts';
import { verifyJournal } from './journal-verify.ts';
import { openDatabase } from './sqlite.ts';
import {
  appendItem,
  numbers,
  openJournal,
  openTemp,
  openUnowned,
  readTemp,
} from './testing/store-world.ts';
import { tempFolder } from './testing/temp-folder.ts';

/** A journal whose file cannot be opened until `mend` is called. */
function brokenJournal() {
  const folder = tempFolder();
  const path = join(folder, 'data', 'journal.db');
  const clock = new FakeClock();
  const journal = new JournalStore({
    timers: clock,
    runId: 'run-1',
    open: () => openDatabase({ path }),
  });
  onTestFinished(() => journal.close());
  return { clock, journal, path, mend: () => mkdirSync(join(folder, 'data')) };
}

describe('journal store', () => {
  it('writes a batch some milliseconds after its first item', () => {
    const { clock, journal, path } = openJournal();
    const reader = readTemp(path);
    const count = () => reader.prepare('SELECT count(*) AS n FROM journal').get();
    journal.append(appendItem(1));
    journal.append(appendItem(2));
    expect(count()).toEqual({ n: 0 });
    expect(journal.health().pending).toBe(2);
    clock.advance(5);
    expect(count()).toEqual({ n: 2 });
    expect(reader.prepare('SELECT count(*) AS n FROM journal_batch').get()).toEqual({ n: 1 });
  });

  it('keeps the order of what was queued before a durable item', () => {
    const { journal } = openJournal();
    journal.append(appendItem(1));
    journal.append(appendItem(2));
    expect(journal.appendDurably(appendItem(3))).toEqual({ ok: true, value: { seq: 3 } });
    journal.append(appendItem(4));
    expect(journal.flush().ok).toBe(true);
    expect(numbers(journal)).toEqual([1, 2, 3, 4]);
  });

  it('gives back what was written, with both clocks, the run and the causes', () => {
    const { journal } = openJournal(undefined, 'run-7');
    const { entry, stamp } = appendItem(1);
    const causes = { correlationId: 'cmd-1', causationId: 'msg-1' };
    journal.append({ entry, stamp: { ...stamp, mono: 1_234.5 as MonoMs }, ...causes });
    journal.flush();
    expect([...journal.read(1)]).toEqual([
      {
        seq: 1,
        v: 1,
        entry: { kind: 'engine.stopped', reason: '1' },
        wall: stamp.wall,
        mono: 1_234.5,
        runId: 'run-7',
        ...causes,
      },
    ]);
  });

  it('can be written while it is read', () => {
    const { journal } = openJournal();
    for (let n = 1; n <= 5_000; n += 1) journal.append(appendItem(n));
    journal.flush();
    let seen = 0;
    for (const record of journal.read(1)) {
      seen += 1;
      if (record.seq === 10) expect(journal.appendDurably(appendItem(5_001)).ok).toBe(true);
    }
    expect(seen).toBe(5_001);
  });

  it.each([
    "UPDATE journal SET payload = '{}' WHERE seq = 1",
    'DELETE FROM journal WHERE seq = 1',
    `INSERT OR REPLACE INTO journal (seq, kind, v, payload, wall, mono, run_id)
     VALUES (1, 'x', 1, '{}', 0, 0, 'r')`,
    "UPDATE journal_batch SET hash = ''",
    'DELETE FROM journal_batch',
    "INSERT OR REPLACE INTO journal_batch VALUES (1, 1, 1, '')",
  ])('refuses to change history: %s', (sql) => {
    const { journal, owned } = openJournal();
    journal.appendDurably(appendItem(1));
    expect(() => owned.db.exec(sql)).toThrow('append-only');
    expect(numbers(journal)).toEqual([1]);
  });

  it('goes on with the same chain after a restart', () => {
    const first = openJournal();
    first.journal.appendDurably(appendItem(1));
    first.journal.close();
    const second = openJournal(first.path, 'run-2');
    second.journal.appendDurably(appendItem(2));
    expect(numbers(second.journal)).toEqual([1, 2]);
    expect(verifyJournal(readTemp(first.path))).toEqual({ records: 2, batches: 2, flaws: [] });
  });

  it('shows what was changed, taken out or added behind its back', () => {
    const { journal, owned, path } = openJournal();
    for (let n = 1; n <= 9; n += 1) {
      journal.append(appendItem(n));
      if (n % 3 === 0) journal.flush();
    }
    owned.db.exec(`DROP TRIGGER journal_no_update; DROP TRIGGER journal_no_delete;
      UPDATE journal SET wall = wall + 1 WHERE seq = 2;
      DELETE FROM journal WHERE seq = 5;
      INSERT INTO journal (seq, kind, v, payload, wall, mono, run_id)
      VALUES (10, 'engine.stopped', 1, 'not json', 0, 0, 'r')`);
    const { flaws, records } = verifyJournal(readTemp(path));
    expect(records).toBe(9);
    expect(flaws.map(({ code, seq }) => `${code} ${seq}`)).toEqual([
      'BROKEN_SEAL 1',
      'MISSING_ROWS 4',
      'BROKEN_SEAL 4',
      'UNSEALED 10',
    ]);
  });

  it('shows a batch that was taken out whole', () => {
    const { journal, owned, path } = openJournal();
    for (let n = 1; n <= 3; n += 1) journal.appendDurably(appendItem(n));
    owned.db.exec(`DROP TRIGGER journal_no_delete; DROP TRIGGER journal_batch_no_delete;
      DELETE FROM journal WHERE seq = 2; DELETE FROM journal_batch WHERE batch = 2`);
    const codes = verifyJournal(readTemp(path)).flaws.map(({ code }) => code);
    expect(codes).toEqual(['GAP', 'BROKEN_SEAL']);
  });

  it('is exported as one JSON object per line, beside its owner', () => {
    const { journal, path } = openJournal();
    journal.appendDurably(appendItem(1));
    journal.appendDurably(appendItem(2));
    const lines = [...exportJournal(readTemp(path))].map((line) => JSON.parse(line) as unknown);
    expect(lines).toMatchObject([
      { seq: 1, kind: 'engine.stopped', payload: { reason: '1' } },
      { seq: 2, payload: { reason: '2' } },
    ]);
  });

  it('says of rows that it cannot read how many there are, and reads the rest', () => {
    const { journal, owned } = openJournal();
    journal.appendDurably(appendItem(1));
    owned.db.exec(`INSERT INTO journal (seq, kind, v, payload, wall, mono, run_id)
      VALUES (2, 'engine.stopped', 99, '{}', 0, 0, 'r')`);
    expect(numbers(journal)).toEqual([1]);
    expect(journal.health()).toMatchObject({ state: 'failing' });
    expect(journal.health().detail).toContain('the first is 2: NEWER_VERSION');
  });
});

describe('a journal that cannot write', () => {
  it('refuses what must be durable and keeps the rest until it can', () => {
    const { clock, journal, path, mend } = brokenJournal();
    const told: StoreHealth[] = [];
    journal.onHealth((health) => told.push(health));
    journal.append(appendItem(1));
    const refused = journal.appendDurably(appendItem(2));
    expect(refused).toMatchObject({ ok: false, error: { code: 'STORE_FAILED' } });
    expect(journal.health()).toMatchObject({ state: 'failing', pending: 1 });
    expect(journal.health().detail).toContain(path);
    mend();
    clock.advance(1_000);
    expect(journal.health()).toEqual({ state: 'ok', detail: '', pending: 0 });
    expect(numbers(journal)).toEqual([1]);
    expect(told.at(-1)?.state).toBe('ok');
  });

  it('is bounded in memory, drops facts before decisions and says so', () => {
    const { journal } = brokenJournal();
    const fact = { kind: 'link.gap', from: 1, to: 2, gaps: 1, missing: 2 } as const;
    for (let n = 0; n < 100_050; n += 1) journal.append(appendItem(fact));
    journal.append(
      appendItem({ kind: 'flatten.disarmed', flattenId: 'f', wall: appendItem(1).stamp.wall }),
    );
    expect(journal.health().pending).toBe(100_001);
    expect(journal.health().detail).toContain('50 records could not be kept');
  });

  it.each([
    ['full', 'max_page_count = 1', 'full'],
    ['read-only', 'query_only = ON', 'readOnly'],
  ])('tells a %s store from a broken one', (_name, pragma, state) => {
    const { clock, journal, owned } = openJournal();
    journal.appendDurably(appendItem(1));
    owned.db.pragma(pragma);
    const large = { kind: 'engine.stopped', reason: 'x'.repeat(100_000) } as const;
    expect(journal.appendDurably(appendItem(large)).ok).toBe(false);
    journal.append(appendItem(2));
    expect(journal.health()).toMatchObject({ state, pending: 1 });
    owned.db.pragma('query_only = OFF');
    owned.db.pragma('max_page_count = 1000000');
    clock.advance(1_000);
    expect(journal.health().state).toBe('ok');
    expect(numbers(journal)).toEqual([1, 2]);
  });

  it('waits out another writer', () => {
    const { clock, journal, path } = openJournal();
    journal.appendDurably(appendItem(1));
    const other = openUnowned(path);
    other.exec('BEGIN IMMEDIATE');
    journal.append(appendItem(2));
    clock.advance(5);
    expect(journal.health()).toMatchObject({ state: 'failing', pending: 1 });
    other.exec('ROLLBACK');
    clock.advance(1_000);
    expect(numbers(journal)).toEqual([1, 2]);
  });
});

describe('opening', () => {
  const failure = (path: string) => {
    const opened = openDatabase({ path });
    if (opened.ok) opened.value.close();
    return opened.ok ? null : opened.error;
  };

  it('is for one process at a time, and readers', () => {
    const { path } = openTemp();
    expect(failure(path)).toMatchObject({ code: 'LOCKED', path });
    expect(readTemp(path).open).toBe(true);
  });

  it('names the file of a damaged header', () => {
    const path = join(tempFolder(), 'journal.db');
    writeFileSync(path, 'this has never been a database '.repeat(100));
    expect(failure(path)).toMatchObject({ code: 'CORRUPT', path });
    rmSync(path);
    expect(failure(path)).toBeNull();
  });

  it('names the file of a newer version of the app and leaves it alone', () => {
    const first = openTemp();
    first.db.pragma('user_version = 99');
    first.close();
    expect(failure(first.path)).toMatchObject({ code: 'NEWER_SCHEMA', path: first.path });
  });

  it('names a folder that does not exist and one that takes no files', () => {
    const missing = join(tempFolder(), 'nowhere', 'journal.db');
    expect(failure(missing)).toMatchObject({ code: 'CANNOT_OPEN', path: missing });
    const file = join(tempFolder(), 'a-file');
    writeFileSync(file, '');
    expect(failure(join(file, 'journal.db'))).toMatchObject({ code: 'CANNOT_OPEN' });
  });

  it('runs each migration once', () => {
    const first = openTemp();
    const version = first.db.pragma('user_version', { simple: true });
    first.close();
    expect(openTemp(first.path).db.pragma('user_version', { simple: true })).toBe(version);
  });
});
