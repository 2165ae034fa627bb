/** What an identifier names; the kind is its prefix, so that a log line explains itself. */
export type IdKind = 'msg' | 'cmd' | 'flat' | 'sess' | 'snap' | 'run';

/** Hands out identifiers that are unique for the life of the journal. */
export interface Ids {
  next(kind: IdKind): string;
}
