import type { FlattenRun } from '../../../shared/domain/flatten/run.ts';
import { flattenMessage } from '../../../shared/domain/flatten/wording.ts';
import type { FlattenView, ProofView } from '../../../shared/protocol/ipc/views.ts';

/** What the window shows of a flatten; an alarm outranks the stage, flat is shown only when proven. */
export function flattenView(run: FlattenRun): FlattenView {
  return {
    id: run.id,
    scope: run.scope,
    door: run.door,
    state: stateOf(run),
    requestedAt: run.requestedAt.wall,
    changedAt: run.changedAt.wall,
    verifiesAt: verifiesAt(run),
    presses: run.presses,
    attempt: run.attempt,
    remaining: [...run.remaining],
    code: run.refusal ?? run.alarm,
    message: flattenMessage(run),
    armed: run.armed && run.alarm !== null,
  };
}

/** The proof of a confirmed flatten; null while there is none. */
export function proofView(run: FlattenRun): ProofView | null {
  if (run.proof === null) return null;
  const { flattenId, scope, door, requestedAt, firstFlatAt, confirmedAt } = run.proof;
  return {
    flattenId,
    scope,
    door,
    requestedAt,
    firstFlatAt,
    confirmedAt,
    watchMs: run.proof.watchMs,
    accounts: [...run.proof.accounts],
    notCovered: [...run.proof.notCovered],
    presses: run.proof.presses,
    steps: run.proof.steps.map(({ wall, code, detail }) => ({ at: wall, code, detail })),
  };
}

function stateOf(run: FlattenRun): FlattenView['state'] {
  if (run.alarm !== null) return 'unresolved';
  return run.stage === 'waiting' ? 'requested' : run.stage;
}

/** The watch runs on the monotonic clock; the window counts down on the wall clock. */
function verifiesAt(run: FlattenRun): number | null {
  if (run.watch === null) return null;
  return run.watch.firstFlatWall + Math.round(run.watch.endsAt - run.watch.startedAt);
}
