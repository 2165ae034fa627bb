import type { Exposure, ProofOfFlat } from './record.ts';
import { isProvablyFlat, type Observation } from './run.ts';
import { newRound, startOver } from './attempt.ts';
import type { Turn } from './turn.ts';

/** Asks the platform for a complete report, at most one at a time; `again` gives up on the unanswered one. */
export function readNow(turn: Turn, mode: 'once' | 'again' = 'once'): void {
  if (turn.run.read !== null && mode === 'once') return;
  const commandId = turn.commandId();
  const misses = turn.run.read === null ? 0 : turn.run.read.misses + 1;
  turn.set({ read: { commandId, requestedAt: turn.now, misses }, lastReadAt: turn.now });
  turn.effects.push({
    kind: 'send',
    command: { kind: 'snapshot', commandId, scope: 'state', executionsSince: null },
  });
}

/** Whether the read that is out has been waited for long enough. */
export function isReadOverdue({ run: { read }, now, policy }: Turn): boolean {
  if (read === null) return false;
  const patience = policy.readTimeoutMs * 2 ** Math.max(0, read.misses - 1);
  return now - read.requestedAt >= Math.min(patience, policy.readTimeoutMaxMs);
}

/** Takes in a change of the desk: it can break a watch and call for a read, and it can prove nothing. */
export function observe(turn: Turn, seen: Observation): void {
  noteRemaining(turn, seen.exposures);
  if (turn.run.stage === 'waiting') return;
  if (turn.run.watch !== null && seen.exposures.length > 0) {
    breakWatch(turn);
    return;
  }
  if (turn.run.watch === null && isProvablyFlat(seen)) readNow(turn);
}

/** Takes in the answer to a read of this run; answers to reads given up earlier count for nothing. */
export function readAnswered(turn: Turn, commandId: string, seen: Observation): void {
  if (turn.run.read?.commandId !== commandId) {
    observe(turn, seen);
    return;
  }
  turn.set({ read: null });
  noteRemaining(turn, seen.exposures);
  const isOnlyDoubted = seen.exposures.length === 0 && seen.unreadable.length === 0;
  if (isProvablyFlat(seen)) {
    flatReported(turn, commandId, seen);
  } else if (isOnlyDoubted && seen.doubts.length > 0) {
    doubted(turn, seen);
  } else {
    notFlat(turn, seen);
  }
}

/** Doubts hold the proof back and do not break the watch: nothing was seen open, and the next read may clear them. */
function doubted(turn: Turn, seen: Observation): void {
  const doubtedSince = turn.run.doubtedSince ?? turn.now;
  turn.set({ doubtedSince });
  if (turn.now - doubtedSince < turn.policy.doubtPatienceMs) return;
  turn.alarm('DATA_IN_DOUBT', seen.doubts.join('; '));
}

function notFlat(turn: Turn, seen: Observation): void {
  turn.set({ doubtedSince: null });
  if (turn.run.alarm === 'DATA_IN_DOUBT') turn.set({ alarm: null });
  if (turn.run.watch !== null) breakWatch(turn);
  const { wasUnreadable } = turn.run;
  turn.set({ wasUnreadable: seen.unreadable.length > 0 });
  if (seen.unreadable.length > 0) {
    turn.alarm('ACCOUNT_DISCONNECTED', seen.unreadable.join(', '));
  } else if (turn.run.alarm === 'ACCOUNT_DISCONNECTED' && wasUnreadable && turn.run.armed) {
    // An alarm that came from a refused command stands until a command is accepted.
    newRound(turn);
  }
}

function flatReported(turn: Turn, readId: string, seen: Observation): void {
  const { watch, id } = turn.run;
  turn.set({ doubtedSince: null });
  if (turn.run.alarm === 'DATA_IN_DOUBT') turn.set({ alarm: null });
  if (watch === null) {
    turn.step('flatReported', readId);
    turn.set({
      stage: 'verifying',
      alarm: null,
      watch: {
        startedAt: turn.now,
        endsAt: turn.now + turn.policy.watchMs,
        firstReadId: readId,
        firstFlatWall: turn.stamp.wall,
      },
    });
    turn.step('watchStarted', `${turn.policy.watchMs} ms`);
    return;
  }
  if (turn.now < watch.endsAt) return;
  turn.step('confirmed', readId);
  const proof = proofOf(turn, readId, seen);
  turn.set({ stage: 'confirmed', alarm: null, unanswered: null, armed: false, proof });
  turn.record({ kind: 'flatten.confirmed', flattenId: id, proof });
}

function breakWatch(turn: Turn): void {
  const { policy } = turn;
  // A watch that ended because nothing could be read says nothing about who opens what.
  const brokenWatches = turn.run.brokenWatches + (turn.run.remaining.length > 0 ? 1 : 0);
  turn.step('watchBroken', describeExposures(turn.run.remaining));
  turn.set({ brokenWatches, roundAt: turn.now });
  if (turn.run.armed && brokenWatches >= policy.brokenWatchesLimit) {
    turn.set({ armed: false, stoodDown: true });
    turn.step('stoodDown', `${brokenWatches} broken watches`);
  }
  // What appeared after a report of flat is new, so the attempts start over.
  startOver(turn);
  if (turn.run.remaining.length > 0 && brokenWatches >= policy.brokenWatches) {
    turn.alarm('KEEPS_REOPENING', describeExposures(turn.run.remaining));
  }
}

function noteRemaining(turn: Turn, exposures: readonly Exposure[]): void {
  const before = describeExposures(turn.run.remaining);
  turn.set({ remaining: exposures });
  const after = describeExposures(exposures);
  if (after !== before) turn.step('exposureSeen', after);
}

/** What is open, in one line for the record. */
export function describeExposures(exposures: readonly Exposure[]): string {
  if (exposures.length === 0) return 'nothing open';
  return exposures
    .map((e) => `${e.account} ${e.instrument} position ${e.quantity}, live orders ${e.liveOrders}`)
    .join('; ');
}

function proofOf(turn: Turn, finalReadId: string, seen: Observation): ProofOfFlat {
  const { run, stamp } = turn;
  const { watch } = run;
  if (watch === null) throw new Error('A proof needs a watch');
  return {
    flattenId: run.id,
    scope: run.scope,
    door: run.door,
    requestedAt: run.requestedAt.wall,
    firstFlatAt: watch.firstFlatWall as ProofOfFlat['firstFlatAt'],
    confirmedAt: stamp.wall,
    watchMs: Math.round(turn.now - watch.startedAt),
    accounts: seen.covered,
    notCovered: seen.notCovered,
    firstReadId: watch.firstReadId,
    finalReadId,
    presses: run.presses,
    steps: run.steps,
  };
}
