import type { Timers } from '../../shared/kernel/clock.ts';

/** The window's own timers: for drawing ages and for asking again, never for a decision. */
export const browserTimers: Timers = {
  after: (delayMs, run) => {
    const id = setTimeout(run, delayMs);
    return () => clearTimeout(id);
  },
  every: (periodMs, run) => {
    const id = setInterval(run, periodMs);
    return () => clearInterval(id);
  },
};
