import type { RiskView, RuleView } from '../../shared/protocol/ipc/risk-view.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { StateWord } from './account-words.ts';

/** How serious one rule is. */
export function ruleSeverity(severity: RuleView['severity']): StateWord {
  switch (severity) {
    case 'ok':
      return { text: 'Kept', shape: 'dot', tone: 'good' };
    case 'notice':
      return { text: 'Notice', shape: 'diamond', tone: 'notice' };
    case 'warning':
      return { text: 'Warning', shape: 'triangle', tone: 'warning' };
    case 'critical':
      return { text: 'Critical', shape: 'square', tone: 'danger' };
    case 'unknown':
      return { text: 'Unknown', shape: 'ring', tone: 'warning' };
    case 'breach':
      return { text: 'Broken', shape: 'cross', tone: 'danger' };
    default:
      return assertNever(severity);
  }
}

/** What an account's rules come to, in one or two words. */
export function riskState(risk: Pick<RiskView, 'state' | 'severity' | 'rules'>): StateWord {
  if (risk.rules === null) return { text: 'No rules chosen', shape: 'ring', tone: 'warning' };
  if (risk.state === 'failed') return { text: 'Account failed', shape: 'cross', tone: 'danger' };
  if (risk.state === 'softLock') {
    return { text: 'Closed until the reset', shape: 'cross', tone: 'danger' };
  }
  const word = ruleSeverity(risk.severity);
  return risk.severity === 'ok' ? { ...word, text: 'Rules kept' } : word;
}

/** Parts per thousand of the firm's room from which on it is ample, and below which it is little. */
const AMPLE = 700;
const LITTLE = 400;

/** The colour of what is left of the firm's room, with its shape and word. */
export function roomBand(share: number | null): StateWord {
  if (share === null) return { text: 'Not known', shape: 'ring', tone: 'warning' };
  if (share >= AMPLE) return { text: 'Ample', shape: 'dot', tone: 'good' };
  if (share >= LITTLE) return { text: 'Caution', shape: 'triangle', tone: 'warning' };
  return { text: 'Danger', shape: 'square', tone: 'danger' };
}

/** The same when the floor may be higher, or the figures older, than they look: never better than uncertain. */
export function trustedBand(share: number | null, isCertain: boolean): StateWord {
  const band = roomBand(share);
  if (isCertain || band.tone !== 'good') return band;
  return { text: 'Uncertain', shape: 'ring', tone: 'warning' };
}

/** What a rule does when it is broken. */
export function effectWords(effect: RuleView['effect']): string {
  switch (effect) {
    case 'hard':
      return 'Fails the account';
    case 'soft':
      return 'Closes the account until the reset';
    case 'lock':
      return 'Locks entries until the reset';
    case 'refuse':
      return 'Refuses entries';
    case 'delay':
      return 'Delays a pass or a payout';
    case 'warn':
      return 'Warns';
    default:
      return assertNever(effect);
  }
}

/** What the desk does by itself at a protection level. */
export function levelWords(level: 'observe' | 'guard' | 'protect'): string {
  switch (level) {
    case 'observe':
      return 'Observe: warns only, does nothing by itself';
    case 'guard':
      return 'Guard: also locks entries by itself';
    case 'protect':
      return 'Protect: also cancels and flattens by itself';
    default:
      return assertNever(level);
  }
}

/** Who closed the entries. */
export function lockSource(source: NonNullable<RiskView['lock']>['source']): string {
  switch (source) {
    case 'rule':
      return 'by a rule';
    case 'trader':
      return 'by you';
    case 'bypass':
      return 'after an order against a lock';
    case 'addon':
      return 'found at the AddOn';
    default:
      return assertNever(source);
  }
}

/** How sure a value of a rule pack is. */
export function confidenceWords(confidence: 'high' | 'medium' | 'low'): string {
  switch (confidence) {
    case 'high':
      return 'high confidence';
    case 'medium':
      return 'medium confidence';
    case 'low':
      return 'low confidence';
    default:
      return assertNever(confidence);
  }
}
