import type { Cancel } from '../../kernel/clock.ts';
import { Patient, Reverser, Scaler, Scalper } from './habits.ts';
import type { Trader, TraderParts } from './trader.ts';

/** The personalities, given to the accounts in turn. */
export const TRADER_KINDS = ['scalper', 'scaler', 'patient', 'reverser'] as const;
export type TraderKind = (typeof TRADER_KINDS)[number];

const MEAN_PAUSE_MS = 1_000;

/** Starts a trader that acts every second or so until the returned function is called. */
export function startTrader(kind: TraderKind, parts: TraderParts): Cancel {
  const trader = traderOf(kind, parts);
  let ended = false;
  const plan = (): void => {
    parts.queue.after(MEAN_PAUSE_MS * (0.5 + parts.random.next()), () => {
      if (ended) return;
      if (!parts.isHandsOff()) trader.act();
      plan();
    });
  };
  plan();
  return () => {
    ended = true;
  };
}

function traderOf(kind: TraderKind, parts: TraderParts): Trader {
  switch (kind) {
    case 'scalper':
      return new Scalper(parts);
    case 'scaler':
      return new Scaler(parts);
    case 'patient':
      return new Patient(parts);
    case 'reverser':
      return new Reverser(parts);
  }
}
