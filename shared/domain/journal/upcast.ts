import { err, ok, type Result } from '../../kernel/result.ts';
import type { JournalEntry, JournalKind } from './record.ts';

/** Turns the payload of one version of a kind into that of the next version. */
export type Upcaster = (payload: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** For each kind, the steps from version 1 on; a kind's present version is one more than its steps. */
export type UpcasterTable = Readonly<Record<string, readonly Upcaster[]>>;

export type UpcastError =
  | { readonly code: 'UNKNOWN_KIND'; readonly kind: string }
  /** Written by a newer version of the app than this one. */
  | { readonly code: 'NEWER_VERSION'; readonly kind: string; readonly v: number }
  | { readonly code: 'BAD_PAYLOAD'; readonly kind: string };

/** History is never rewritten: a changed payload gets a step here, and old rows pass through it. */
export const JOURNAL_UPCASTERS: Readonly<Record<JournalKind, readonly Upcaster[]>> = {
  'link.opened': [],
  'link.lost': [],
  'link.gap': [
    (payload) => ({
      ...payload,
      gaps: 1,
      missing: Number(payload['to']) - Number(payload['from']) + 1,
    }),
  ],
  'link.refused': [],
  'instrument.reported': [],
  'account.reported': [],
  'item.reported': [],
  'order.reported': [],
  'execution.reported': [],
  'position.reported': [],
  'connection.reported': [],
  'command.acked': [],
  'command.finished': [(payload) => ({ ...payload, remaining: null })],
  'flatten.progressed': [],
  'flatten.requested': [],
  'flatten.stepped': [],
  'flatten.unresolved': [],
  'flatten.refused': [],
  'flatten.disarmed': [],
  'flatten.confirmed': [],
  'guard.reported': [],
  'guard.wanted': [],
  'rules.assigned': [],
  'protection.chosen': [],
  'own-rules.chosen': [],
  'risk.kept': [],
  'risk.taken': [],
  'risk.course': [],
  'risk.told': [],
  'locks.kept': [],
  'protection.kept': [],
  'engine.started': [],
  'engine.stopped': [],
  'intent.recorded': [],
  'command.sent': [],
  'reconcile.corrected': [],
  'position.carried': [],
  'order.vanished': [],
  'setting.changed': [],
};

export interface StoredEntry {
  readonly kind: string;
  readonly v: number;
  readonly payload: unknown;
}

/** The version in which a kind is written today. */
export function versionOf(kind: string, table: UpcasterTable = JOURNAL_UPCASTERS): number {
  return (table[kind]?.length ?? 0) + 1;
}

/** Brings a stored entry to its kind's present version. */
export function upcast(
  stored: StoredEntry,
  table: UpcasterTable = JOURNAL_UPCASTERS,
): Result<JournalEntry, UpcastError> {
  const { kind, v, payload } = stored;
  const steps = Object.hasOwn(table, kind) ? table[kind] : undefined;
  if (steps === undefined) return err({ code: 'UNKNOWN_KIND', kind });
  if (!Number.isInteger(v) || v < 1 || v > steps.length + 1) {
    return err({ code: 'NEWER_VERSION', kind, v });
  }
  if (!isRecord(payload)) return err({ code: 'BAD_PAYLOAD', kind });
  const current = steps.slice(v - 1).reduce((value, step) => step(value), payload);
  // The journal was written by this app from typed values; the hash chain shows whether others wrote in it.
  return ok({ ...current, kind } as unknown as JournalEntry);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
