import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../shared/kernel/clock.ts';
import type { AccountName } from '../../../shared/domain/account/account.ts';
import { unlimited } from '../../../shared/domain/guard/limits.ts';
import type { WantedLimits } from '../../../shared/domain/guard/record.ts';
import { keptBack } from './standing-guard.ts';

const NOW = 1_000 as EpochMs;
const END = 5_000 as EpochMs;
const account = 'Sim101' as AccountName;
const NO_RISK = { lock: null, floor: null };
const LOCKED = { entriesLocked: true, lockedUntil: END, reason: 'day over' };

function wanted(over: Partial<WantedLimits>): WantedLimits {
  return { ...unlimited(account), since: NOW, origin: 'trader', ...over };
}

describe('limits of an account without rules', () => {
  it.each<[string, Partial<WantedLimits>, boolean]>([
    ['a lock that was found at the AddOn and has an end', { ...LOCKED, origin: 'adopted' }, true],
    ['one of the command itself', LOCKED, false],
    ['one that has ended', { ...LOCKED, lockedUntil: NOW, origin: 'adopted' }, false],
    ['one without an end', { ...LOCKED, lockedUntil: null, origin: 'adopted' }, false],
    ['a number of contracts', { maxContracts: 2, origin: 'adopted' }, false],
  ])('%s: %j', (_name, over, isKept) => {
    const standing = { account, wanted: wanted(over), risk: NO_RISK };
    expect(keptBack(standing, null, NOW) !== null).toBe(isKept);
    const longer = { ...unlimited(account), ...LOCKED };
    expect(keptBack(standing, longer, NOW)).toBeNull();
  });
});
