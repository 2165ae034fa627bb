import type { ExposureView, ProofView, ScopeView } from '../../shared/protocol/ipc/views.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';

/** What the scope is called in a sentence. */
export function scopeWords(scope: ScopeView): string {
  switch (scope.kind) {
    case 'all':
      return 'everything';
    case 'account':
      return scope.account;
    case 'instrument':
      return `${scope.instrument} in ${scope.account}`;
    default:
      return assertNever(scope);
  }
}

const DOORS: Readonly<Record<string, string>> = {
  dashboard: 'the button in this window',
  accountCard: 'an account card',
  tray: 'the tray menu',
  shortcut: 'the keyboard shortcut',
  quit: 'the question on quitting',
  headless: 'the command line',
  recovery: 'the start after a crash',
};

/** Where the flatten was asked for. */
export function doorWords(door: string): string {
  return DOORS[door] ?? door;
}

const STEPS: Readonly<Record<string, string>> = {
  requested: 'Asked for',
  requestedAgain: 'Asked for again',
  commandSent: 'Command sent',
  commandNotSent: 'Command could not be sent',
  commandAccepted: 'Accepted by NinjaTrader',
  commandRefused: 'Refused by NinjaTrader',
  commandFinished: 'NinjaTrader finished',
  platformStep: 'NinjaTrader reports',
  exposureSeen: 'Still open',
  snapshotRequested: 'Full report asked for',
  flatReported: 'No position and no order reported',
  watchStarted: 'Watch started',
  watchBroken: 'Watch broken',
  stoodDown: 'Stopped trying by itself',
  escalated: 'Tried a stronger way',
  linkLost: 'Link lost',
  linkRestored: 'Link back',
  alarmed: 'Alarm raised',
  resumed: 'Resumed after a restart',
  disarmed: 'Disarmed',
  confirmed: 'Proven flat',
};

/** A step of the proof in plain words. */
export function stepWords(code: ProofView['steps'][number]['code']): string {
  return STEPS[code] ?? code;
}

/** `Long 2 ES 12-26 and 1 order in Sim101`. */
export function exposureWords(left: ExposureView): string {
  const side = left.quantity > 0 ? 'Long' : 'Short';
  const orders = counted(left.liveOrders, 'working order');
  const what =
    left.quantity === 0
      ? `${orders} in ${left.instrument}`
      : `${side} ${String(Math.abs(left.quantity))} ${left.instrument}` +
        (left.liveOrders > 0 ? ` and ${orders}` : '');
  return `${what} \u00b7 ${left.account}`;
}

/** `1 position`, `3 positions`. */
export function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
