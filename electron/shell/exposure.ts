import type { AccountView, DeskView } from '../../shared/protocol/ipc/views.ts';

/** Whether something could still win or lose money; `unknown` is asked about like `exposed`. */
export type Exposure = 'none' | 'exposed' | 'unknown';

type Seen = Pick<DeskView, 'accounts' | 'flattens'>;

/** Reads from the desk whether leaving now would leave something open. */
export function exposureOf(view: Seen): Exposure {
  if (view.accounts.some(isOpen) || view.flattens.some(isRunning)) return 'exposed';
  return view.accounts.every((account) => account.freshness === 'live') ? 'none' : 'unknown';
}

/** One line for the trader on what is open. */
export function exposureText(view: Seen): string {
  const parts = view.accounts.filter(isOpen).map(accountText);
  if (parts.length > 0) return parts.join('\n');
  return exposureOf(view) === 'exposed'
    ? 'A flatten is still running.'
    : 'The last word of the platform is too old to tell whether anything is open.';
}

function isOpen(account: AccountView): boolean {
  return account.positions.length > 0 || account.orders.length > 0;
}

function isRunning(flatten: DeskView['flattens'][number]): boolean {
  return (
    flatten.armed ||
    flatten.state === 'requested' ||
    flatten.state === 'sent' ||
    flatten.state === 'accepted' ||
    flatten.state === 'verifying'
  );
}

function accountText(account: AccountView): string {
  const positions = account.positions.map(({ instrument, quantity }) =>
    quantity > 0 ? `long ${quantity} ${instrument}` : `short ${-quantity} ${instrument}`,
  );
  const orders = account.orders.length;
  if (orders > 0) positions.push(`${orders} working ${orders === 1 ? 'order' : 'orders'}`);
  return `${account.displayName}: ${positions.join(', ')}`;
}
