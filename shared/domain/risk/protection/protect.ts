import { absorb, passTime } from './absorb.ts';
import { cancelOverCap } from './cap-watch.ts';
import { cancelEntries, countBypasses } from './order-watch.ts';
import { flattenAccount, followHolding, reduceExcess } from './closing.ts';
import { keepDeadlines } from './deadline-keeping.ts';
import { entryGate } from './entry-gate.ts';
import { isUsable } from './figure-trust.ts';
import { releaseEnded } from './lock.ts';
import { lockChanges, settleLocks } from './lock-changes.ts';
import type { ProtectionAction, ProtectionOutcome } from './outcome.ts';
import { inOrder, type ProtectionInput } from './protection-event.ts';
import type { ProtectionState } from './protection-state.ts';
import { acceptRules, judgeRules } from './rule-judging.ts';
import type { SessionFacts } from './session-facts.ts';
import type { ProtectionSettings } from './settings.ts';
import { timeAt } from './time-trust.ts';
import { Turn } from './turn.ts';
import { wakeUp } from './wake-up.ts';

/**
 * Takes in one instant of an account: from verdicts to actions. Pure: the same state, input and settings give
 * the same outcome, in whatever order the events of the instant arrived.
 */
export function protect(
  state: ProtectionState,
  input: ProtectionInput,
  settings: ProtectionSettings,
): ProtectionOutcome {
  const turn = new Turn({ ...state, session: sessionNow(state, input) }, settings, input.at);
  passTime(turn);
  for (const event of inOrder(input.events)) absorb(turn, event);
  acceptRules(turn);
  releaseLocks(turn);
  judgeRules(turn);
  const late = keepDeadlines(turn);
  countBypasses(turn, state);
  followHolding(turn);
  return answer(turn, (isNew) => {
    flattenAccount(turn, isNew);
    cancelEntries(turn);
    cancelOverCap(turn);
    reduceExcess(turn, late);
  });
}

/**
 * While the PC's clock is known to be wrong, the session that is running goes on: a clock that was set back must not
 * make the next session one that has begun already.
 */
function sessionNow({ time, session }: ProtectionState, input: ProtectionInput): SessionFacts {
  const judged = timeAt(time, input.at);
  const isWrong = judged.kind === 'suspect' && time.isConfirmed;
  const isRunning = session.opensNext !== null && judged.at < session.opensNext;
  return isWrong && isRunning ? session : input.session;
}

function answer(turn: Turn, close: (isNew: boolean) => void): ProtectionOutcome {
  const changes = lockChanges(turn.baseline, turn.state.book.locks);
  for (const lock of changes.tightened) turn.act({ kind: 'lock-entries', lock });
  // What was found at a start is not new: whether anything is open will be seen.
  close(turn.baseline.isTold && changes.tightened.some(({ keepsFlat }) => keepsFlat));
  settleLocks(turn, changes);
  turn.close();
  const actions: readonly ProtectionAction[] = turn.actions;
  return {
    state: turn.state,
    actions,
    notices: turn.notices,
    figure: figureWord(turn),
    gate: entryGate(turn),
    wakeAt: wakeUp(turn),
  };
}

function releaseLocks(turn: Turn): void {
  const { state, at } = turn;
  const time = timeAt(state.time, at);
  const isWaiting = state.book.locks.length > 0 || state.deadlines.length > 0;
  if (time.kind === 'suspect' && isWaiting) {
    const { code } = time;
    turn.tellOnce(`clock-suspect ${code}`, { kind: 'clock-suspect', code });
  }
  const { book } = releaseEnded(state.book, time, state.session);
  if (book !== state.book) turn.set({ book });
}

function figureWord({ state }: Turn): ProtectionOutcome['figure'] {
  if (state.figure.kind === 'suspect') return 'held';
  return isUsable(state.figure) ? 'accepted' : 'unknown';
}
