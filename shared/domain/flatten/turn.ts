import type { Command } from '../desk/command.ts';
import type { Stamp } from '../desk/fact.ts';
import type { FlattenPolicy } from './policy.ts';
import type { FlattenRecord, FlattenStepCode, UnresolvedCode } from './record.ts';
import type { FlattenRun } from './run.ts';

export type FlattenEffect =
  | { readonly kind: 'send'; readonly command: Command }
  | { readonly kind: 'record'; readonly record: FlattenRecord };

/** Steps beyond this many are not kept; a run that long is in alarm and its last states are in its records. */
const MAX_STEPS = 500;

/** Whether the run may send by itself hangs on these, so the journal keeps them however long the run is. */
const DECISIVE: ReadonlySet<FlattenStepCode> = new Set(['requestedAgain', 'stoodDown']);

/**
 * One turn of the machine: the run as it changes and the effects so far, in the order they must happen.
 * It lives for one call of `advance` and never leaves it.
 */
export class Turn {
  run: FlattenRun;
  readonly effects: FlattenEffect[] = [];
  readonly stamp: Stamp;
  readonly policy: FlattenPolicy;

  constructor(run: FlattenRun, stamp: Stamp, policy: FlattenPolicy) {
    this.run = run;
    this.stamp = stamp;
    this.policy = policy;
  }

  get now(): number {
    return this.stamp.mono;
  }

  set(change: Partial<FlattenRun>): void {
    this.run = { ...this.run, ...change };
  }

  record(record: FlattenRecord): void {
    this.effects.push({ kind: 'record', record });
  }

  step(code: FlattenStepCode, detail: string): void {
    const step = { wall: this.stamp.wall, mono: this.stamp.mono, code, detail };
    const isKept = this.run.steps.length < MAX_STEPS;
    this.set({ changedAt: this.stamp });
    if (isKept) this.set({ steps: [...this.run.steps, step] });
    if (!isKept && !DECISIVE.has(code)) return;
    this.record({ kind: 'flatten.stepped', flattenId: this.run.id, step });
  }

  /** Hands out the next command id of the run; ids are derived so that a replay gives the same ones. */
  commandId(): string {
    const commandCount = this.run.commandCount + 1;
    this.set({ commandCount });
    return `${this.run.commandPrefix}.${commandCount}`;
  }

  alarm(code: UnresolvedCode, detail: string): void {
    if (this.run.alarm === code) return;
    this.set({ alarm: code });
    this.step('alarmed', `${code}: ${detail}`);
    this.record({
      kind: 'flatten.unresolved',
      flattenId: this.run.id,
      code,
      remaining: this.run.remaining,
      wall: this.stamp.wall,
    });
  }
}
