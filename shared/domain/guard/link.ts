import type { EpochMs, MonoMs } from '../../kernel/clock.ts';
import type { Fact, Stamp } from '../desk/fact.ts';
import { effective, sameGuard } from './limits.ts';
import { hearGuard, isNews, reconciled, wantGuard, type GuardMirror } from './mirror.ts';
import { GUARD_POLICY } from './policy.ts';
import type { GuardReported, GuardWanted } from './record.ts';

interface GuardSession {
  readonly isOpen: boolean;
  readonly sessionId: string | null;
  /** When the first snapshot of the session came. */
  readonly snapshotAt: MonoMs | null;
  /** Sequence number of the newest report of the session; null while the AddOn has said nothing. */
  readonly heardSeq: number | null;
  /** A report up to this number may have been lost; null when none was. */
  readonly doubtedUntil: number | null;
}

interface GuardTries {
  readonly count: number;
  readonly lastAt: MonoMs | null;
  readonly commandId: string | null;
  readonly refusal: { readonly code: string; readonly detail: string } | null;
}

/** The mirror with the state of its way to the AddOn, which dies with the process. */
export interface GuardLink {
  readonly mirror: GuardMirror;
  readonly session: GuardSession;
  readonly tries: GuardTries;
  /** Since when the AddOn is not known to hold the wanted guard; null while it is. */
  readonly unsyncedSince: EpochMs | null;
}

export type GuardInput =
  | { readonly kind: 'heard'; readonly fact: Fact }
  | { readonly kind: 'wanted'; readonly entry: GuardWanted }
  /** The same guard was asked for once more. */
  | { readonly kind: 'wantedAgain' }
  | { readonly kind: 'tried'; readonly commandId: string };

export interface GuardTransition {
  readonly link: GuardLink;
  /** For the journal, in order; none of them loosens the guard. */
  readonly entries: readonly (GuardReported | GuardWanted)[];
}

const NO_SESSION: GuardSession = {
  isOpen: false,
  sessionId: null,
  snapshotAt: null,
  heardSeq: null,
  doubtedUntil: null,
};
const NO_TRIES: GuardTries = { count: 0, lastAt: null, commandId: null, refusal: null };

/** The guard after a start: nothing that was said before counts as said now. */
export function resumeGuard(mirror: GuardMirror, at: Stamp): GuardLink {
  return { mirror, session: NO_SESSION, tries: NO_TRIES, unsyncedSince: at.wall };
}

/** Takes one input in. Pure: what is to be sent is asked of `nextSend`. */
export function advanceGuard(link: GuardLink, input: GuardInput, at: Stamp): GuardTransition {
  switch (input.kind) {
    case 'heard': {
      const heard = hear(link, input.fact, at);
      return heard.link === link ? heard : settled(heard, at);
    }
    case 'wanted': {
      const mirror = wantGuard(link.mirror, input.entry);
      return settled(unwritten({ ...link, mirror, tries: NO_TRIES }), at);
    }
    case 'wantedAgain':
      return settled(unwritten({ ...link, tries: NO_TRIES }), at);
    case 'tried': {
      const { count, refusal } = link.tries;
      const tries = { count: count + 1, lastAt: at.mono, commandId: input.commandId, refusal };
      return unwritten({ ...link, tries });
    }
  }
}

/** Whether the AddOn said in this session that it holds the wanted guard and enforces it. */
export function isSynced({ mirror, session }: GuardLink, now: EpochMs): boolean {
  const { wanted, reported } = mirror;
  if (!isHeard(session) || reported === null || reported.revision !== wanted.revision) return false;
  if (!sameGuard(wanted.accounts, reported.accounts, now)) return false;
  return reported.enforcing || effective(wanted.accounts, now).size === 0;
}

/** Whether the newest report of the session is the last thing that the AddOn said. */
export function isHeard({ isOpen, heardSeq, doubtedUntil }: GuardSession): boolean {
  return isOpen && heardSeq !== null && doubtedUntil === null;
}

/** When the wanted guard is to be sent, which may be past; null while there is nothing to send. */
export function nextSend(link: GuardLink, now: EpochMs): number | null {
  const { mirror, session, tries } = link;
  const { wanted } = mirror;
  if (!session.isOpen || session.snapshotAt === null || wanted.revision === 0) return null;
  if (isSynced(link, now) || isGivenUp(link)) return null;
  // Without a word of the AddOn, only what holds something is worth the risk of wiping out a lock.
  if (session.heardSeq === null && wanted.accounts.length === 0) return null;
  const from = session.snapshotAt + (session.heardSeq === null ? GUARD_POLICY.silenceMs : 0);
  if (tries.lastAt === null) return from;
  const pause = GUARD_POLICY.retryMs * 2 ** Math.max(0, tries.count - 1);
  return Math.max(from, tries.lastAt + Math.min(pause, GUARD_POLICY.retryMaxMs));
}

/** Whether no further try is made without a new session or a change. */
export function isGivenUp({ tries }: GuardLink): boolean {
  return tries.count >= GUARD_POLICY.maxTries;
}

function hear(link: GuardLink, fact: Fact, at: Stamp): GuardTransition {
  const { session } = link;
  switch (fact.kind) {
    case 'link.opened': {
      const { sessionId } = fact;
      const opened = { ...NO_SESSION, isOpen: true, sessionId };
      return unwritten({ ...link, session: opened, tries: NO_TRIES });
    }
    case 'link.lost':
      if (fact.sessionId !== session.sessionId) return unwritten(link);
      return unwritten({ ...link, session: { ...session, isOpen: false } });
    case 'link.gap':
      return unwritten(doubted(link, fact.to));
    case 'link.refused':
      return unwritten(fact.type === 'guardState' ? doubted(link, fact.seq ?? null) : link);
    case 'snapshot.received':
      if (session.snapshotAt !== null) return unwritten(link);
      return unwritten({ ...link, session: { ...session, snapshotAt: at.mono } });
    case 'command.acked':
      if (fact.status !== 'refused') return unwritten(link);
      return unwritten(refused(link, { ...fact, code: fact.code ?? 'INTERNAL' }));
    case 'command.finished':
      return unwritten(fact.outcome === 'failed' ? refused(link, fact) : link);
    case 'guard.reported':
      return guardReported(link, fact, at);
    case 'instrument.reported':
    case 'account.reported':
    case 'item.reported':
    case 'order.reported':
    case 'execution.reported':
    case 'position.reported':
    case 'connection.reported':
    case 'quote.reported':
    case 'bar.reported':
    case 'flatten.progressed':
      return unwritten(link);
  }
}

/** An older report than the newest tells nothing, however it was delayed. */
function guardReported(link: GuardLink, fact: GuardReported, at: Stamp): GuardTransition {
  const { session } = link;
  if (!session.isOpen || fact.seq <= (session.heardSeq ?? -1)) return unwritten(link);
  const doubtedUntil =
    session.doubtedUntil !== null && fact.seq <= session.doubtedUntil ? session.doubtedUntil : null;
  const heard = { ...session, heardSeq: fact.seq, doubtedUntil };
  const entries: (GuardReported | GuardWanted)[] = [];
  let { mirror, tries } = link;
  if (isNews(mirror, fact)) {
    mirror = hearGuard(mirror, fact, at.wall);
    entries.push(fact);
  }
  const next = reconciled(mirror, fact, at.wall);
  if (next !== null) {
    mirror = wantGuard(mirror, next);
    entries.push(next);
    if (next.changed.length > 0) tries = { ...NO_TRIES, lastAt: tries.lastAt };
  }
  return { link: { ...link, mirror, tries, session: heard }, entries };
}

/** What was lost or could not be read may have been a report. */
function doubted(link: GuardLink, until: number | null): GuardLink {
  const { session } = link;
  if (session.heardSeq === null) return link;
  const doubtedUntil = Math.max(session.doubtedUntil ?? 0, until ?? session.heardSeq);
  return { ...link, session: { ...session, doubtedUntil } };
}

function refused(
  link: GuardLink,
  word: { readonly commandId: string; readonly code: string; readonly detail: string },
): GuardLink {
  if (word.commandId !== link.tries.commandId) return link;
  const { code, detail } = word;
  return { ...link, tries: { ...link.tries, refusal: { code, detail } } };
}

function unwritten(link: GuardLink): GuardTransition {
  return { link, entries: [] };
}

/** The pause after the last try outlives it, so that an AddOn that keeps changing its mind is not flooded. */
function settled({ link, entries }: GuardTransition, at: Stamp): GuardTransition {
  if (!isSynced(link, at.wall)) {
    return { link: { ...link, unsyncedSince: link.unsyncedSince ?? at.wall }, entries };
  }
  const tries = { ...NO_TRIES, lastAt: link.tries.lastAt };
  return { link: { ...link, tries, unsyncedSince: null }, entries };
}
