/** Something that a pack's author should know. Errors keep a pack from being used, warnings do not. */
export interface PackIssue {
  readonly severity: 'error' | 'warning';
  readonly code: PackIssueCode;
  /** Where: a path in the file, or a template's id and a path within its rules. */
  readonly path: string;
  readonly sentence: string;
}

export type PackIssueCode =
  | 'NOT_JSON'
  | 'SCHEMA'
  | 'FORMAT_UNKNOWN'
  | 'LAYER_UNKNOWN'
  | 'TEMPLATE_INCOMPLETE'
  | 'EVIDENCE_MISSING'
  | 'EVIDENCE_POINTS_NOWHERE'
  | 'SOURCE_UNKNOWN'
  | 'SOURCE_UNUSED'
  | 'TEMPLATE_TWICE'
  | 'SIZE_MISSING'
  | 'SIZE_AND_START_DIFFER'
  | 'INACTIVE_WITH_TEMPLATES'
  | 'NO_TEMPLATES'
  | 'FLOOR_NOT_BELOW_START'
  | 'LOCK_BELOW_FLOOR'
  | 'LOCK_TRIGGER_WRONG'
  | 'LOCK_ABOVE_TARGET'
  | 'LOCK_OF_STATIC'
  | 'NO_TIME_OF_RECALCULATION'
  | 'TIERS_NOT_RISING'
  | 'TIERS_PAST_THE_CAP'
  | 'ONE_OF_TWO'
  | 'DAILY_LOSS_PAST_DRAWDOWN'
  | 'ZONE_UNKNOWN'
  | 'DEADLINE_AFTER_ROLL'
  | 'DEADLINE_OF_HOLDING'
  | 'WEEKEND_DEADLINE'
  | 'SAFETY_NET_BELOW_LOCK'
  | 'AUTOMATION_NOT_OBSERVED'
  | 'DATE_IN_FUTURE'
  | 'STALE'
  | 'PAGE_NEWER_THAN_READ'
  | 'LOW_CONFIDENCE'
  | 'NOT_KNOWN';

export function problem(code: PackIssueCode, path: string, sentence: string): PackIssue {
  return { severity: 'error', code, path, sentence };
}

export function caution(code: PackIssueCode, path: string, sentence: string): PackIssue {
  return { severity: 'warning', code, path, sentence };
}
