import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { DeskView } from '../../shared/protocol/ipc/views.ts';

export type TrayState = DeskView['status'];

export interface TrayView {
  readonly icon: TrayState;
  readonly tooltip: string;
  /** The menu's first line: says what the icon means, cannot be chosen. */
  readonly headline: string;
}

type Seen = Pick<DeskView, 'status' | 'mode' | 'accounts' | 'flattens'>;

/** What the tray shows for a desk; equal views need no redraw. */
export function trayView(view: Seen): TrayView {
  const demo = view.mode === 'demo' ? ' (demo)' : '';
  const headline = `${flattenText(view) ?? statusText(view)}${demo}`;
  // Windows cuts a tooltip after 127 characters.
  return { icon: view.status, tooltip: `Enigma Apex: ${headline}`.slice(0, 127), headline };
}

function flattenText(view: Seen): string | null {
  if (view.flattens.some(({ state }) => state === 'unresolved')) {
    return 'flatten NOT proven, look at the desk';
  }
  const running = view.flattens.some(
    ({ state }) =>
      state === 'requested' || state === 'sent' || state === 'accepted' || state === 'verifying',
  );
  return running ? 'flattening' : null;
}

function statusText(view: Seen): string {
  switch (view.status) {
    case 'ok':
      return 'connected, nothing open';
    case 'exposed':
      return openText(view);
    case 'warning':
      return 'needs attention';
    case 'locked':
      return 'entries locked';
    case 'offline':
      return 'not connected to NinjaTrader';
    default:
      return assertNever(view.status);
  }
}

function openText({ accounts }: Seen): string {
  const open = accounts.filter(({ positions }) => positions.length > 0).length;
  const orders = accounts.reduce((sum, account) => sum + account.orders.length, 0);
  return `${open} of ${accounts.length} accounts in a position, ${orders} working orders`;
}
