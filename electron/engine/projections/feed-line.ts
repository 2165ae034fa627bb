import type { DeskState } from '../../../shared/domain/desk/state.ts';
import type { Stamp } from '../../../shared/domain/desk/fact.ts';
import type { FlattenRecord, FlattenStepCode } from '../../../shared/domain/flatten/record.ts';
import type { FlattenScope } from '../../../shared/domain/flatten/scope.ts';
import { alarmText } from '../../../shared/domain/flatten/wording.ts';
import type { JournalEntry } from '../../../shared/domain/journal/record.ts';
import { isRiskEntry } from '../../../shared/domain/journal/risk-fold.ts';
import type { FeedEntryView } from '../../../shared/protocol/ipc/views.ts';
import { riskLine } from './risk-line.ts';
import { guardText, priceText } from './wording.ts';

export type FeedLine = Omit<FeedEntryView, 'id'>;
type Said = Pick<FeedLine, 'severity' | 'account' | 'text'>;
type Of<K extends JournalEntry['kind']> = Extract<JournalEntry, { kind: K }>;

/** A fill that the platform reports this long after it happened is history, not news. */
const NEWS_FOR_MS = 120_000;

/** What the feed says of a journal entry; null for what a trader need not be told. */
export function feedLine(state: DeskState, entry: JournalEntry, stamp: Stamp): FeedLine | null {
  const said = say(state, entry, stamp);
  return said === null ? null : { at: stamp.wall, ...said };
}

function say(state: DeskState, entry: JournalEntry, stamp: Stamp): Said | null {
  if (isRiskEntry(entry)) return riskLine(entry);
  switch (entry.kind) {
    case 'execution.reported':
      return fill(state, entry, stamp);
    case 'order.reported':
      return rejection(entry);
    case 'connection.reported':
      return connection(entry);
    case 'link.opened':
      return info(`NinjaTrader connected (${entry.platform} ${entry.platformVersion}).`);
    case 'link.lost':
      return desk('warning', `The link to NinjaTrader was lost: ${LOSSES[entry.reason]}.`);
    case 'link.gap':
      return desk(
        'notice',
        `${entry.missing} messages did not arrive; everything is being read again.`,
      );
    case 'link.refused':
      return desk('warning', `A message could not be read (${entry.type}, ${entry.code}).`);
    case 'reconcile.corrected':
      return desk('notice', `Corrected: ${entry.subject} was ${entry.was}, is ${entry.is}.`);
    case 'command.finished':
      // A guard that is in force and not on the AddOn's disk ends with NinjaTrader.
      if (entry.code === 'NOT_KEPT') return desk('warning', `NinjaTrader: ${entry.detail}.`);
      if (entry.outcome !== 'failed') return null;
      return desk('warning', `NinjaTrader could not do what was asked: ${entry.detail}`);
    case 'flatten.requested':
    case 'flatten.stepped':
    case 'flatten.unresolved':
    case 'flatten.refused':
    case 'flatten.disarmed':
    case 'flatten.confirmed':
      return flatten(entry);
    case 'guard.wanted':
      return guard(entry);
    case 'guard.reported':
      return guardHeld(entry);
    case 'engine.started':
      return info('Enigma Apex started.');
    case 'setting.changed':
      return info(`Setting ${entry.key} changed from ${entry.from} to ${entry.to}.`);
    case 'intent.recorded':
    case 'command.sent':
    case 'engine.stopped':
    case 'order.vanished':
    case 'position.carried':
    case 'position.reported':
    case 'account.reported':
    case 'instrument.reported':
    case 'item.reported':
    case 'command.acked':
    case 'flatten.progressed':
      return null;
  }
}

function fill(
  state: DeskState,
  { execution }: Of<'execution.reported'>,
  stamp: Stamp,
): Said | null {
  const { account, instrument, side, quantity, price, executedAt, isStartOfDay } = execution;
  if (isStartOfDay || stamp.wall - executedAt > NEWS_FOR_MS) return null;
  const verb = side === 'buy' ? 'Bought' : 'Sold';
  const at = priceText(state.instruments.get(instrument), price);
  return { severity: 'info', account, text: `${verb} ${quantity} ${instrument} at ${at}.` };
}

function rejection({ order }: Of<'order.reported'>): Said | null {
  if (order.state !== 'rejected') return null;
  const text = `Order rejected: ${order.side} ${order.quantity} ${order.instrument}. ${order.comment}`;
  return { severity: 'warning', account: order.account, text: text.trimEnd() };
}

function connection(entry: Of<'connection.reported'>): Said {
  const detail = entry.detail === '' ? '' : ` ${entry.detail}`;
  const isUp = entry.status === 'connected';
  const isDown = entry.status === 'disconnected' || entry.status === 'connectionLost';
  const words = isUp ? 'is connected' : isDown ? 'is not connected' : `is ${entry.status}`;
  return desk(isDown ? 'warning' : 'info', `Connection ${entry.name} ${words}.${detail}`);
}

function guard({ accounts, changed, cause }: Of<'guard.wanted'>): Said | null {
  if (changed.length === 0) return null;
  const changes = changed.map((name) => {
    const limits = accounts.find(({ account }) => account === name);
    return limits === undefined ? `${name} has no guard` : `${name} ${guardText(limits)}`;
  });
  const text = `Guard: ${changes.join('; ')}.`;
  const [first = null] = changed.length === 1 ? changed : [];
  if (cause === 'asked') return { severity: 'notice', account: first, text };
  const origin = 'The AddOn held limits that were not known here; they were taken over.';
  return { severity: 'warning', account: first, text: `${origin} ${text}` };
}

function guardHeld({ enforcing, accounts }: Of<'guard.reported'>): Said | null {
  if (enforcing || accounts.length === 0) return null;
  return desk('warning', 'The AddOn holds a guard and does not enforce it.');
}

const LOSSES: Readonly<Record<Of<'link.lost'>['reason'], string>> = {
  closed: 'it was closed',
  silent: 'nothing was heard for too long',
  replaced: 'another session took its place',
  slowPeer: 'NinjaTrader did not keep up',
  goodbye: 'NinjaTrader ended it',
  badMessages: 'too many unreadable messages',
  stopped: 'Enigma Apex ended it',
};

const STEPS: Partial<Record<FlattenStepCode, readonly [FeedLine['severity'], string]>> = {
  commandNotSent: ['warning', 'Flatten could not be sent'],
  commandRefused: ['warning', 'NinjaTrader refused a flatten command'],
  flatReported: ['info', 'Nothing open reported; watching that it stays so'],
  watchBroken: ['warning', 'Something opened again during the watch'],
  stoodDown: ['warning', 'Flatten no longer tries by itself; press it again to start over'],
  escalated: ['warning', 'Flat is not proven yet, so the flatten was sent again'],
  linkRestored: ['notice', 'The link is back; the flatten goes on'],
  resumed: ['notice', 'A flatten from before the restart was taken up again'],
};

/** Steps whose detail is for a person; the others hold ids, which are for the proof. */
const TOLD_DETAILS: ReadonlySet<FlattenStepCode> = new Set(['commandRefused', 'watchBroken']);

function flatten(entry: FlattenRecord): Said | null {
  switch (entry.kind) {
    case 'flatten.requested':
      return {
        severity: 'notice',
        account: entry.scope.kind === 'all' ? null : entry.scope.account,
        text: `Flatten ${scopeText(entry.scope)} requested.`,
      };
    case 'flatten.stepped':
      return flattenStep(entry);
    case 'flatten.unresolved':
      return desk('critical', `Flatten not proven. ${alarmText(entry.code)}`);
    case 'flatten.refused':
      return desk('critical', `Flatten refused by NinjaTrader: ${entry.code}.`);
    case 'flatten.disarmed':
      return desk('warning', 'Flatten disarmed before flat was proven.');
    case 'flatten.confirmed':
      return info(`Flatten ${scopeText(entry.proof.scope)}: flat, proven.`);
  }
}

function flattenStep({ step }: Of<'flatten.stepped'>): Said | null {
  const known = STEPS[step.code];
  if (known === undefined) return null;
  const [severity, words] = known;
  const isTold = step.detail !== '' && TOLD_DETAILS.has(step.code);
  return desk(severity, isTold ? `${words} (${step.detail}).` : `${words}.`);
}

function scopeText(scope: FlattenScope): string {
  if (scope.kind === 'all') return 'of all accounts';
  if (scope.kind === 'account') return `of ${scope.account}`;
  return `of ${scope.instrument} on ${scope.account}`;
}

function desk(severity: FeedLine['severity'], text: string): Said {
  return { severity, account: null, text };
}

function info(text: string): Said {
  return desk('info', text);
}
