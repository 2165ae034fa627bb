/** Why the store cannot be used, with the file it is about. */
export interface StoreError {
  readonly code: StoreErrorCode;
  readonly path: string;
  readonly detail: string;
}

export type StoreErrorCode =
  /** Another copy of the app holds the file. */
  | 'LOCKED'
  | 'READ_ONLY'
  | 'CANNOT_OPEN'
  | 'CORRUPT'
  | 'FULL'
  | 'IO'
  /** The file was written by a newer version of the app. */
  | 'NEWER_SCHEMA'
  /** This runtime cannot load the database engine. */
  | 'RUNTIME'
  | 'OTHER';

/** Turns what the database engine threw into a typed error; anything else is a bug and is thrown on. */
export function storeErrorFrom(cause: unknown, path: string): StoreError {
  if (!isSqliteError(cause)) throw cause;
  return { code: codeOf(cause.code), path, detail: `${cause.code}: ${cause.message}` };
}

/** One sentence for a person. */
export function describeStoreError({ code, path, detail }: StoreError): string {
  switch (code) {
    case 'LOCKED':
      return `${path} is in use by another program or another copy of the app.`;
    case 'READ_ONLY':
      return `${path} cannot be written: the file or its folder is read-only.`;
    case 'CANNOT_OPEN':
      return `${path} cannot be opened or made (${detail}).`;
    case 'CORRUPT':
      return `${path} is damaged and cannot be read as a database (${detail}).`;
    case 'FULL':
      return `The disk that holds ${path} is full.`;
    case 'IO':
      return `The disk failed while using ${path} (${detail}).`;
    case 'NEWER_SCHEMA':
      return `${path} was written by a newer version of the app (${detail}).`;
    case 'RUNTIME':
      return `The database engine does not run here (${detail}).`;
    case 'OTHER':
      return `${path} cannot be used (${detail}).`;
  }
}

function codeOf(sqlite: string): StoreErrorCode {
  const primary = PRIMARY.find(([prefix]) => sqlite.startsWith(prefix));
  return primary?.[1] ?? 'OTHER';
}

const PRIMARY: readonly (readonly [string, StoreErrorCode])[] = [
  ['SQLITE_BUSY', 'LOCKED'],
  ['SQLITE_LOCKED', 'LOCKED'],
  ['SQLITE_READONLY', 'READ_ONLY'],
  ['SQLITE_CANTOPEN', 'CANNOT_OPEN'],
  ['SQLITE_PERM', 'CANNOT_OPEN'],
  ['SQLITE_CORRUPT', 'CORRUPT'],
  ['SQLITE_NOTADB', 'CORRUPT'],
  ['SQLITE_FULL', 'FULL'],
  ['SQLITE_IOERR', 'IO'],
];

function isSqliteError(cause: unknown): cause is Error & { readonly code: string } {
  return (
    cause instanceof Error &&
    'code' in cause &&
    typeof cause.code === 'string' &&
    cause.code.startsWith('SQLITE_')
  );
}
