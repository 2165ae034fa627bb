import { createContext, use, useCallback, useSyncExternalStore } from 'react';
import type { Timers } from '../../shared/kernel/clock.ts';

/** Wall time for ages on the screen. Everything that ticks shares one timer per period. */
export interface UiClock {
  readonly now: () => number;
  readonly subscribe: (onTick: () => void) => () => void;
}

const TICK_MS = 250;

/** A clock that wakes its listeners four times a second while there are any. */
export function createUiClock(now: () => number, timers: Timers): UiClock {
  const listeners = new Set<() => void>();
  let cancel: (() => void) | null = null;
  return {
    now,
    subscribe: (onTick) => {
      listeners.add(onTick);
      cancel ??= timers.every(TICK_MS, () => listeners.forEach((listener) => listener()));
      return () => {
        listeners.delete(onTick);
        if (listeners.size > 0) return;
        cancel?.();
        cancel = null;
      };
    },
  };
}

/** The PC's wall clock. */
export const systemNow = (): number => Date.now();

const ClockContext = createContext<UiClock | null>(null);
export const ClockProvider = ClockContext.Provider;

/** The wall time rounded down to `stepMs`; the caller is drawn again only when that changes. */
export function useNow(stepMs = 1_000): number {
  const clock = useUiClock();
  const read = useCallback(() => Math.floor(clock.now() / stepMs) * stepMs, [clock, stepMs]);
  return useSyncExternalStore(clock.subscribe, read);
}

/** The clock itself, for moments that are not drawn. */
export function useUiClock(): UiClock {
  const clock = use(ClockContext);
  if (clock === null) throw new Error('No clock above this component.');
  return clock;
}
