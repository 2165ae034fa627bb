import type { Stamp } from '../desk/fact.ts';
import type { FlattenRecord } from './record.ts';
import { isEnded, newRun, type FlattenRun } from './run.ts';

type Requested = Extract<FlattenRecord, { kind: 'flatten.requested' }>;

/**
 * Rebuilds runs from their journal records, oldest first. A run without an end is taken up again in
 * `waiting` with the alarm on: what happened while nobody watched is unknown until the link is back.
 */
export function recoverFlattens(
  records: Iterable<FlattenRecord>,
  stamp: Stamp,
): readonly FlattenRun[] {
  const runs = new Map<string, FlattenRun>();
  for (const record of records) {
    if (record.kind === 'flatten.requested') {
      runs.set(record.flattenId, requested(record, stamp));
      continue;
    }
    const run = runs.get(record.flattenId);
    if (run !== undefined) runs.set(record.flattenId, fold(run, record));
  }
  return [...runs.values()].map((run) => (isEnded(run) ? run : resume(run, stamp)));
}

function requested({ flattenId: id, scope, door, wall }: Requested, stamp: Stamp): FlattenRun {
  const run = newRun({ id, scope, door, requestedAt: { wall, mono: stamp.mono }, remaining: [] });
  // One that was only found running is not known well enough to be sent by itself.
  return door === 'recovery' ? { ...run, armed: false } : run;
}

function fold(run: FlattenRun, record: Exclude<FlattenRecord, Requested>): FlattenRun {
  switch (record.kind) {
    case 'flatten.stepped':
      return foldStep(run, record.step);
    case 'flatten.unresolved':
      return { ...run, alarm: record.code, remaining: record.remaining };
    case 'flatten.refused':
      return { ...run, stage: 'refused', refusal: record.code, armed: false, alarm: null };
    case 'flatten.disarmed':
      return { ...run, stage: 'disarmed', armed: false, alarm: null };
    case 'flatten.confirmed':
      return {
        ...run,
        stage: 'confirmed',
        armed: false,
        alarm: null,
        remaining: [],
        proof: record.proof,
      };
  }
}

function foldStep(run: FlattenRun, step: FlattenRun['steps'][number]): FlattenRun {
  const steps = [...run.steps, step];
  const changedAt = { ...run.changedAt, wall: step.wall };
  if (step.code === 'stoodDown') {
    return { ...run, steps, changedAt, armed: false, stoodDown: true };
  }
  if (step.code !== 'requestedAgain') return { ...run, steps, changedAt };
  const requestedAt = { ...run.requestedAt, wall: step.wall };
  const presses = run.presses + 1;
  return { ...run, steps, changedAt, requestedAt, presses, armed: true, stoodDown: false };
}

function resume(run: FlattenRun, stamp: Stamp): FlattenRun {
  const detail = 'after a restart of the app';
  const { wall } = run.requestedAt;
  return {
    ...run,
    // From here on its age is told by the clock that nobody sets; only over the restart the PC clock tells it.
    requestedAt: { wall, mono: (stamp.mono - (stamp.wall - wall)) as Stamp['mono'] },
    stage: 'waiting',
    alarm: 'LINK_DOWN',
    steps: [...run.steps, { ...stamp, code: 'resumed', detail }],
    changedAt: stamp,
    commandPrefix: `${run.id}.${stamp.wall.toString(36)}`,
  };
}
