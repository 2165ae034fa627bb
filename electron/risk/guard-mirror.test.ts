import { describe, expect, it } from 'vitest';
import type { AccountName } from '../../shared/domain/account/account.ts';
import { money } from '../../shared/domain/money/money.ts';
import type { MonoMs } from '../../shared/kernel/clock.ts';
import { err, ok } from '../../shared/kernel/result.ts';
import { GuardMirror } from './guard-mirror.ts';

const ACCOUNT = 'Sim101' as AccountName;

function mirrored() {
  const told: string[] = [];
  let refusal: string | null = null;
  const guard = {
    wanted: () => [],
    set: () => (refusal === null ? ok(null) : err({ code: refusal })),
    clear: () => undefined,
  };
  const mirror = new GuardMirror(guard, (account, code) => told.push(`${account} ${code}`));
  let seconds = 0;
  return {
    told,
    refuse: (code: string | null) => (refusal = code),
    bring: () => {
      seconds += 10;
      mirror.showFloor(ACCOUNT, money(480_000_000), (seconds * 1_000) as MonoMs);
    },
  };
}

describe('limits that the guard link refuses', () => {
  it('are told of once, and again after they had been taken or for another reason', () => {
    const { told, refuse, bring } = mirrored();
    refuse('LOCK_IN_THE_PAST');
    bring();
    bring();
    expect(told).toEqual(['Sim101 LOCK_IN_THE_PAST']);
    refuse('TOO_MANY_ACCOUNTS');
    bring();
    refuse(null);
    bring();
    refuse('TOO_MANY_ACCOUNTS');
    bring();
    expect(told.slice(1)).toEqual(['Sim101 TOO_MANY_ACCOUNTS', 'Sim101 TOO_MANY_ACCOUNTS']);
  });
});
