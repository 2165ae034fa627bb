import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import { money } from '../../shared/domain/money/money.ts';
import { guardLimits } from '../../shared/testing/guard-limits.ts';
import { translateGuard, translateResult } from './translate-guard.ts';

describe('the guard that the AddOn reports', () => {
  const held = {
    account: 'Sim101',
    entriesLocked: true,
    lockedUntil: 1_780_000_000_000,
    reason: 'daily limit',
    maxContracts: 3,
    hardFloor: 47_500.125,
    flattenAtFloor: true,
  };
  const state = (hardFloor: number | null) => ({
    revision: 7,
    enforcing: true,
    accounts: [{ ...held, hardFloor }],
  });

  it('has its floor in ten-thousandths and its time as it is', () => {
    expect(translateGuard(state(47_500.125), 12)).toEqual({
      ok: true,
      value: {
        kind: 'guard.reported',
        seq: 12,
        revision: 7,
        enforcing: true,
        accounts: [
          guardLimits({
            ...held,
            account: guardLimits().account,
            lockedUntil: held.lockedUntil as EpochMs,
            hardFloor: money(475_001_250),
          }),
        ],
      },
    });
  });

  it('without a floor has none, and not a floor of 0', () => {
    const report = translateGuard(state(null), 1);
    expect(report.ok && report.value.accounts[0]?.hardFloor).toBeNull();
  });

  it('with a floor that is no exact amount is refused whole', () => {
    expect(translateGuard(state(1e300), 1)).toEqual({ ok: false, error: 'OUT_OF_RANGE' });
  });
});

describe('the end of a command', () => {
  it('keeps what the AddOn saw open', () => {
    const left = { account: 'Sim101', instrument: 'ES 12-26', quantity: -0, workingOrders: 2 };
    const words = { commandId: 'c', outcome: 'partial' as const, code: 'X', detail: 'y' };
    expect(translateResult({ ...words, remaining: [left] })).toEqual({
      kind: 'command.finished',
      ...words,
      remaining: [{ account: 'Sim101', instrument: 'ES 12-26', quantity: 0, liveOrders: 2 }],
    });
  });
});
