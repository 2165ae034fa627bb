import type { Cancel, Clock, EpochMs, MonoMs, Timers } from '../../shared/kernel/clock.ts';

/** The machine's clocks and timers. */
export class SystemClock implements Clock, Timers {
  wall(): EpochMs {
    return Date.now() as EpochMs;
  }

  mono(): MonoMs {
    return performance.now() as MonoMs;
  }

  /** Keeps the process alive until it fired: what is scheduled once is meant to happen. */
  after(delayMs: number, run: () => void): Cancel {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  }

  /** Never keeps a process alive that has nothing else to do. */
  every(periodMs: number, run: () => void): Cancel {
    const timer = setInterval(run, periodMs);
    timer.unref();
    return () => clearInterval(timer);
  }
}
