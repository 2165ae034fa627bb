import type { ProofView, ScopeView } from '../../../../../shared/protocol/ipc/views.ts';
import {
  aliveWithin,
  isOurs,
  positionAt,
  signOf,
  type History,
  type OrderLife,
} from './history.ts';
import type { Trial } from './trial.ts';

/** What the trader was told of a flatten, and when. */
export interface Told {
  /** PC clock, UTC epoch milliseconds. */
  readonly pressedAt: number;
  readonly proof: Pick<ProofView, 'firstFlatAt' | 'confirmedAt' | 'watchMs'> | null;
  /** From the press to the first alarm or refusal; null without one. */
  readonly alarmedAfterMs: number | null;
}

/** Why a flatten is wrong; none of these may ever happen. */
export type Wrong = { readonly code: WrongCode; readonly detail: string };
export type WrongCode =
  /** Proven flat while the broker held a position or a live order. */
  | 'FALSE_PROOF'
  /** The broker did something in the scope during the watch. */
  | 'NOT_QUIET'
  | 'SHORT_WATCH'
  /** Neither proven nor alarmed. */
  | 'SILENT'
  /** Neither alarmed nor seen flat when the trader had to know. */
  | 'LATE'
  /** A closing order that was larger than what was to be closed, or on the wrong side. */
  | 'TOO_MUCH'
  /** A closing order beside another one. */
  | 'DOUBLE_CLOSE'
  | 'CLOSED_AFTER_PROOF'
  | 'OUT_OF_SCOPE';

const WATCH_MS = 10_000;
/** The desk raises its alarm after ten seconds; a busy machine may need some more to show it. */
const IN_TIME_MS = 15_000;
/** A fill takes some 20 ms to show as a position; an order that was right so long ago could not know better. */
const HINDSIGHT_MS = 60;

/** Judges a flatten by the broker's books. */
export function judge(trial: Trial, told: Told, history: History): readonly Wrong[] {
  const wrongs: Wrong[] = [];
  const inScope = trial.instruments.filter((name) => isInScope(trial.scope, name));
  const others = trial.instruments.filter((name) => !isInScope(trial.scope, name));
  if (told.proof === null && told.alarmedAfterMs === null) wrongs.push(silence(history));
  else wrongs.push(...judgePatience(told));
  for (const instrument of inScope) wrongs.push(...judgeProof(told, history, instrument));
  wrongs.push(...judgeCloses(history));
  for (const instrument of others) wrongs.push(...judgeOutside(told, history, instrument));
  return wrongs;
}

function isInScope(scope: ScopeView, instrument: string): boolean {
  return scope.kind !== 'instrument' || scope.instrument === instrument;
}

function silence({ positions }: History): Wrong {
  const open = positions.map(({ instrument, quantity }) => `${instrument} ${quantity}`).join(', ');
  return { code: 'SILENT', detail: open === '' ? 'nothing open' : open };
}

/** An alarm may come before a proof; a proof alone has to be that of an early calm. */
function judgePatience({ pressedAt, proof, alarmedAfterMs }: Told): readonly Wrong[] {
  const flatAfterMs = proof === null ? Infinity : proof.firstFlatAt - pressedAt;
  const knownAfterMs = Math.min(alarmedAfterMs ?? Infinity, flatAfterMs);
  if (knownAfterMs <= IN_TIME_MS) return [];
  return [{ code: 'LATE', detail: `${Math.round(knownAfterMs)} ms` }];
}

function judgeProof({ proof }: Told, history: History, instrument: string): readonly Wrong[] {
  if (proof === null) return [];
  const { firstFlatAt, confirmedAt, watchMs } = proof;
  const wrongs: Wrong[] = [];
  const position = positionAt(history, instrument, confirmedAt);
  const live = aliveWithin(history, { instrument, from: confirmedAt, to: confirmedAt });
  if (position !== 0 || live.length > 0) {
    wrongs.push({ code: 'FALSE_PROOF', detail: `position ${position}, live ${namesOf(live)}` });
  }
  const during = aliveWithin(history, { instrument, from: firstFlatAt, to: confirmedAt });
  const heldAtFirst = positionAt(history, instrument, firstFlatAt);
  if (during.length > 0 || heldAtFirst !== 0) {
    const detail = `position ${heldAtFirst} at the first report, then ${namesOf(during)}`;
    wrongs.push({ code: 'NOT_QUIET', detail });
  }
  if (watchMs < WATCH_MS) wrongs.push({ code: 'SHORT_WATCH', detail: `${watchMs} ms` });
  const late = history.orders.filter(
    (order) => order.instrument === instrument && isOurs(order) && order.arrivedUtcMs > confirmedAt,
  );
  if (late.length > 0) wrongs.push({ code: 'CLOSED_AFTER_PROOF', detail: namesOf(late) });
  return wrongs;
}

function judgeCloses(history: History): readonly Wrong[] {
  const wrongs: Wrong[] = [];
  const ours = history.orders.filter((order) => isOurs(order) && order.end !== 'rejected');
  for (const order of ours) {
    const beside = ours.find(
      (other) =>
        other !== order &&
        other.instrument === order.instrument &&
        other.arrived < order.arrived &&
        (other.ended === 0 || other.ended > order.arrived),
    );
    if (beside !== undefined) {
      wrongs.push({
        code: 'DOUBLE_CLOSE',
        detail: `${describe(order)} beside ${describe(beside)}`,
      });
    }
    const held = heldBefore(history, order);
    if (!held.some((position) => canClose(position, order))) {
      wrongs.push({
        code: 'TOO_MUCH',
        detail: `${describe(order)} at ${held.join(' and before it ')}`,
      });
    }
  }
  return wrongs;
}

/** The position at the order's arrival, and those that it may still have been sent for. */
function heldBefore(history: History, order: OrderLife): readonly number[] {
  const earlier = history.fills.filter(
    ({ instrument, moment }) => instrument === order.instrument && moment < order.arrived,
  );
  const held = [earlier.at(-1)?.positionAfter ?? 0];
  for (const fill of earlier.reverse()) {
    if (fill.utcMs < order.arrivedUtcMs - HINDSIGHT_MS) break;
    held.push(fill.positionAfter - fill.quantity);
  }
  return held;
}

function canClose(position: number, order: OrderLife): boolean {
  return Math.sign(position) === -signOf(order) && order.quantity <= Math.abs(position);
}

/** A press on one contract touches no other. */
function judgeOutside(told: Told, history: History, instrument: string): readonly Wrong[] {
  const touched = history.orders.filter(
    (order) =>
      order.instrument === instrument &&
      order.arrivedUtcMs <= told.pressedAt + WATCH_MS &&
      (isOurs(order) || (order.end === 'cancelled' && order.endedUtcMs >= told.pressedAt)),
  );
  return touched.length === 0 ? [] : [{ code: 'OUT_OF_SCOPE', detail: namesOf(touched) }];
}

function namesOf(orders: readonly OrderLife[]): string {
  return `[${orders.map(describe).join(', ')}]`;
}

function describe({ name, action, quantity, filled, instrument, end }: OrderLife): string {
  return `${name} ${action} ${filled}/${quantity} ${instrument} ${end === '' ? 'live' : end}`;
}
