import { assertNever } from '../../kernel/assert-never.ts';
import type { Stamp } from '../desk/fact.ts';
import { attempt, attemptWhenDue, newRound, nextRound } from './attempt.ts';
import { FLATTEN_POLICY, type FlattenPolicy } from './policy.ts';
import type { Exposure, FlattenDoor } from './record.ts';
import { isEnded, newRun, type FlattenRun, type Observation } from './run.ts';
import { scopeCovers, type FlattenScope } from './scope.ts';
import { Turn, type FlattenEffect } from './turn.ts';
import {
  describeExposures,
  isReadOverdue,
  observe,
  readAnswered,
  readNow,
} from './verification.ts';

export type FlattenInput =
  /** The trader asked again; while a round runs this changes nothing but the count. */
  | { readonly kind: 'pressed' }
  | { readonly kind: 'notSent'; readonly commandId: string; readonly code: string }
  | { readonly kind: 'linkUp' }
  | { readonly kind: 'linkDown'; readonly detail: string }
  | {
      readonly kind: 'acked';
      readonly commandId: string;
      readonly status: 'accepted' | 'duplicate' | 'refused';
      readonly code: string | null;
      readonly detail: string;
    }
  | {
      readonly kind: 'finished';
      readonly commandId: string;
      readonly outcome: 'done' | 'partial' | 'failed';
      readonly detail: string;
      /** What the platform saw open when it ended the command; null when it is not known. */
      readonly remaining: readonly Exposure[] | null;
    }
  | { readonly kind: 'progressed'; readonly commandId: string; readonly detail: string }
  /** The desk changed within the scope. */
  | { readonly kind: 'observed'; readonly seen: Observation }
  /** A complete snapshot arrived; `commandId` is the request it answers. */
  | { readonly kind: 'read'; readonly commandId: string; readonly seen: Observation }
  | { readonly kind: 'tick' }
  | { readonly kind: 'disarm' };

const NOTHING_RUNNING = { armed: false, unanswered: null, read: null, watch: null } as const;

export interface FlattenTransition {
  readonly run: FlattenRun;
  /** In the order they must happen: what reduces risk comes before what remembers it. */
  readonly effects: readonly FlattenEffect[];
}

export interface FlattenRequest {
  readonly id: string;
  readonly scope: FlattenScope;
  readonly door: FlattenDoor;
  readonly stamp: Stamp;
  /** The scope as the desk knows it at the press. */
  readonly seen: Observation;
  readonly linkUp: boolean;
}

/** Refusals that another attempt cannot mend. */
const FINAL_REFUSALS: ReadonlySet<string> = new Set([
  'UNKNOWN_ACCOUNT',
  'UNKNOWN_INSTRUMENT',
  'ACCOUNT_NOT_PERMITTED',
  'UNSUPPORTED',
  'BAD_COMMAND',
]);

/** Starts a flatten: the command goes out first, the record of it follows in the same turn. */
export function startFlatten(
  request: FlattenRequest,
  policy: FlattenPolicy = FLATTEN_POLICY,
): FlattenTransition {
  const { id, scope, door, stamp } = request;
  const run = newRun({ id, scope, door, requestedAt: stamp, remaining: request.seen.exposures });
  const turn = new Turn(run, stamp, policy);
  turn.record({ kind: 'flatten.requested', flattenId: id, scope, door, wall: stamp.wall });
  turn.step('requested', door);
  if (request.linkUp) attempt(turn);
  else turn.alarm('LINK_DOWN', 'there was no link at the press');
  return transition(turn);
}

/**
 * Takes on a flatten that the platform carries out and no record tells of, as after a crash at the press.
 * Its scope is not known, so it is watched over everything and never sent by itself.
 */
export function adoptFlatten(
  id: string,
  stamp: Stamp,
  policy: FlattenPolicy = FLATTEN_POLICY,
): FlattenTransition {
  const scope = { kind: 'all' } as const;
  const door = 'recovery';
  const run = newRun({ id, scope, door, requestedAt: stamp, remaining: [] });
  const turn = new Turn({ ...run, stage: 'accepted', armed: false }, stamp, policy);
  turn.record({ kind: 'flatten.requested', flattenId: id, scope, door, wall: stamp.wall });
  turn.alarm('NOT_RECORDED', 'the platform is carrying it out');
  readNow(turn);
  return transition(turn);
}

/** Moves a run by one input. Pure: the same run, input and stamp give the same run and effects. */
export function advanceFlatten(
  run: FlattenRun,
  input: FlattenInput,
  stamp: Stamp,
  policy: FlattenPolicy = FLATTEN_POLICY,
): FlattenTransition {
  const turn = new Turn(run, stamp, policy);
  if (!isEnded(run)) apply(turn, input);
  return transition(turn);
}

function transition(turn: Turn): FlattenTransition {
  const sends = turn.effects.filter((effect) => effect.kind === 'send');
  const records = turn.effects.filter((effect) => effect.kind === 'record');
  return { run: turn.run, effects: [...sends, ...records] };
}

function apply(turn: Turn, input: FlattenInput): void {
  switch (input.kind) {
    case 'pressed':
      return press(turn);
    case 'notSent':
      return notSent(turn, input.commandId, input.code);
    case 'linkUp':
      return linkUp(turn);
    case 'linkDown':
      return linkDown(turn, input.detail);
    case 'acked':
      return acked(turn, input);
    case 'finished':
      return finished(turn, input);
    case 'progressed':
      if (owns(turn, input.commandId)) turn.step('platformStep', input.detail);
      return;
    case 'observed':
      return observe(turn, input.seen);
    case 'read':
      return readAnswered(turn, input.commandId, input.seen);
    case 'tick':
      return tick(turn);
    case 'disarm':
      return disarm(turn);
    default:
      return assertNever(input);
  }
}

function press(turn: Turn): void {
  turn.set({ presses: turn.run.presses + 1 });
  // A press while a round is running and not in alarm changes nothing: the command is on its way.
  if (turn.run.alarm === null) return;
  turn.step('requestedAgain', `press ${turn.run.presses}`);
  turn.set({ armed: true, stoodDown: false, requestedAt: turn.stamp });
  if (turn.run.stage !== 'waiting') nextRound(turn);
}

function notSent(turn: Turn, commandId: string, code: string): void {
  if (!owns(turn, commandId)) return;
  if (turn.run.read?.commandId === commandId) turn.set({ read: null });
  else turn.step('commandNotSent', `${commandId} ${code}`);
  if (code === 'NO_LINK') linkDown(turn, code);
}

function linkUp(turn: Turn): void {
  if (turn.run.stage !== 'waiting') return;
  turn.step('linkRestored', '');
  const age = turn.now - turn.run.requestedAt.mono;
  // A negative age means that the PC clock was set back over a restart: how old the request is cannot be told.
  if (turn.run.armed && age >= 0 && age <= turn.policy.armedForMs) {
    // A link that comes and goes must not put off the alarm for ever, so the time since the press runs on.
    const { roundAt } = turn.run;
    newRound(turn);
    turn.set({ roundAt });
    return;
  }
  turn.set({ armed: false, stage: 'accepted', roundAt: turn.now });
  if (turn.run.stoodDown) turn.alarm('KEEPS_REOPENING', 'it had stopped trying by itself');
  else {
    turn.alarm(
      'RESTARTED_TOO_LATE',
      `requested ${Math.round(age / 1000)} s before the link returned`,
    );
  }
  readNow(turn);
}

function linkDown(turn: Turn, detail: string): void {
  if (turn.run.stage === 'waiting') return;
  turn.step('linkLost', detail);
  turn.set({ stage: 'waiting', unanswered: null, read: null, watch: null });
  turn.alarm('LINK_DOWN', detail);
}

function acked(turn: Turn, ack: Extract<FlattenInput, { kind: 'acked' }>): void {
  const { unanswered } = turn.run;
  const answered = unanswered?.commands.find((leg) => leg.commandId === ack.commandId);
  if (unanswered === null || answered === undefined) return;
  const commands = unanswered.commands.filter((leg) => leg.commandId !== ack.commandId);
  turn.set({ unanswered: commands.length === 0 ? null : { ...unanswered, commands } });
  if (turn.run.alarm === 'NO_ACK') turn.set({ alarm: null });
  if (ack.status === 'refused') {
    refused(turn, ack, { number: unanswered.attempt, scope: answered.scope });
    return;
  }
  turn.step('commandAccepted', `${ack.commandId} ${ack.status}`);
  if (turn.run.alarm === 'ACCOUNT_DISCONNECTED' && !turn.run.wasUnreadable) {
    turn.set({ alarm: null });
  }
  if (turn.run.stage === 'sent') turn.set({ stage: 'accepted' });
  readNow(turn);
}

function refused(
  turn: Turn,
  { code: given, detail }: Extract<FlattenInput, { kind: 'acked' }>,
  attempted: { readonly number: number; readonly scope: FlattenScope },
): void {
  const code = given ?? 'INTERNAL';
  turn.step('commandRefused', `${code} ${detail}`);
  // One leg of several that cannot be closed must not keep the others open.
  if (FINAL_REFUSALS.has(code) && scopeCovers(attempted.scope, turn.run.scope)) {
    turn.set({ stage: 'refused', refusal: code, alarm: null, ...NOTHING_RUNNING });
    turn.record({ kind: 'flatten.refused', flattenId: turn.run.id, code, wall: turn.stamp.wall });
    return;
  }
  if (code === 'NOT_CONNECTED') {
    // No attempt was made, so none is used up; the account may come back at any moment.
    turn.set({
      attempt: attempted.number - 1,
      nextAttemptAt: turn.now + turn.policy.disconnectedRetryMs,
    });
    turn.alarm('ACCOUNT_DISCONNECTED', detail);
  } else if (!FINAL_REFUSALS.has(code)) {
    turn.set({ nextAttemptAt: turn.now + turn.policy.attemptSpacingMs });
  }
  // A refusal during a watch opens nothing: what was reported flat is still being watched.
  if (turn.run.watch === null) turn.set({ stage: 'accepted' });
}

function finished(turn: Turn, result: Extract<FlattenInput, { kind: 'finished' }>): void {
  if (!owns(turn, result.commandId)) return;
  const { outcome, detail, remaining } = result;
  const seen = remaining === null ? '' : `; the AddOn saw ${describeExposures(remaining)}`;
  turn.step('commandFinished', `${outcome} ${detail}`.trimEnd() + seen);
  // The platform's word is a reason to look, never a proof; a failure need not wait for the window.
  if (result.outcome !== 'done' && turn.run.attempt < turn.policy.maxAttempts) {
    const soon = turn.run.lastAttemptAt + turn.policy.attemptSpacingMs;
    turn.set({ nextAttemptAt: Math.max(turn.now, soon) });
  }
  readNow(turn);
}

function tick(turn: Turn): void {
  if (turn.run.stage === 'waiting') return;
  attemptWhenDue(turn);
  alarmWhenLate(turn);
  if (turn.run.read === null) {
    if (isReadDue(turn)) readNow(turn);
  } else if (isReadOverdue(turn)) {
    readNow(turn, 'again');
  }
}

/** In a watch nobody needs to look before its end; otherwise a look now and then finds what events did not tell. */
function isReadDue({ run, now, policy }: Turn): boolean {
  if (run.watch !== null && now < run.watch.endsAt) return false;
  return now - run.lastReadAt >= policy.readEveryMs;
}

function alarmWhenLate(turn: Turn): void {
  const { run, policy, now } = turn;
  if (run.alarm !== null && run.alarm !== 'NO_REPORT') return;
  // A watch that nothing ends proves no more than no report at all.
  if (now - (run.watch?.endsAt ?? run.roundAt) < policy.alarmAfterMs) return;
  if (run.remaining.length === 0) turn.alarm('NO_REPORT', 'nothing seen open, and no whole report');
  else turn.alarm('NOT_FLAT_IN_TIME', `${run.remaining.length} still open`);
}

/** Only an alarmed run can be disarmed: a running one is doing what the trader asked for. */
function disarm(turn: Turn): void {
  if (turn.run.alarm === null) return;
  turn.step('disarmed', '');
  turn.set({ stage: 'disarmed', alarm: null, ...NOTHING_RUNNING });
  turn.record({ kind: 'flatten.disarmed', flattenId: turn.run.id, wall: turn.stamp.wall });
}

function owns(turn: Turn, commandId: string): boolean {
  return commandId.startsWith(`${turn.run.id}.`);
}
