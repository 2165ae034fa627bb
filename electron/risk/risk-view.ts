import { money, type Money } from '../../shared/domain/money/money.ts';
import type { DeskState } from '../../shared/domain/desk/state.ts';
import { decide, type AccountState } from '../../shared/domain/risk/decision.ts';
import { itemOf } from '../../shared/domain/risk/feed/figures.ts';
import type { KeptVerdict } from '../../shared/domain/risk/feed/day-course.ts';
import type { ProtectionChoice } from '../../shared/domain/risk/feed/record.ts';
import { worstExposure } from '../../shared/domain/risk/lots.ts';
import { compareEnds, endInstant, type Lock } from '../../shared/domain/risk/protection/lock.ts';
import { stepRank, type Step } from '../../shared/domain/risk/protection/own-ladder.ts';
import { SAFETY, type OwnLimit } from '../../shared/domain/risk/protection/own-limit.ts';
import { permissionOf, type LevelReason } from '../../shared/domain/risk/protection/permission.ts';
import { ownLimits } from '../../shared/domain/risk/protection/rule-judging.ts';
import { worst, type Severity, type Verdict } from '../../shared/domain/risk/verdict.ts';
import type {
  OwnLimitView,
  RiskLockView,
  RiskView,
  RuleView,
} from '../../shared/protocol/ipc/risk-view.ts';
import { floorRule, moneyReading } from './account-floor.ts';
import type { AccountGuard } from './account-guard.ts';
import { LEVEL_REASONS, ownStepText, unknownFigure } from './guard-wording.ts';
import { ruleTitle } from './rule-titles.ts';
import type { RulesInForce } from './rules-in-force.ts';

/** What the window shows of an account that is judged. */
export function riskView(guard: AccountGuard, choice: ProtectionChoice, desk: DeskState): RiskView {
  const { rules } = guard.engine;
  const verdicts = guard.engine.verdicts();
  const { book } = guard.engine.state();
  const { state, binding } = decide(rules.engine.rulebook, verdicts, money(0), null);
  const bound = floorRule(verdicts) ?? verdicts.find(({ rule }) => rule === binding) ?? null;
  const own = tightest(ownLimits(guard.protection(), guard.settings()));
  const unknowns = rules.gaps.filter(({ kind }) => kind === 'unknown');
  const severity = worstOf(guard, verdicts, own, unknowns.length > 0);
  return {
    state: stateOf(state, unknowns.length > 0),
    severity,
    reason: reasonOf(verdicts, severity, [
      unknowns[0]?.sentence ?? '',
      ...(own === null || own.kind === 'known' ? [] : ['Your own limit is not known now.']),
      ownStepText(worstStep(guard)),
    ]),
    rules: choiceView(rules),
    protection: protectionView(guard, choice),
    evaluatedAt: book.at,
    day: book.today.day === '' ? null : book.today.day,
    midCycle: isMidCycle(guard),
    figureDoubt: figureDoubt(guard),
    equity: book.figures.equity,
    peak: moneyReading(bound, 'H'),
    floor: moneyReading(bound, 'F'),
    room: bound?.left ?? null,
    roomShare: shareLeft(bound),
    ...openRisk(guard, bound),
    ...lossesOf(guard, bound),
    own: ownView(guard, own, bound),
    binding,
    ...locksView(guard.protection().book.locks),
    flatBy: flatByOf(guard),
    ...brokerFloor(guard, desk, bound),
    verdicts: verdicts.map((verdict) => ruleView(verdict, book.at)),
    gaps: rules.gaps.map(({ path, sentence }) => `${path}: ${sentence}`),
  };
}

/** A verdict in the window's words. */
export function ruleView(verdict: KeptVerdict, evaluatedAt: number): RuleView {
  const { rule, effect, severity, unit, limit, used, left, basis, reason } = verdict;
  const { source, closesEntries, until, isBounded } = verdict;
  return {
    ...{ id: rule, title: ruleTitle(verdict), effect, severity, unit, limit, used, left },
    ...{ basis, reason, source: { ...source }, closesEntries, until, evaluatedAt },
    bounded: isBounded,
  };
}

function choiceView(rules: RulesInForce): RiskView['rules'] {
  const { assigned, title, overrides, confidence, checkedOn, isOld } = rules;
  const { template, edition, content, from } = assigned.epoch;
  const { hasDailyLimit } = assigned.terms;
  return {
    template,
    title,
    edition,
    content,
    since: from,
    hasDailyLimit,
    overrides,
    confidence,
    checkedOn,
    isOld,
  };
}

function protectionView(guard: AccountGuard, choice: ProtectionChoice): RiskView['protection'] {
  const { standing } = guard.settings();
  const permission = permissionOf(standing);
  const against = permissionOf({ ...standing, level: 'protect', insists: false }).reasons;
  const { safety } = choice;
  const named = Object.entries(SAFETY).find(([, share]) => share === safety)?.[0];
  return {
    level: permission.level,
    chosen: standing.level,
    reason: sentences(permission.reasons),
    insists: standing.insists,
    objection: sentences(against.filter(isOfFirm)),
    barrier: sentences(against.filter((reason) => !isOfFirm(reason))),
    safety,
    safetyName: (named ?? 'custom') as NonNullable<RiskView['protection']>['safetyName'],
  };
}

function sentences(reasons: readonly LevelReason[]): string {
  return reasons.map((reason) => LEVEL_REASONS[reason]).join(' ');
}

/** The firm's word can be insisted against; the mode and the kind of an account cannot. */
function isOfFirm(reason: LevelReason): boolean {
  return reason === 'FIRM_FORBIDS_AUTOMATION' || reason === 'FIRM_POLICY_UNKNOWN';
}

const STATES: Readonly<Record<AccountState, RiskView['state']>> = {
  ok: 'ok',
  warn: 'warn',
  critical: 'critical',
  'soft-lock': 'softLock',
  failed: 'failed',
  unknown: 'unknown',
};

/** A rule that the pack does not know may be broken. */
function stateOf(state: AccountState, isUnsure: boolean): RiskView['state'] {
  const isWorse = state === 'failed' || state === 'soft-lock';
  return isUnsure && !isWorse ? 'unknown' : STATES[state];
}

const STEP_SEVERITY: Readonly<Record<Step, Severity>> = {
  calm: 'ok',
  notice: 'notice',
  warning: 'warning',
  critical: 'critical',
  act: 'critical',
};

function worstOf(
  guard: AccountGuard,
  verdicts: readonly Verdict[],
  own: OwnLimit | null,
  isUnsure: boolean,
): Severity {
  const step = worstStep(guard);
  const start: Severity = isUnsure || own?.kind === 'unknown' ? 'unknown' : STEP_SEVERITY[step];
  return verdicts
    .filter((verdict) => !isGoalAhead(verdict))
    .reduce((found, { severity }) => worst(found, severity), start);
}

/** A target or a payout that is not reached yet is the usual state and warns of nothing. */
function isGoalAhead({ effect, severity }: Verdict): boolean {
  return effect === 'delay' && severity === 'notice';
}

function worstStep(guard: AccountGuard): Step {
  const steps = Object.values(guard.protection().steps);
  return steps.toSorted((a, b) => stepRank(b) - stepRank(a))[0] ?? 'calm';
}

/** A rule's own words come first; a severity that no rule has comes from what else is known of the account. */
function reasonOf(
  verdicts: readonly Verdict[],
  severity: Severity,
  others: readonly string[],
): string {
  const said = verdicts.find((one) => one.severity === severity && !isGoalAhead(one))?.reason;
  return said ?? others.find((words) => words !== '') ?? 'Every rule is kept.';
}

function shareLeft(bound: Verdict | null): number | null {
  if (bound === null || bound.limit === null || bound.left === null || bound.limit <= 0)
    return null;
  return Math.trunc((bound.left * 1_000) / bound.limit);
}

function openRisk(
  guard: AccountGuard,
  bound: Verdict | null,
): Pick<RiskView, 'roomTicks' | 'contractsAtRisk'> {
  const { positions } = guard.protection();
  const { book } = guard.engine.state();
  const perTick = (positions ?? []).reduce(
    (sum, { quantity, tickValue }) => sum + Math.abs(quantity) * tickValue,
    0,
  );
  const left = bound?.left ?? null;
  const contracts =
    book.positions === null
      ? null
      : worstExposure(book.positions, book.orders).reduce(
          (n, one) => n + Math.abs(one.quantity),
          0,
        );
  return {
    roomTicks: left === null || perTick === 0 ? null : Math.floor(left / perTick),
    contractsAtRisk: contracts,
  };
}

function lossesOf(
  guard: AccountGuard,
  bound: Verdict | null,
): Pick<RiskView, 'averageLoss' | 'averageLossTrades' | 'averageLossesLeft'> {
  const losses = guard.engine.state().book.trades.filter((net) => net < 0);
  const total = losses.reduce((sum, net) => sum - net, 0);
  if (losses.length === 0) {
    return { averageLoss: null, averageLossTrades: 0, averageLossesLeft: null };
  }
  const averageLoss = Math.round(total / losses.length);
  const left = bound?.left ?? null;
  return {
    averageLoss,
    averageLossTrades: losses.length,
    averageLossesLeft: left === null ? null : Math.max(0, Math.floor(left / averageLoss)),
  };
}

function tightest(limits: readonly OwnLimit[]): OwnLimit | null {
  return limits.reduce<OwnLimit | null>((found, one) => {
    if (found === null || found.kind === 'unknown' || one.kind === 'unknown') {
      return found?.kind === 'unknown' ? found : one.kind === 'unknown' ? one : (found ?? one);
    }
    return one.left < found.left ? one : found;
  }, null);
}

/** The equity at which the desk acts lies the own limit's room below the present one. */
function ownView(
  guard: AccountGuard,
  own: OwnLimit | null,
  bound: Verdict | null,
): OwnLimitView | null {
  const { equity } = guard.engine.state().book.figures;
  if (own === null || own.kind === 'unknown' || bound === null || equity === null) return null;
  const { limit, used, left, reserve, isReserveAssumed } = own;
  return {
    ...{ level: equity - left, limit, used, left, reserve, isReserveAssumed },
    step: worstStep(guard),
    shareUsed: limit === 0 ? 1_000 : Math.trunc((used * 1_000) / limit),
  };
}

const SOURCES: Readonly<Record<Lock['origin'], RiskLockView['source']>> = {
  rule: 'rule',
  schedule: 'rule',
  trader: 'trader',
  bypass: 'bypass',
  evidence: 'addon',
};

/** The lock that ends last, and the others. */
export function locksView(locks: readonly Lock[]): Pick<RiskView, 'lock' | 'otherLocks'> {
  const [lock = null, ...otherLocks] = locks
    .toSorted((a, b) => compareEnds(b.end, a.end))
    .map(({ reason, since, end, origin }): RiskLockView => {
      return { reason, since, until: endInstant(end), source: SOURCES[origin] };
    });
  return { lock, otherLocks };
}

function isMidCycle(guard: AccountGuard): boolean {
  return guard.engine
    .state()
    .rules.some(({ memory }) => memory !== null && 'isPeakKnown' in memory && !memory.isPeakKnown);
}

function figureDoubt(guard: AccountGuard): string {
  const { figure } = guard.protection();
  if (figure.kind === 'suspect') return 'A sudden figure is held back until it stands.';
  return figure.kind === 'unknown' ? unknownFigure(figure.why) : '';
}

function flatByOf(guard: AccountGuard): number | null {
  const { deadlines } = guard.protection();
  const day = guard.protection().session.day;
  const today = deadlines.filter((deadline) => deadline.day === day).map(({ at }) => at);
  return today.length === 0 ? null : Math.min(...today);
}

function brokerFloor(
  guard: AccountGuard,
  desk: DeskState,
  bound: Verdict | null,
): Pick<RiskView, 'brokerFloor' | 'floorDisagreement'> {
  const account = desk.accounts.get(guard.account);
  const room = account === undefined ? null : itemOf(account, 'trailingMaxDrawdown');
  const { equity } = guard.engine.state().book.figures;
  if (room === null || equity === null) return { brokerFloor: null, floorDisagreement: null };
  const floor: Money = money(equity - room);
  const computed = moneyReading(bound, 'F');
  return {
    brokerFloor: floor,
    floorDisagreement: computed === null ? null : floor - computed,
  };
}
