import type { AccountKind } from '../../shared/domain/account/account.ts';
import type { ProtectionChoice } from '../../shared/domain/risk/feed/record.ts';
import type { DeskMode } from '../../shared/domain/risk/protection/permission.ts';
import {
  PROTECTION_DEFAULTS,
  type ProtectionSettings,
} from '../../shared/domain/risk/protection/settings.ts';
import type { RulesInForce } from './rules-in-force.ts';

export interface SettingsParts {
  readonly mode: DeskMode;
  readonly choice: ProtectionChoice | null;
  readonly rules: RulesInForce | null;
  readonly kind: AccountKind;
}

/** How an account is protected now. Whatever is not known makes the desk observe. */
export function protectionSettings({
  mode,
  choice,
  rules,
  kind,
}: SettingsParts): ProtectionSettings {
  const { ownLimit, figure } = PROTECTION_DEFAULTS;
  return {
    ...PROTECTION_DEFAULTS,
    ownLimit: { ...ownLimit, safety: choice?.safety ?? ownLimit.safety },
    figure: { ...figure, isZeroNormal: rules?.start === 0 },
    standing: {
      level: choice?.level ?? 'observe',
      mode,
      accountKind: kind,
      // Live accounts are switched on one by one after a drill; until the desk has drills none is.
      isLiveEnabled: false,
      automation: rules?.automation ?? 'unknown',
      insists: choice?.insists ?? false,
    },
  };
}
