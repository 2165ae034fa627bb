import type { AccountView, FigureView } from '../../shared/protocol/ipc/views.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import { clockText, spanText } from '../format/time-text.ts';
import type { ShapeName } from '../ui/shape.tsx';

/** A state as text and shape, so that colour only repeats what both already say. */
export interface StateWord {
  readonly text: string;
  readonly shape: ShapeName;
  readonly tone: 'good' | 'quiet' | 'notice' | 'warning' | 'danger';
}

/** How far the figures of an account can be believed right now. */
export function accountState(
  account: Pick<AccountView, 'freshness' | 'connectionStatus'>,
): StateWord {
  switch (account.freshness) {
    case 'live':
      return { text: 'Connected', shape: 'dot', tone: 'good' };
    case 'stale':
      return { text: 'Stale', shape: 'hourglass', tone: 'warning' };
    case 'offline':
      return { text: 'Link down', shape: 'cross', tone: 'warning' };
    case 'unconfirmed':
      return { text: 'Unconfirmed', shape: 'ring', tone: 'notice' };
    case 'disconnected':
      return connectionState(account.connectionStatus);
    default:
      return assertNever(account.freshness);
  }
}

function connectionState(status: AccountView['connectionStatus']): StateWord {
  switch (status) {
    case 'connecting':
      return { text: 'Connecting', shape: 'ring', tone: 'notice' };
    case 'disconnecting':
      return { text: 'Disconnecting', shape: 'ring', tone: 'notice' };
    case 'connectionLost':
      return { text: 'Connection lost', shape: 'cross', tone: 'warning' };
    case 'disconnected':
      return { text: 'Disconnected', shape: 'cross', tone: 'warning' };
    case 'unknown':
      return { text: 'Connection unknown', shape: 'ring', tone: 'warning' };
    case 'connected':
      // The freshness says disconnected; the more careful of the two words is the one to show.
      return { text: 'Disconnected', shape: 'cross', tone: 'warning' };
    default:
      return assertNever(status);
  }
}

/** Why an account's figures are not live, in a sentence; empty when they are. */
export function freshnessSentence(account: AccountView): string {
  switch (account.freshness) {
    case 'live':
      return '';
    case 'offline':
      // The band across the top says it for every account at once.
      return '';
    case 'stale':
      return 'No news for a while. These are the last known figures.';
    case 'unconfirmed':
      return 'Not confirmed by NinjaTrader. What is really open may differ.';
    case 'disconnected':
      return 'NinjaTrader is not connected to the broker for this account. What is really open is not known.';
    default:
      return assertNever(account.freshness);
  }
}

/** Where a figure comes from and how old it is. */
export function figureSource(figure: FigureView, now: number): string {
  const when =
    figure.asOf === null
      ? 'at an unknown time'
      : `at ${clockText(figure.asOf)}, ${spanText(now - figure.asOf)} ago`;
  switch (figure.source) {
    case 'broker':
      return figure.value === null
        ? 'Not reported by the broker.'
        : `Reported by the broker ${when}.`;
    case 'fills':
      return figure.value === null
        ? 'Cannot be worked out yet.'
        : `Worked out from the fills ${when}.`;
    case 'none':
      return 'Not reported.';
    default:
      return assertNever(figure.source);
  }
}
