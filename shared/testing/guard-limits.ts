import fc from 'fast-check';
import type { EpochMs } from '../kernel/clock.ts';
import type { AccountName } from '../domain/account/account.ts';
import { unlimited, type GuardLimits } from '../domain/guard/limits.ts';
import type { GuardReported } from '../domain/guard/record.ts';
import { money } from '../domain/money/money.ts';
import { OPEN_AT, SIM } from './desk-facts.ts';

/** Limits of the test account. */
export function guardLimits(over: Partial<GuardLimits> = {}): GuardLimits {
  return { ...unlimited(SIM), ...over };
}

export function guardReport(
  seq: number,
  revision: number,
  accounts: readonly GuardLimits[] = [],
  enforcing = true,
): GuardReported {
  return { kind: 'guard.reported', seq, revision, enforcing, accounts };
}

/** Limits that say something, of one of three accounts. */
export const someLimits: fc.Arbitrary<GuardLimits> = fc
  .record({
    account: fc.constantFrom('Sim101', 'Sim102', 'Other').map((name) => name as AccountName),
    entriesLocked: fc.boolean(),
    end: fc.option(fc.integer({ min: 1, max: 20 }), { nil: null }),
    reason: fc.constantFrom('', 'daily limit', 'tilt'),
    maxContracts: fc.option(fc.integer({ min: 0, max: 3 }), { nil: null }),
    hardFloor: fc.option(fc.integer({ min: 1, max: 4 }).map(money), { nil: null }),
    flatten: fc.boolean(),
  })
  .map(({ end, flatten, ...of }) => ({
    ...of,
    lockedUntil: of.entriesLocked && end !== null ? ((OPEN_AT + end * 30_000) as EpochMs) : null,
    flattenAtFloor: flatten && of.hardFloor !== null,
  }))
  .filter((of) => of.entriesLocked || of.maxContracts !== null || of.hardFloor !== null);

export const guards = fc.uniqueArray(someLimits, {
  maxLength: 3,
  selector: ({ account }) => account,
});
