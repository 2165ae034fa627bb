import type { AccountName } from '../account/account.ts';
import type { LinkFact } from './fact.ts';
import type { Reduction } from './reduction.ts';
import { NO_RANK, type AccountDesk, type Doubt, type Rank } from './state.ts';

type OpenedFact = Extract<LinkFact, { kind: 'link.opened' }>;
type LostFact = Extract<LinkFact, { kind: 'link.lost' }>;
type GapFact = Extract<LinkFact, { kind: 'link.gap' }>;
type RefusedFact = Extract<LinkFact, { kind: 'link.refused' }>;

/** A new session: sequence numbers start over and nothing known is confirmed until its first snapshot. */
export function linkOpened(r: Reduction, fact: OpenedFact): void {
  r.state = {
    ...r.state,
    link: {
      epoch: r.state.link.epoch + 1,
      isOpen: true,
      sessionId: fact.sessionId,
      instanceId: fact.instanceId,
      snapshotRank: NO_RANK,
      changedAt: r.stamp.mono,
    },
  };
  announce(r, fact);
}

/** The session ended. A late word about a session that was already replaced changes nothing. */
export function linkLost(r: Reduction, fact: LostFact): void {
  const { link } = r.state;
  if (link.isOpen && link.sessionId === fact.sessionId) {
    r.state = { ...r.state, link: { ...link, isOpen: false, changedAt: r.stamp.mono } };
  }
  announce(r, fact);
}

/** Lost messages may have been about anything. */
export function linkGap(r: Reduction, fact: GapFact): void {
  doubtAll(r, r.rank(fact.to));
  r.keep({ ...fact, gaps: 1, missing: fact.to - fact.from + 1 });
}

/** A refused message may have been about anything; one whose number could not be read shows as a gap next. */
export function linkRefused(r: Reduction, fact: RefusedFact): void {
  if (fact.seq !== undefined) doubtAll(r, r.rank(fact.seq));
  r.keep(fact);
}

function announce(r: Reduction, fact: OpenedFact | LostFact): void {
  r.touchesAll = true;
  r.isUrgent = true;
  r.keep(fact);
}

function doubtAll(r: Reduction, untilRank: Rank): void {
  if (r.mode === 'replay') return;
  const doubted = new Map<AccountName, AccountDesk>();
  for (const [name, account] of r.state.accounts) {
    doubted.set(name, {
      ...account,
      doubt: extendDoubt(account.doubt, r, untilRank),
      fillsDoubt: extendDoubt(account.fillsDoubt, r, untilRank),
    });
  }
  r.putAccounts(doubted);
}

/** A doubt that lasts longer keeps its beginning. */
export function extendDoubt(doubt: Doubt | null, r: Reduction, untilRank: Rank): Doubt {
  if (doubt === null) return { since: r.stamp.mono, untilRank };
  return { since: doubt.since, untilRank: Math.max(doubt.untilRank, untilRank) };
}
