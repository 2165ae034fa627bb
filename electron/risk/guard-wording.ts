import type { RiskRecord } from '../../shared/domain/risk/feed/record.ts';
import type { ProtectionNotice } from '../../shared/domain/risk/protection/outcome.ts';
import type { RestoreFault } from '../../shared/domain/risk/protection/lock-evidence.ts';
import type { LevelReason } from '../../shared/domain/risk/protection/permission.ts';
import type { Severity, Verdict } from '../../shared/domain/risk/verdict.ts';
import { ruleTitle } from './rule-titles.ts';

type Told = Pick<Extract<RiskRecord, { kind: 'risk.told' }>, 'severity' | 'text'>;

/** The name of a rule by its id. */
export type TitleOf = (rule: string) => string;

export const LEVEL_REASONS: Readonly<Record<LevelReason, string>> = {
  FIRM_FORBIDS_AUTOMATION: 'The firm forbids software that trades by itself.',
  FIRM_POLICY_UNKNOWN: 'What the firm says of software that trades by itself is not known.',
  FIRM_POLICY_OVERRIDDEN: 'You chose this level although the firm does not allow it.',
  NOT_A_SIMULATION_ACCOUNT: 'Only simulation and playback accounts are acted for in this mode.',
  LIVE_NOT_ENABLED: 'This live account was not switched on.',
  ACCOUNT_KIND_UNKNOWN: 'What kind of account this is was not reported.',
};

const UNKNOWN_FIGURES: Readonly<Record<string, string>> = {
  NOT_REPORTED: 'The account has not reported its figures.',
  DISCONNECTED: 'The account is not connected.',
  STALE: 'The figures are out of date.',
  ZERO: 'The account reports 0, as it does when a connection is lost.',
};

/** Why an unknown figure is unknown. */
export function unknownFigure(why: string): string {
  return UNKNOWN_FIGURES[why] ?? 'The figures are not known.';
}

const STEPS = {
  calm: ['info', 'is calm again'],
  notice: ['notice', 'is half used'],
  warning: ['warning', 'is at its warning'],
  critical: ['critical', 'is nearly used up: exits only'],
  act: ['critical', 'is used up'],
} as const;

/** How far the own limit is used up; empty while it is not worth telling. */
export function ownStepText(step: keyof typeof STEPS): string {
  return step === 'calm' ? '' : `Your own limit ${STEPS[step][1]}.`;
}

const WITHHELD = {
  'lock-entries': 'Entries are not locked',
  flatten: 'The account is not flattened',
  'cancel-entries': 'Entry orders are not cancelled',
  'reduce-excess': 'The excess is not closed',
} as const;

const REFUSED: Readonly<Record<string, string>> = {
  NO_SUCH_LOCK: 'There is no such lock.',
  NO_RULES: 'No rules are chosen for the account.',
  REASON_MISSING: 'Give a reason.',
  NOT_PERMITTED: 'The account has broken a rule; this lock cannot be taken off.',
  ENDS_NO_LATER: 'The lock ends with the next session, and not before.',
  DAY_UNKNOWN: 'The calendar does not tell when the next session opens.',
  CLOCK_SUSPECT: "The PC's clock was not confirmed by the market's time yet.",
};

/** Why an unlock was refused. */
export function unlockRefusal(code: string): string {
  return REFUSED[code] ?? 'The lock stays.';
}

/** An attempt that failed, with the reason that was given for it. */
export function unlockRefused(reason: string, code: string): string {
  const given = reason.trim() === '' ? 'without a reason' : `for "${reason.trim()}"`;
  return `An unlock ${given} was refused. ${unlockRefusal(code)}`;
}

const FAULTS: Readonly<Record<RestoreFault, string>> = {
  STORE_MISSING: 'The journal does not know its locks.',
  SEAL_BROKEN: 'Its locks in the journal are damaged or were changed.',
  OTHER_ACCOUNT: 'The journal has the locks of another account in its place.',
  SECOND_PLACE_BROKEN: 'The file beside the journal that knows its locks is missing or damaged.',
  OTHER_HISTORY: 'The journal and the file beside it tell different histories of its locks.',
  OLDER_THAN_SECOND_PLACE: 'The journal is older than what is known of its locks.',
  LOOSER_THAN_ADDON: 'The AddOn holds a longer lock than the journal.',
};

/** What was found amiss with the locks of an account. */
export function restoreText(faults: readonly RestoreFault[]): string {
  const found = faults.map((fault) => FAULTS[fault]).join(' ');
  return `${found} Whatever any of them locks stays locked.`;
}

/** What the trader is told of a notice. */
export function noticeText(notice: ProtectionNotice, titleOf: TitleOf): Told {
  switch (notice.kind) {
    case 'step': {
      const [severity, words] = STEPS[notice.to];
      return { severity, text: `Your own limit inside "${titleOf(notice.rule)}" ${words}.` };
    }
    case 'size-over-room':
      return warning(`What is open is too large for the room of "${titleOf(notice.rule)}".`);
    case 'withheld': {
      const why = notice.reasons.map((reason) => LEVEL_REASONS[reason]).join(' ');
      const words = WITHHELD[notice.action];
      const because = why === '' ? 'The protection level is lower than that.' : why;
      return {
        severity: 'critical',
        text: `${words} (${causeText(notice.cause, titleOf)}). ${because}`,
      };
    }
    case 'deadline':
      return warning(
        notice.stage === 'act'
          ? 'The time by which everything must be closed has come.'
          : `Everything must be closed soon (${notice.stage} minutes).`,
      );
    case 'figure-held':
      return { severity: 'notice', text: 'A sudden figure is held back until it stands.' };
    case 'figure-unknown':
      return warning(unknownFigure(notice.why));
    case 'floor-disagrees':
      return warning('The broker tells another floor than the rules give; the tighter one counts.');
    case 'clock-suspect':
      return warning("The PC's clock does not fit the market's time; no lock ends by it.");
    case 'bypass-order':
      return warning(`An entry order was placed while entries are locked (${notice.attempts}).`);
    case 'bypass-fill':
      return warning(`${notice.entered} contracts were entered while entries are locked.`);
    case 'over-cap':
      return warning(overCapText(notice, titleOf(notice.rule)));
    case 'late-fill':
      return { severity: 'notice', text: 'An order from before the lock was filled after it.' };
    case 'unlock-refused':
      return { severity: 'notice', text: unlockRefused(notice.reason, notice.code) };
    case 'unlock-accepted':
      return warning(`Unlock accepted for the next session: ${notice.reason}`);
  }
}

function overCapText(
  { instrument, quantity }: Extract<ProtectionNotice, { kind: 'over-cap' }>,
  title: string,
): string {
  const what = `${quantity > 0 ? 'buy' : 'sell'} ${Math.abs(quantity)} ${instrument}`;
  return `An entry order is cancelled (${what}): filled, it would take the account over the limit of "${title}".`;
}

/** A verdict that became another one, for the feed. */
export function verdictText(verdict: Verdict): Told {
  const { severity, reason } = verdict;
  return { severity: TOLD_AS[severity], text: `${ruleTitle(verdict)}: ${severity}. ${reason}` };
}

const TOLD_AS: Readonly<Record<Severity, Told['severity']>> = {
  ok: 'info',
  notice: 'notice',
  warning: 'warning',
  critical: 'critical',
  unknown: 'warning',
  breach: 'critical',
};

function causeText(cause: string, titleOf: TitleOf): string {
  const [kind = '', ...rest] = cause.split(':');
  return kind === 'own' || kind === 'rule' ? titleOf(rest.join(':')) : cause;
}

function warning(text: string): Told {
  return { severity: 'warning', text };
}
