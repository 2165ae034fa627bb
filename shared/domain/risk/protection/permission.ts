import type { AccountKind } from '../../account/account.ts';

/** `observe` alerts, `guard` also locks and cancels entries, `protect` also reduces and flattens by itself. */
export type ProtectionLevel = 'observe' | 'guard' | 'protect';

export type DeskMode = 'demo' | 'test' | 'live';

/** What the firm's rules say of software that trades by itself. */
export type AutomationPolicy = 'allowed' | 'ownOnly' | 'manualOnly' | 'prohibited' | 'unknown';

export interface ProtectionStanding {
  readonly level: ProtectionLevel;
  readonly mode: DeskMode;
  readonly accountKind: AccountKind;
  /** The trader's switch of this account to live, with a drill that is not too old. */
  readonly isLiveEnabled: boolean;
  readonly automation: AutomationPolicy;
  /** The trader chose the level although the firm forbids it or its word is not known. */
  readonly insists: boolean;
}

export type LevelReason =
  | 'FIRM_FORBIDS_AUTOMATION'
  | 'FIRM_POLICY_UNKNOWN'
  | 'FIRM_POLICY_OVERRIDDEN'
  | 'NOT_A_SIMULATION_ACCOUNT'
  | 'LIVE_NOT_ENABLED'
  | 'ACCOUNT_KIND_UNKNOWN';

export interface Permission {
  /** What counts; never more than the trader chose. */
  readonly level: ProtectionLevel;
  /** Why it is less than chosen, or more than the firm allows. */
  readonly reasons: readonly LevelReason[];
  readonly alert: true;
  readonly lockEntries: boolean;
  readonly cancelEntries: boolean;
  readonly reduceExcess: boolean;
  readonly flatten: boolean;
  /** Locks that stand, the trader's own among them, are kept up; not in a mode that commands no such account. */
  readonly holdLocks: boolean;
  /** The trader's own press is no automation. */
  readonly flattenByTrader: true;
}

/** What the desk may do by itself for an account. */
export function permissionOf(standing: ProtectionStanding): Permission {
  const { level, insists } = standing;
  const closed = modeGate(standing);
  if (closed !== null) {
    const observing = grant('observe', level === 'observe' ? [] : [closed]);
    return { ...observing, holdLocks: false };
  }
  const doubt = firmDoubt(standing.automation);
  if (doubt === null || level === 'observe') return grant(level, []);
  return insists ? grant(level, ['FIRM_POLICY_OVERRIDDEN']) : grant('observe', [doubt]);
}

function modeGate({ mode, accountKind, isLiveEnabled }: ProtectionStanding): LevelReason | null {
  if (accountKind === 'unknown') return 'ACCOUNT_KIND_UNKNOWN';
  switch (mode) {
    case 'demo':
      return accountKind === 'simulation' ? null : 'NOT_A_SIMULATION_ACCOUNT';
    case 'test':
      return accountKind === 'live' ? 'NOT_A_SIMULATION_ACCOUNT' : null;
    case 'live':
      return accountKind === 'live' && !isLiveEnabled ? 'LIVE_NOT_ENABLED' : null;
  }
}

function firmDoubt(automation: AutomationPolicy): LevelReason | null {
  switch (automation) {
    case 'allowed':
    case 'ownOnly':
      return null;
    case 'manualOnly':
    case 'prohibited':
      return 'FIRM_FORBIDS_AUTOMATION';
    case 'unknown':
      return 'FIRM_POLICY_UNKNOWN';
  }
}

function grant(level: ProtectionLevel, reasons: readonly LevelReason[]): Permission {
  const guards = level !== 'observe';
  const protects = level === 'protect';
  return {
    level,
    reasons,
    alert: true,
    lockEntries: guards,
    cancelEntries: guards,
    reduceExcess: protects,
    flatten: protects,
    holdLocks: true,
    flattenByTrader: true,
  };
}
