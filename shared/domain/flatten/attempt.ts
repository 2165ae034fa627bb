import type { Command } from '../desk/command.ts';
import type { FlattenScope } from './scope.ts';
import type { Turn } from './turn.ts';

type FlattenCommand = Extract<Command, { kind: 'flatten' }>;
type Leg = { readonly commandId: string; readonly scope: FlattenScope };

/**
 * Sends the next attempt: market twice, then a marketable limit, then each leg by itself, so that one
 * stuck instrument cannot hold back the others. The platform never stacks a second close on a live one.
 */
export function attempt(turn: Turn): void {
  const { run, policy } = turn;
  const number = Math.min(run.attempt + 1, policy.maxAttempts);
  const scopes = number === policy.maxAttempts ? remainingLegs(turn) : [run.scope];
  const commands = scopes.map((scope) => ({ commandId: turn.commandId(), scope }));
  turn.set({
    attempt: number,
    lastAttemptAt: turn.now,
    nextAttemptAt:
      turn.now + (number < policy.maxAttempts ? policy.attemptWindowMs : policy.exhaustedRetryMs),
    stage: 'sent',
    watch: null,
    read: null,
    unanswered: { commands, attempt: number, lastSentAt: turn.now, repeats: 0 },
  });
  if (number > 1) turn.step('escalated', `attempt ${number} ${methodOf(number)}`);
  for (const leg of commands) {
    send(turn, leg, number);
    turn.step('commandSent', `${leg.commandId} ${methodOf(number)}`);
  }
}

/** Starts over with attempt 1: after the return of the link or of an account. */
export function newRound(turn: Turn, after = 0): void {
  turn.set({ roundAt: turn.now, brokenWatches: 0, alarm: null });
  startOver(turn, after);
}

/** Tries the next way of closing at once, and the first again when all were tried. */
export function nextRound(turn: Turn): void {
  const { attempt: made } = turn.run;
  newRound(turn, made < turn.policy.maxAttempts ? made : 0);
}

/** Counts attempts from 1 again, or on from `after`, and makes one as soon as their spacing allows. */
export function startOver(turn: Turn, after = 0): void {
  const earliest = turn.run.lastAttemptAt + turn.policy.attemptSpacingMs;
  turn.set({
    stage: 'accepted',
    attempt: after,
    watch: null,
    unanswered: null,
    nextAttemptAt: Math.max(turn.now, earliest),
  });
  attemptWhenDue(turn);
}

/** Repeats an unanswered command under its own id, and moves on when an answered one did not do its work. */
export function attemptWhenDue(turn: Turn): void {
  const { run } = turn;
  if (run.stage === 'verifying' || !run.armed) return;
  if (run.unanswered !== null) {
    repeatUnanswered(turn);
  } else if (turn.now >= run.nextAttemptAt) {
    attempt(turn);
  }
}

function repeatUnanswered(turn: Turn): void {
  const { unanswered } = turn.run;
  if (unanswered === null || turn.now - unanswered.lastSentAt < turn.policy.ackTimeoutMs) return;
  for (const leg of unanswered.commands) send(turn, leg, unanswered.attempt);
  const repeats = unanswered.repeats + 1;
  turn.set({ unanswered: { ...unanswered, lastSentAt: turn.now, repeats } });
  if (repeats === turn.policy.ackRepeats)
    turn.alarm('NO_ACK', `${repeats} repeats without an answer`);
}

function remainingLegs(turn: Turn): readonly FlattenScope[] {
  const { remaining, scope } = turn.run;
  if (remaining.length === 0) return [scope];
  return remaining.map(({ account, instrument }) => ({ kind: 'instrument', account, instrument }));
}

function send(turn: Turn, { commandId, scope }: Leg, number: number): void {
  turn.effects.push({
    kind: 'send',
    command: {
      kind: 'flatten',
      commandId,
      scope,
      attempt: number,
      method: methodOf(number),
      holdEntriesMs: turn.policy.holdEntriesMs,
    },
  });
}

function methodOf(number: number): FlattenCommand['method'] {
  return number === 3 ? 'marketableLimit' : 'market';
}
