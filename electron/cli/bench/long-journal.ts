import type { EpochMs } from '../../../shared/kernel/clock.ts';
import type { ExecutionId } from '../../../shared/domain/account/execution.ts';
import type { OrderId } from '../../../shared/domain/account/order.ts';
import type { JournalEntry, JournalRecord } from '../../../shared/domain/journal/record.ts';
import type { AppendItem } from '../../engine/ports.ts';
import { JournalWriter } from '../../store/journal-writer.ts';
import { openDatabase } from '../../store/sqlite.ts';

const DAY_MS = 86_400_000;
const BATCH_ROWS = 5_000;

export interface JournalLength {
  readonly rows: number;
  /** Trading days between the last round and the template; rounds of two calls must not share a day. */
  readonly daysAgo: number;
}

/**
 * Adds rows to a journal: the template over and over, each round a day later with orders and fills of its
 * own.
 */
export function writeLongJournal(
  path: string,
  template: readonly JournalRecord[],
  { rows, daysAgo }: JournalLength,
): void {
  const opened = openDatabase({ path });
  if (!opened.ok) throw new Error(opened.error.code);
  const writer = new JournalWriter(opened.value.db, 'run-long');
  const rounds = Math.ceil(rows / template.length);
  let batch: AppendItem[] = [];
  for (let n = 0; n < rows; n += 1) {
    const record = template[n % template.length];
    if (record === undefined) break;
    const round = Math.floor(n / template.length);
    batch.push(onDay(record, daysAgo + rounds - 1 - round));
    if (batch.length < BATCH_ROWS && n < rows - 1) continue;
    writer.write(batch, 'batched');
    batch = [];
  }
  opened.value.close();
}

function onDay(record: JournalRecord, daysBefore: number): AppendItem {
  const moment = (at: EpochMs): EpochMs => (at - daysBefore * DAY_MS) as EpochMs;
  return {
    entry: moved(record.entry, `~${daysBefore}`, moment),
    stamp: { wall: moment(record.wall), mono: record.mono },
    correlationId: record.correlationId,
    causationId: record.causationId,
  };
}

function moved(
  entry: JournalEntry,
  suffix: string,
  moment: (at: EpochMs) => EpochMs,
): JournalEntry {
  if (entry.kind === 'order.reported') {
    const { order } = entry;
    const id = `${order.id}${suffix}` as OrderId;
    return { ...entry, order: { ...order, id, updatedAt: moment(order.updatedAt) } };
  }
  if (entry.kind === 'execution.reported') {
    const { execution } = entry;
    const { orderId } = execution;
    const id = `${execution.id}${suffix}` as ExecutionId;
    const own = orderId === null ? null : (`${orderId}${suffix}` as OrderId);
    const executedAt = moment(execution.executedAt);
    return { ...entry, execution: { ...execution, id, orderId: own, executedAt } };
  }
  if (entry.kind === 'order.vanished') return { ...entry, orderId: `${entry.orderId}${suffix}` };
  if (entry.kind === 'position.reported' || entry.kind === 'item.reported') {
    return { ...entry, reportedAt: moment(entry.reportedAt) };
  }
  return entry;
}
