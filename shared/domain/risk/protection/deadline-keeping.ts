import type { InstrumentName } from '../../instrument/instrument.ts';
import { deadlineProgress, stageRank, type Deadline, type DeadlineProgress } from './deadline.ts';
import { lockEntries } from './locking.ts';
import type { ProtectionState } from './protection-state.ts';
import { latestTime } from './time-trust.ts';
import type { Turn } from './turn.ts';

/** Warns of deadlines and has them act; what is still open of single instruments past theirs is given back. */
export function keepDeadlines(turn: Turn): readonly InstrumentName[] {
  const { state, at } = turn;
  const now = latestTime(state.time, at);
  const progress = presentProgress(state);
  const late: InstrumentName[] = [];
  for (const deadline of state.deadlines) {
    const key = `${deadline.id} ${deadline.day}`;
    const before = state.progress[key] ?? null;
    const next = deadlineProgress(before, deadline, now);
    progress[key] = next;
    if (stageRank(next.stage) > stageRank(before?.stage ?? 'before')) {
      turn.tell({ kind: 'deadline', id: deadline.id, stage: next.stage, at: deadline.at });
    }
    if (next.stage === 'act' && deadline.acts && now < deadline.endsAt) {
      late.push(...actAt(turn, deadline));
    }
  }
  turn.set({ progress });
  return late;
}

/** Of this day and later ones; after a start it is known before the deadlines themselves are. */
function presentProgress({ progress, session }: ProtectionState): Record<string, DeadlineProgress> {
  const { day } = session;
  return Object.fromEntries(
    Object.entries(progress).filter(([, known]) => day === null || known.day >= day),
  );
}

/** For the whole account no entry is free until the day is over. Locks know no single instruments. */
function actAt(turn: Turn, { id, instruments, endsAt }: Deadline): readonly InstrumentName[] {
  if (instruments !== null) return instruments;
  lockEntries(turn, {
    id: `deadline:${id}`,
    origin: 'schedule',
    reason: 'The time by which everything must be closed has come.',
    end: { kind: 'instant', at: endsAt },
    keepsFlat: true,
    mayLoosen: true,
  });
  turn.causes.push(`deadline:${id}`);
  return [];
}
