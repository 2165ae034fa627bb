import type { z } from 'zod';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import {
  ACCOUNT_ITEM_NAMES,
  type AccountItemName,
  type AccountName,
} from '../../shared/domain/account/account.ts';
import type {
  AccountReported,
  ConnectionReported,
  ItemReported,
  PositionReported,
} from '../../shared/domain/desk/fact.ts';
import type { InstrumentName } from '../../shared/domain/instrument/instrument.ts';
import { moneyFromDecimal } from '../../shared/domain/money/money.ts';
import type {
  AccountItemRecord,
  AccountRecord,
  ConnectionRecord,
  PositionRecord,
} from '../../shared/protocol/addon/records.ts';
import type { ConnectionTable } from './connection-table.ts';
import {
  averageInTicksE4,
  type InstrumentTable,
  type TranslationCode,
} from './instrument-table.ts';

/** What the translator remembers of the platform to read its words. */
export interface Lexicon {
  readonly instruments: InstrumentTable;
  readonly connections: ConnectionTable;
}

const ITEMS: ReadonlySet<string> = new Set(ACCOUNT_ITEM_NAMES);

/** An account as the platform lists it. */
export function translateAccount(
  record: z.infer<typeof AccountRecord>,
  seq: number,
): AccountReported {
  return {
    kind: 'account.reported',
    seq,
    account: {
      name: record.name as AccountName,
      displayName: record.displayName,
      kind: record.kind,
      provider: record.provider,
      connectionName: record.connectionName,
      connectionStatus: record.connectionStatus,
      currency: record.currency,
    },
    reportedItems: record.reportedItems,
  };
}

/**
 * A figure of an account; null for items the desk has no use for. A zero of an account that is not
 * connected is what NinjaTrader sends while disconnecting and says nothing.
 */
export function translateItem(
  record: z.infer<typeof AccountItemRecord>,
  seq: number,
  { connections }: Lexicon,
): Result<ItemReported | null, TranslationCode> {
  if (!ITEMS.has(record.item)) return ok(null);
  const silent = record.value === 0 && !connections.isConnected(record.account);
  const value = record.value === null || silent ? null : moneyFromDecimal(record.value);
  if (value !== null && !value.ok) return err(value.error.code);
  return ok({
    kind: 'item.reported',
    seq,
    account: record.account as AccountName,
    item: record.item as AccountItemName,
    value: value?.value ?? null,
    reportedAt: record.time as EpochMs,
  });
}

/** A position; a report of flat needs no terms of the contract, an open one does. */
export function translatePosition(
  record: z.infer<typeof PositionRecord>,
  seq: number,
  { instruments }: Lexicon,
): Result<PositionReported, TranslationCode> {
  let averageTicksE4: number | null = null;
  if (record.quantity !== 0) {
    const instrument = instruments.find(record.instrument);
    if (instrument === undefined) return err('UNKNOWN_INSTRUMENT');
    if (record.averagePrice !== null) {
      const average = averageInTicksE4(instrument, record.averagePrice);
      if (!average.ok) return average;
      averageTicksE4 = average.value;
    }
  }
  return ok({
    kind: 'position.reported',
    seq,
    account: record.account as AccountName,
    instrument: record.instrument as InstrumentName,
    // Adding 0 turns -0, which JSON can carry, into 0.
    quantity: record.quantity + 0,
    averageTicksE4,
    reportedAt: record.time as EpochMs,
  });
}

/** A connection's state; both errors of the platform become one line for a person. */
export function translateConnection(
  record: z.infer<typeof ConnectionRecord>,
  seq: number,
): ConnectionReported {
  const told = [record.error, record.nativeError].filter((text) => text !== '');
  return {
    kind: 'connection.reported',
    seq,
    name: record.name,
    status: record.status,
    priceStatus: record.priceStatus,
    detail: told.join(': '),
  };
}
