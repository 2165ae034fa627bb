import type { EpochMs, MonoMs } from '../../../shared/kernel/clock.ts';
import type { AppendItem } from '../../engine/ports.ts';

/** An entry that says only its number; free of the test runner, so that a plain process can use it. */
export function appendItem(n: number): AppendItem {
  return {
    entry: { kind: 'engine.stopped', reason: String(n) },
    stamp: { wall: n as EpochMs, mono: n as MonoMs },
    correlationId: null,
    causationId: null,
  };
}
