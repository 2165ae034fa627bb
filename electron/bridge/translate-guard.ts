import type { EpochMs } from '../../shared/kernel/clock.ts';
import { ok, type Result } from '../../shared/kernel/result.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import type { CommandFinished } from '../../shared/domain/desk/fact.ts';
import type { GuardLimits } from '../../shared/domain/guard/limits.ts';
import type { GuardReported } from '../../shared/domain/guard/record.ts';
import type { InstrumentName } from '../../shared/domain/instrument/instrument.ts';
import { moneyFromDecimal, type MoneyError } from '../../shared/domain/money/money.ts';
import type { AddonEvent } from '../../shared/protocol/addon/events.ts';

type PayloadOf<T extends AddonEvent['type']> = Extract<AddonEvent, { type: T }>['payload'];

/** The guard that the AddOn holds; one with a floor that is no exact amount is refused whole. */
export function translateGuard(
  payload: PayloadOf<'guardState'>,
  seq: number,
): Result<GuardReported, MoneyError['code']> {
  const { revision, enforcing } = payload;
  const accounts: GuardLimits[] = [];
  for (const entry of payload.accounts) {
    const floor = entry.hardFloor === null ? null : moneyFromDecimal(entry.hardFloor);
    if (floor !== null && !floor.ok) return { ok: false, error: floor.error.code };
    accounts.push({
      ...entry,
      account: entry.account as AccountName,
      lockedUntil: entry.lockedUntil as EpochMs | null,
      hardFloor: floor?.value ?? null,
    });
  }
  return ok({ kind: 'guard.reported', seq, revision, enforcing, accounts });
}

/** How a command ended, with what the AddOn saw open at its end. */
export function translateResult(payload: PayloadOf<'commandResult'>): CommandFinished {
  const { commandId, outcome, code, detail } = payload;
  const remaining = payload.remaining.map((left) => ({
    account: left.account as AccountName,
    instrument: left.instrument as InstrumentName,
    // Adding 0 turns -0, which JSON can carry, into 0.
    quantity: left.quantity + 0,
    liveOrders: left.workingOrders,
  }));
  return { kind: 'command.finished', commandId, outcome, code, detail, remaining };
}
