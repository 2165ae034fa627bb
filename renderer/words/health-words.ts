import type {
  BridgeView,
  DeskView,
  FeedEntryView,
  StoreView,
} from '../../shared/protocol/ipc/views.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { StateWord } from './account-words.ts';

/** The link to NinjaTrader as text and shape. */
export function bridgeState(state: BridgeView['state']): StateWord {
  switch (state) {
    case 'starting':
      return { text: 'Starting', shape: 'ring', tone: 'quiet' };
    case 'waiting':
      return { text: 'Waiting for NinjaTrader', shape: 'ring', tone: 'notice' };
    case 'connected':
      return { text: 'Connected', shape: 'dot', tone: 'good' };
    case 'stale':
      return { text: 'Silent', shape: 'hourglass', tone: 'warning' };
    case 'lost':
      return { text: 'Link lost', shape: 'cross', tone: 'danger' };
    case 'failed':
      return { text: 'Bridge failed', shape: 'cross', tone: 'danger' };
    default:
      return assertNever(state);
  }
}

/** The journal's store as text and shape. */
export function storeState(state: StoreView['state']): StateWord {
  switch (state) {
    case 'ok':
      return { text: 'Writing', shape: 'dot', tone: 'good' };
    case 'failing':
      return { text: 'Failing', shape: 'triangle', tone: 'warning' };
    case 'readOnly':
      return { text: 'Read-only', shape: 'triangle', tone: 'warning' };
    case 'full':
      return { text: 'Disk full', shape: 'triangle', tone: 'warning' };
    default:
      return assertNever(state);
  }
}

/** The whole desk in one word. */
export function deskState(status: DeskView['status']): StateWord {
  switch (status) {
    case 'ok':
      return { text: 'OK', shape: 'dot', tone: 'good' };
    case 'exposed':
      return { text: 'Exposed', shape: 'diamond', tone: 'notice' };
    case 'warning':
      return { text: 'Needs attention', shape: 'triangle', tone: 'warning' };
    case 'locked':
      return { text: 'Entries locked', shape: 'square', tone: 'notice' };
    case 'offline':
      return { text: 'Offline', shape: 'cross', tone: 'warning' };
    default:
      return assertNever(status);
  }
}

/** How serious a feed entry is. */
export function severityState(severity: FeedEntryView['severity']): StateWord {
  switch (severity) {
    case 'info':
      return { text: 'Info', shape: 'ring', tone: 'quiet' };
    case 'notice':
      return { text: 'Notice', shape: 'diamond', tone: 'notice' };
    case 'warning':
      return { text: 'Warning', shape: 'triangle', tone: 'warning' };
    case 'critical':
      return { text: 'Critical', shape: 'square', tone: 'danger' };
    default:
      return assertNever(severity);
  }
}
