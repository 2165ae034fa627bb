import type { CallKey, PushKey } from './contract.ts';

// Names apart from the schemas: the preload bundle needs the names and must stay free of a parser. The
// compiler refuses a list that lacks a key of the contract or has one too many.
const calls = {
  'desk.snapshot': true,
  'flatten.request': true,
  'flatten.disarm': true,
  'flatten.proof': true,
  'chart.read': true,
  'risk.templates': true,
  'risk.assign': true,
  'risk.settings': true,
  'risk.unlock': true,
  'risk.record': true,
  'risk.whatIf': true,
  'risk.equity': true,
  'risk.timeline': true,
  'risk.readOwnRules': true,
  'risk.ownRules': true,
  'risk.importDays': true,
  'news.read': true,
  'news.import': true,
  'settings.read': true,
  'settings.change': true,
  'app.info': true,
} as const satisfies Record<CallKey, true>;

const pushes = { 'desk.patch': true } as const satisfies Record<PushKey, true>;

/** Keys the window may call. */
export const CALL_KEYS = Object.keys(calls) as readonly CallKey[];

/** Keys the main process may push. */
export const PUSH_KEYS = Object.keys(pushes) as readonly PushKey[];

/** Whether a value names a call of the contract. */
export function isCallKey(key: unknown): key is CallKey {
  return typeof key === 'string' && Object.hasOwn(calls, key);
}

/** Whether a value names a push of the contract. */
export function isPushKey(key: unknown): key is PushKey {
  return typeof key === 'string' && Object.hasOwn(pushes, key);
}
