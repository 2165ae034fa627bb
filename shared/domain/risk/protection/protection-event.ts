import type { EpochMs } from '../../../kernel/clock.ts';
import type { Stamp } from '../../desk/fact.ts';
import type { AccountReading, RuleSummary } from './account-reading.ts';
import type { SeenFill } from './bypass.ts';
import type { Deadline } from './deadline.ts';
import type { LockBook } from './lock.ts';
import type { SessionFacts } from './session-facts.ts';

export type ProtectionEvent =
  /** The PC was asleep. */
  | { readonly kind: 'resumed' }
  /** The exchange's time of a live price. */
  | { readonly kind: 'market'; readonly at: EpochMs }
  /**
   * The locks after a start, as `judgeRestored` found them. Until then no entry is free. `isKept`: the store holds
   * them just like this.
   */
  | { readonly kind: 'restored'; readonly book: LockBook; readonly isKept: boolean }
  /** All deadlines of the present and the coming day; replaces those before. */
  | { readonly kind: 'deadlines'; readonly deadlines: readonly Deadline[] }
  /** A flatten of the whole account came to its end, whoever asked for it. */
  | { readonly kind: 'flatten-ended'; readonly outcome: 'proven' | 'unproven' }
  /** `until` null locks until the next session. */
  | { readonly kind: 'lock-asked'; readonly reason: string; readonly until: EpochMs | null }
  | { readonly kind: 'unlock-asked'; readonly lock: string; readonly reason: string }
  | { readonly kind: 'fill'; readonly fill: SeenFill }
  /** The account's figures, and what the rules say if they are true. */
  | {
      readonly kind: 'reading';
      readonly reading: AccountReading;
      readonly rules: readonly RuleSummary[];
    };

/** Everything that happened within one instant. Without events, time has passed. */
export interface ProtectionInput {
  readonly at: Stamp;
  readonly session: SessionFacts;
  readonly events: readonly ProtectionEvent[];
}

const ORDER: readonly ProtectionEvent['kind'][] = [
  'resumed',
  'market',
  'restored',
  'deadlines',
  'flatten-ended',
  'unlock-asked',
  'lock-asked',
  'fill',
  'reading',
];

/** Events of one instant are taken in this order, whatever order they arrived in. */
export function inOrder(events: readonly ProtectionEvent[]): readonly ProtectionEvent[] {
  if (events.length < 2) return events;
  return events
    .map((event) => ({ event, text: JSON.stringify(event) }))
    .toSorted(
      (a, b) => compare(a.event, b.event) || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0),
    )
    .map(({ event }) => event);
}

/** Of several readings the worst comes last and counts. */
function compare(a: ProtectionEvent, b: ProtectionEvent): number {
  const byKind = ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind);
  if (byKind !== 0 || a.kind !== 'reading' || b.kind !== 'reading') return byKind;
  return equityOf(b.reading) - equityOf(a.reading);
}

function equityOf({ equity }: AccountReading): number {
  return equity.value ?? Number.MAX_SAFE_INTEGER;
}
