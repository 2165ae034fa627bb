import type { Cancel, Clock, EpochMs, MonoMs, Timers } from '../kernel/clock.ts';

interface Alarm {
  readonly id: number;
  due: number;
  readonly period: number | null;
  readonly run: () => void;
}

/** A clock that moves only when told; `advance` fires due timers in order of time, then of creation. */
export class FakeClock implements Clock, Timers {
  #mono = 0;
  #wallOffset: number;
  #nextId = 1;
  readonly #alarms = new Map<number, Alarm>();

  constructor(wallStart = Date.UTC(2026, 0, 5, 15, 0, 0)) {
    this.#wallOffset = wallStart;
  }

  wall(): EpochMs {
    return Math.floor(this.#wallOffset + this.#mono) as EpochMs;
  }

  mono(): MonoMs {
    return this.#mono as MonoMs;
  }

  after(delayMs: number, run: () => void): Cancel {
    return this.#add(delayMs, null, run);
  }

  every(periodMs: number, run: () => void): Cancel {
    return this.#add(periodMs, periodMs, run);
  }

  /** Moves both clocks on, firing what falls due. */
  advance(ms: number): void {
    const end = this.#mono + ms;
    for (let next = this.#due(end); next !== undefined; next = this.#due(end)) {
      this.#mono = Math.max(this.#mono, next.due);
      if (next.period === null) this.#alarms.delete(next.id);
      else next.due += next.period;
      next.run();
    }
    this.#mono = end;
  }

  /** Sets the wall clock only, as a person at the PC can. */
  jumpWall(ms: number): void {
    this.#wallOffset += ms;
  }

  #add(delayMs: number, period: number | null, run: () => void): Cancel {
    const id = this.#nextId++;
    this.#alarms.set(id, { id, due: this.#mono + Math.max(0, delayMs), period, run });
    return () => this.#alarms.delete(id);
  }

  #due(end: number): Alarm | undefined {
    let first: Alarm | undefined;
    for (const alarm of this.#alarms.values()) {
      if (alarm.due <= end && (first === undefined || alarm.due < first.due)) first = alarm;
    }
    return first;
  }
}
