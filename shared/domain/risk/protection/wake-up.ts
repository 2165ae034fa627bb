import type { EpochMs, MonoMs } from '../../../kernel/clock.ts';
import { capWakes } from './cap-watch.ts';
import { nextStageAt } from './deadline.ts';
import { figureWakeAt } from './figure-trust.ts';
import { endInstant } from './lock.ts';
import { latestTime, timeAt } from './time-trust.ts';
import type { Turn } from './turn.ts';

/** How often a suspect clock is looked at again while something waits for it, in milliseconds. */
const CLOCK_LOOK_MS = 30_000;

/** When time alone may change something, on the monotonic clock and always after now; null for never. */
export function wakeUp(turn: Turn): MonoMs | null {
  const { mono } = turn.at;
  const times = [
    ...figureWakes(turn),
    ...retryWakes(turn),
    ...capWakes(turn),
    ...calendarWakes(turn),
  ];
  // What is due and was not done waits for something other than time.
  const coming = times.filter((time) => time > mono);
  return coming.length === 0 ? null : (Math.min(...coming) as MonoMs);
}

function figureWakes({ state, settings }: Turn): readonly number[] {
  const { figure, brokerRoom } = state;
  return [figureWakeAt(figure, settings.figure), figureWakeAt(brokerRoom, settings.figure)].filter(
    (time) => time !== null,
  );
}

/** Of what was asked for and may have come to nothing. */
function retryWakes({ state, settings }: Turn): readonly number[] {
  const { retryMs } = settings;
  const asked: number[] = Object.values(state.reductions).map(({ at }) => at);
  if (state.flatten.kind === 'failed') asked.push(state.flatten.at);
  if (state.book.locks.length > 0) {
    for (const { id } of state.orders) {
      const order = state.known[id];
      const since = order?.cancelAskedAt ?? order?.entrySince ?? null;
      if (since !== null) asked.push(since);
    }
  }
  return asked.map((at) => at + retryMs);
}

function calendarWakes({ state, at }: Turn): readonly number[] {
  const now = latestTime(state.time, at);
  const instants: EpochMs[] = [];
  for (const deadline of state.deadlines) {
    const progress = state.progress[`${deadline.id} ${deadline.day}`];
    const next = progress === undefined ? null : nextStageAt(progress, deadline, now);
    if (next !== null) instants.push(next);
  }
  for (const { end } of state.book.locks) {
    const instant = endInstant(end);
    if (instant !== null) instants.push(instant);
  }
  if (state.session.opensNext !== null) instants.push(state.session.opensNext);
  const wakes = instants
    .filter((instant) => instant > now)
    .map((instant) => at.mono + instant - now);
  const isWaiting = state.book.locks.length > 0 && timeAt(state.time, at).kind === 'suspect';
  return isWaiting ? [...wakes, at.mono + CLOCK_LOOK_MS] : wakes;
}
