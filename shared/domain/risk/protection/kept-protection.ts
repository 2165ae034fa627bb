import type { EpochMs } from '../../../kernel/clock.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import type { AccountName } from '../../account/account.ts';
import type { Stamp } from '../../desk/fact.ts';
import type { TradingDay } from '../../session/trading-day.ts';
import type { Holding, OrderClass } from './bypass.ts';
import { DEADLINE_STAGES, type DeadlineProgress } from './deadline.ts';
import {
  flag,
  listOf,
  mapOf,
  nullOr,
  oneOf,
  shapeOf,
  text,
  textAs,
  whole,
  wholeAs,
  type Read,
} from './kept-reading.ts';
import type { Lock, LockBook, LockEnd, LockOrigin } from './lock.ts';
import { STEPS, type Step } from './own-ladder.ts';
import {
  startProtection,
  UNSEEN_ORDER,
  type KnownOrder,
  type ProtectionState,
} from './protection-state.ts';
import { provenTime } from './time-trust.ts';

const VERSION = 1;

type KeptOrder = Pick<KnownOrder, 'first' | 'isWhileLocked'>;

/** What of the state outlives a start, as plain JSON data. Figures and monotonic times die with the process. */
export interface KeptProtection {
  readonly version: typeof VERSION;
  readonly account: AccountName;
  readonly provenAt: EpochMs;
  readonly book: LockBook;
  readonly steps: Readonly<Record<string, Step>>;
  readonly allowed: Holding | null;
  readonly progress: Readonly<Record<string, DeadlineProgress>>;
  readonly known: Readonly<Record<string, KeptOrder>>;
  readonly fills: readonly string[];
  readonly attempts: number;
}

export type KeptError = { readonly code: 'OTHER_VERSION' | 'NOT_UNDERSTOOD' };

/** The part of a state that is worth keeping. */
export function keptOf(state: ProtectionState, at: Stamp): KeptProtection {
  const { account, book, steps, allowed, progress, fills, attempts } = state;
  const known = Object.entries(state.known).map(
    ([id, { first, isWhileLocked }]) => [id, { first, isWhileLocked }] as const,
  );
  return {
    version: VERSION,
    account,
    provenAt: provenTime(state.time, at),
    book,
    steps,
    allowed,
    progress,
    known: Object.fromEntries(known),
    fills,
    attempts,
  };
}

/**
 * The state after a start from what was kept. Entries stay closed until the locks are `restored`, which adds what
 * other places know; a flatten that was asked for is asked for again if there is something open.
 */
export function protectionStateFrom(kept: unknown, at: Stamp): Result<ProtectionState, KeptError> {
  if (versionOf(kept) !== VERSION) return err({ code: 'OTHER_VERSION' });
  const read = readKept(kept);
  if (read === undefined) return err({ code: 'NOT_UNDERSTOOD' });
  const { account, provenAt, book, steps, allowed, progress, fills, attempts } = read;
  const known = Object.entries(read.known).map(
    ([id, one]) => [id, { ...one, ...UNSEEN_ORDER }] as const,
  );
  return ok({
    ...startProtection(account, provenAt, at),
    book,
    steps,
    allowed,
    progress,
    known: Object.fromEntries(known),
    fills,
    attempts,
  });
}

function versionOf(kept: unknown): unknown {
  return typeof kept === 'object' && kept !== null && 'version' in kept ? kept.version : undefined;
}

const readInstant = wholeAs<EpochMs>();
const readDay = textAs<TradingDay>();

const readEnd: Read<LockEnd> = (value) =>
  shapeOf<Extract<LockEnd, { kind: 'instant' }>>({
    kind: oneOf(['instant']),
    at: readInstant,
  })(value) ??
  shapeOf<Extract<LockEnd, { kind: 'session' }>>({
    kind: oneOf(['session']),
    after: readDay,
    opensAt: nullOr(readInstant),
  })(value) ??
  shapeOf<Extract<LockEnd, { kind: 'open' }>>({ kind: oneOf(['open']) })(value);

const ORIGINS: readonly LockOrigin[] = ['rule', 'trader', 'bypass', 'schedule', 'evidence'];
const CLASSES: readonly OrderClass[] = ['entry', 'reducing', 'mixed', 'unknown'];

const readLock = shapeOf<Lock>({
  id: text,
  account: textAs<AccountName>(),
  kind: oneOf(['entries']),
  origin: oneOf(ORIGINS),
  reason: text,
  since: readInstant,
  end: readEnd,
  keepsFlat: flag,
  mayLoosen: flag,
  loosening: nullOr(shapeOf({ reason: text, askedAt: readInstant })),
});

const readKept = shapeOf<KeptProtection>({
  version: (value) => (value === VERSION ? VERSION : undefined),
  account: textAs<AccountName>(),
  provenAt: readInstant,
  book: shapeOf<LockBook>({ counter: whole, locks: listOf(readLock) }),
  steps: mapOf(oneOf(STEPS)),
  allowed: nullOr(mapOf(whole)),
  progress: mapOf(shapeOf<DeadlineProgress>({ day: readDay, stage: oneOf(DEADLINE_STAGES) })),
  known: mapOf(shapeOf<KeptOrder>({ first: oneOf(CLASSES), isWhileLocked: flag })),
  fills: listOf(text),
  attempts: whole,
});
