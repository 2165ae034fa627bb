import SQLite from 'better-sqlite3';
import { dirname } from 'node:path';
import { existsSync } from 'node:fs';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { storeErrorFrom, type StoreError } from './store-error.ts';

export type Database = SQLite.Database;

export interface DatabaseOptions {
  readonly path: string;
  /** A build of the database engine for runtimes whose Node-API is older than the shipped one needs. */
  readonly nativeBinding?: string | undefined;
}

/** How long to wait for another connection; longer would freeze what runs on the same thread. */
const BUSY_TIMEOUT_MS = 250;
/** The shipped build of the engine crashes the process below this, so it is not even loaded. */
const NEEDED_NODE_API = 10;

/** Opens the database for this process alone and brings its schema up to date. */
export function openDatabase(options: DatabaseOptions): Result<OwnedDatabase, StoreError> {
  const { path } = options;
  const runtime = checkRuntime(options);
  if (runtime !== null) return err(runtime);
  if (!existsSync(dirname(path))) {
    return err({ code: 'CANNOT_OPEN', path, detail: 'its folder does not exist' });
  }
  const opened: Database[] = [];
  try {
    const owner = own(options);
    opened.push(owner);
    const db = connect(options, {});
    opened.push(db);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    const newer = migrate(db, path);
    if (newer !== null) {
      closeAll(opened);
      return err(newer);
    }
    return ok({ db, path, close: () => closeAll([db, owner]) });
  } catch (cause) {
    closeAll(opened);
    return err(storeErrorFrom(cause, path));
  }
}

/** Opens the database beside its owner, to read. */
export function openToRead(options: DatabaseOptions): Result<Database, StoreError> {
  const runtime = checkRuntime(options);
  if (runtime !== null) return err(runtime);
  try {
    const db = connect(options, { readonly: true, fileMustExist: true });
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return ok(db);
  } catch (cause) {
    return err(storeErrorFrom(cause, options.path));
  }
}

export interface OwnedDatabase {
  readonly db: Database;
  readonly path: string;
  close(): void;
}

function connect({ path, nativeBinding }: DatabaseOptions, options: SQLite.Options): Database {
  const db = new SQLite(path, {
    ...options,
    timeout: BUSY_TIMEOUT_MS,
    ...(nativeBinding === undefined ? {} : { nativeBinding }),
  });
  return db;
}

/**
 * Two writers would break the journal's chain, so one process owns the file: it holds a lock on a small
 * file beside it, which the system lets go of even when the process is killed. Readers are not affected.
 */
function own(options: DatabaseOptions): Database {
  const owner = connect({ ...options, path: `${options.path}-owner` }, {});
  try {
    owner.pragma('locking_mode = EXCLUSIVE');
    owner.exec('BEGIN EXCLUSIVE');
    return owner;
  } catch (cause) {
    owner.close();
    throw cause;
  }
}

function migrate(db: Database, path: string): StoreError | null {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > MIGRATIONS.length) {
    const detail = `schema ${version}, this version knows ${MIGRATIONS.length}`;
    return { code: 'NEWER_SCHEMA', path, detail };
  }
  MIGRATIONS.slice(version).forEach((sql, index) => {
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${version + index + 1}`);
    }).immediate();
  });
  return null;
}

function checkRuntime({ path, nativeBinding }: DatabaseOptions): StoreError | null {
  const has = Number(process.versions['napi'] ?? 0);
  if (nativeBinding !== undefined || has >= NEEDED_NODE_API) return null;
  const detail = `Node-API ${has}, needed is ${NEEDED_NODE_API}`;
  return { code: 'RUNTIME', path, detail };
}

function closeAll(databases: readonly Database[]): void {
  for (const db of databases) db.close();
}
