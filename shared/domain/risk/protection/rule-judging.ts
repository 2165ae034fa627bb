import type { Money } from '../../money/money.ts';
import { isOwnRule } from '../rule-parts.ts';
import type { RuleSummary } from './account-reading.ts';
import { reconcileRoom } from './broker-floor.ts';
import { isUsable } from './figure-trust.ts';
import { nextSession, type LockEnd } from './lock.ts';
import { lockEntries } from './locking.ts';
import { nextStep, stepRank, type Step } from './own-ladder.ts';
import { ownLimit, reserveOf, type OwnLimit } from './own-limit.ts';
import type { ProtectionState } from './protection-state.ts';
import type { ProtectionSettings } from './settings.ts';
import type { Turn } from './turn.ts';

/** Begins the name of a lock by a broken rule of the firm. */
export const RULE_LOCK = 'rule:';

/** The rules that were judged by a figure that may be acted on, and on the present trading day; null without. */
export function rulesInForce({
  accepted,
  session,
}: ProtectionState): readonly RuleSummary[] | null {
  return accepted !== null && accepted.day === session.day ? accepted.rules : null;
}

/** The trader's own limit inside each rule that a loss can break, the broker's own figure taken into account. */
export function ownLimits(
  state: ProtectionState,
  settings: ProtectionSettings,
): readonly OwnLimit[] {
  const reserve = reserveOf(state.positions, settings.ownLimit.reserve);
  return (rulesInForce(state) ?? [])
    .filter(hasOwnLimit)
    .map((rule) => ownLimit(reconciled(state, settings, rule).rule, reserve, settings.ownLimit));
}

/** Takes over the newest verdicts once their figure may be acted on. */
export function acceptRules(turn: Turn): void {
  const { figure, heard } = turn.state;
  if (heard !== null && isUsable(figure)) turn.set({ accepted: heard });
  if (figure.kind === 'suspect') turn.tellOnce('figure-held', { kind: 'figure-held' });
  if (figure.kind === 'unknown') {
    const { why } = figure;
    turn.tellOnce(`figure-unknown ${why}`, { kind: 'figure-unknown', why });
  }
}

/** Climbs and leaves the ladder of every own limit, and answers the breaches of the rules themselves. */
export function judgeRules(turn: Turn): void {
  const rules = rulesInForce(turn.state);
  if (rules === null) return;
  const own = new Map(ownLimits(turn.state, turn.settings).map((limit) => [limit.rule, limit]));
  const steps: Record<string, Step> = {};
  for (const rule of rules.toSorted((a, b) => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0))) {
    const limit = own.get(rule.rule);
    if (limit !== undefined) steps[rule.rule] = climb(turn, limit);
    if (rule.isBrokerFloor) tellDisagreement(turn, rule);
    if (rule.severity === 'breach') answerBreach(turn, rule);
  }
  turn.set({ steps });
}

/** A rule that the trader made is their own limit already: nothing is kept inside it. */
function hasOwnLimit({ rule, isRoom, effect }: RuleSummary): boolean {
  return isRoom && (effect === 'hard' || effect === 'soft') && !isOwnRule(rule);
}

function reconciled(state: ProtectionState, settings: ProtectionSettings, rule: RuleSummary) {
  const broker: Money | null =
    rule.isBrokerFloor && isUsable(state.brokerRoom) ? state.brokerRoom.value : null;
  const { room, disagreement } = reconcileRoom(rule.left, broker, settings.floorTolerance);
  return { rule: { rule: rule.rule, limit: rule.limit, left: room }, disagreement };
}

function tellDisagreement(turn: Turn, rule: RuleSummary): void {
  const { disagreement } = reconciled(turn.state, turn.settings, rule);
  if (disagreement === null) return;
  turn.tellOnce(`floor-disagrees ${rule.rule}`, {
    kind: 'floor-disagrees',
    rule: rule.rule,
    ...disagreement,
  });
}

/** A limit that is not known leaves the ladder where it stands; the entry gate answers that it is not known. */
function climb(turn: Turn, limit: OwnLimit): Step {
  const { rule } = limit;
  const before = turn.state.steps[rule] ?? 'calm';
  if (limit.kind === 'unknown') return before;
  const step = nextStep(before, limit, turn.settings.ladder);
  if (step !== before) turn.tell({ kind: 'step', rule, from: before, to: step });
  if (limit.isSizeDriven) turn.tellOnce(`size-over-room ${rule}`, { kind: 'size-over-room', rule });
  if (stepRank(step) >= stepRank('critical')) lockAtStep(turn, rule, step);
  return step;
}

function lockAtStep(turn: Turn, rule: string, step: Step): void {
  const isOver = step === 'act';
  lockEntries(turn, {
    id: `own:${rule}`,
    origin: 'rule',
    reason: isOver
      ? `The own limit inside "${rule}" is used up.`
      : `The own limit inside "${rule}" is nearly used up.`,
    end: nextSession(turn.state.session),
    keepsFlat: isOver,
    mayLoosen: true,
  });
  if (isOver) turn.causes.push(`own:${rule}`);
}

/**
 * A failed account stays locked for good, a soft limit locks until its reset, and both are kept flat. A mere lock leaves
 * what is open. Milder effects only warn.
 */
function answerBreach(turn: Turn, { rule, effect, until }: RuleSummary): void {
  if (effect !== 'hard' && effect !== 'soft' && effect !== 'lock') return;
  const untilReset: LockEnd =
    until === null ? nextSession(turn.state.session) : { kind: 'instant', at: until };
  lockEntries(turn, {
    id: `${RULE_LOCK}${rule}`,
    origin: 'rule',
    reason: isOwnRule(rule)
      ? `Your own rule "${rule}" is broken.`
      : `The rule "${rule}" is broken.`,
    end: effect === 'hard' ? { kind: 'open' } : untilReset,
    keepsFlat: effect !== 'lock',
    mayLoosen: false,
  });
  if (effect !== 'lock') turn.causes.push(`${RULE_LOCK}${rule}`);
}
