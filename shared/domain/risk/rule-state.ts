import type { EpochMs } from '../../kernel/clock.ts';
import { isTrustworthy, type AccountBook } from './book.ts';
import { resetClock, snapshotClock } from './calendar.ts';
import type { Strike } from './event.ts';
import type { Scene } from './kinds/module.ts';
import { judgeRule, type Memory } from './modules.ts';
import type { Rule } from './rule.ts';
import { worst, type Judgement, type Severity, type Verdict } from './verdict.ts';

/** The end of entries after a soft breach. */
export interface Lock {
  readonly since: EpochMs;
  /** Null while the calendar does not know the reset. */
  readonly until: EpochMs | null;
  /** True ends at `until`, false at the rule's reset. */
  readonly isTimed: boolean;
  readonly reason: string;
}

export interface Failure {
  readonly at: EpochMs;
  readonly reason: string;
  readonly isBounded: boolean;
}

/** One rule's memory and latches. */
export interface RuleState {
  readonly memory: Memory;
  readonly lock: Lock | null;
  /** The account failed by this rule; nothing undoes it but a new run. */
  readonly failure: Failure | null;
  /** A permitted unlock: the same breach does not lock again before the reset. */
  readonly isWaived: boolean;
  /** When the breach was waived; absent before the first time. */
  readonly waivedAt?: EpochMs;
  /** When the rule last began anew; absent before the first time. */
  readonly renewedAt?: EpochMs;
  /** Boundaries of the rule that passed without a known balance; absent while there are none. */
  readonly missed?: Missed;
}

export interface Missed {
  /** The first of them; of a rule that begins anew at each, the last. */
  readonly since: EpochMs;
  readonly strike: Strike;
}

/** A lock that runs by the clock ends with its time. */
export function expire(state: RuleState, at: EpochMs): RuleState {
  const { lock } = state;
  const isOver = lock !== null && lock.isTimed && lock.until !== null && at >= lock.until;
  return isOver ? { ...state, lock: null } : state;
}

/** Judges a rule and latches what the judgement breaks. */
export function latch(
  rule: Rule,
  given: RuleState,
  scene: Scene,
): { readonly state: RuleState; readonly judgement: Judgement } {
  const judgement = doubted(rule, judgeRule(rule, given.memory, scene), scene.book);
  const state = withNewCause(given, judgement);
  if (judgement.severity !== 'breach' || !mayLatch(rule, scene.book)) return { state, judgement };
  const { at, figures } = scene.book;
  const { reason } = judgement;
  if (rule.effect === 'hard' && state.failure === null) {
    return {
      state: { ...state, failure: { at, reason, isBounded: figures.isBounded } },
      judgement,
    };
  }
  const latches = rule.effect === 'soft' || rule.effect === 'lock';
  if (!latches || state.lock !== null || state.isWaived) return { state, judgement };
  const pause = judgement.pause ?? null;
  const until =
    pause === null
      ? scene.calendar.next(resetClock(rule, scene.rulebook.roll), at)
      : ((at + pause) as EpochMs);
  return {
    state: { ...state, lock: { since: at, until, isTimed: pause !== null, reason } },
    judgement,
  };
}

/** A cause that came after a pause began makes it begin anew, and one after a permitted unlock is not waived. */
function withNewCause(
  state: RuleState,
  { severity, causedAt, pause = null }: Judgement,
): RuleState {
  if (severity !== 'breach' || causedAt === undefined) return state;
  const { lock, isWaived, waivedAt } = state;
  if (isWaived && waivedAt !== undefined && causedAt > waivedAt)
    return { ...state, isWaived: false };
  if (lock === null || !lock.isTimed || lock.until === null || pause === null) return state;
  const until = (causedAt + pause) as EpochMs;
  return until > lock.until ? { ...state, lock: { ...lock, until } } : state;
}

/** The verdict of a judged rule, with its latches. */
export function verdictOf(
  rule: Rule,
  state: RuleState,
  judgement: Judgement,
  book: AccountBook,
): Verdict {
  const { id, title, kind, effect, source } = rule;
  const { unit, limit, used, left, basis, readings } = judgement;
  const { failure, lock } = state;
  const severity = finalSeverity(rule, state, judgement.severity);
  const isRefusing = effect === 'refuse' && severity === 'breach';
  return {
    rule: id,
    ...(title !== undefined && { title }),
    kind,
    effect,
    severity,
    unit,
    limit,
    used,
    left,
    basis,
    reason: failure?.reason ?? lock?.reason ?? judgement.reason,
    source,
    closesEntries:
      failure !== null || lock !== null || isRefusing || (judgement.closesEntries ?? false),
    until: failure !== null ? null : lock !== null ? lock.until : (judgement.until ?? null),
    isBounded: failure?.isBounded ?? book.figures.isBounded,
    isRoom: judgement.isRoom ?? false,
    readings,
  };
}

function finalSeverity(
  rule: Rule,
  { failure, lock, isWaived }: RuleState,
  judged: Severity,
): Severity {
  if (failure !== null || lock !== null) return 'breach';
  const isMild = rule.effect === 'warn' || rule.effect === 'delay' || isWaived;
  return isMild && judged === 'breach' ? 'critical' : judged;
}

/** Kinds that look at what is held: with the figures out of date it is, too. */
const BY_HOLDING: ReadonlySet<Rule['kind']> = new Set([
  ...(['contract-cap', 'stop-required', 'flat-by', 'hedging', 'correlated-exposure'] as const),
]);

/** Kinds without a clock of their own that count the firm's days. */
const BY_DAYS: ReadonlySet<Rule['kind']> = new Set(['consistency', 'trading-days']);

/** Figures that are stale, or boundaries that the calendar does not know, make a verdict unknown. */
function doubted(rule: Rule, judgement: Judgement, book: AccountBook): Judgement {
  const isBreach = judgement.severity === 'breach';
  const isHeldNow = book.figures.quality !== 'stale';
  // A position that was seen before the deadline may have been closed in time.
  if (BY_HOLDING.has(rule.kind) && !isHeldNow && (!isBreach || rule.kind === 'flat-by')) {
    const reason = 'What the account holds is out of date.';
    return { ...judgement, severity: 'unknown', left: null, reason };
  }
  const usesFigures = judgement.unit === 'money' || isByBalance(rule);
  if (usesFigures && !isTrustworthy(book.figures)) {
    const reason = "The account's figures are out of date or missing.";
    return { ...judgement, severity: 'unknown', left: null, reason };
  }
  if (usesFigures && book.figures.quality === 'degraded' && !isBreach) {
    const reason = 'The figures were converted at an old rate of exchange.';
    return { ...judgement, severity: worst(judgement.severity, 'unknown'), left: null, reason };
  }
  const usesClock = 'reset' in rule || snapshotClock(rule) !== null || BY_DAYS.has(rule.kind);
  if (usesClock && book.gap !== '' && !isBreach) {
    const reason = `The trading calendar is not known: ${book.gap}.`;
    return { ...judgement, severity: 'unknown', left: null, reason };
  }
  return judgement;
}

/** Rules whose unit is another one, but which measure the running day by the balance. */
function isByBalance(rule: Rule): boolean {
  if (rule.kind === 'trading-days') return rule.predicate.kind === 'net';
  return rule.kind === 'consistency';
}

/** An account is not declared failed on figures of doubtful conversion. */
function mayLatch(rule: Rule, { figures }: AccountBook): boolean {
  return rule.effect !== 'hard' || figures.quality !== 'degraded';
}
