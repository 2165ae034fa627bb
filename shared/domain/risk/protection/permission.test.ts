import { describe, expect, it } from 'vitest';
import { protectionSettings } from '../../../testing/protection-world.ts';
import { permissionOf, type Permission, type ProtectionStanding } from './permission.ts';

const standing = (change: Partial<ProtectionStanding>): ProtectionStanding => ({
  ...protectionSettings().standing,
  ...change,
});
const FORBIDS = 'FIRM_FORBIDS_AUTOMATION';
const SIMULATION = 'NOT_A_SIMULATION_ACCOUNT';
const LIVE = { mode: 'live', accountKind: 'live', isLiveEnabled: true } as const;

describe('what the desk may do by itself', () => {
  it.each<[string, Partial<ProtectionStanding>, Permission['level'], readonly string[]]>([
    ['what the trader chose', {}, 'protect', []],
    ['no more than the trader chose', { level: 'guard' }, 'guard', []],
    ['less where the firm forbids it', { automation: 'prohibited' }, 'observe', [FORBIDS]],
    ['less where the firm wants it by hand', { automation: 'manualOnly' }, 'observe', [FORBIDS]],
    [
      'less where the firm is silent',
      { automation: 'unknown' },
      'observe',
      ['FIRM_POLICY_UNKNOWN'],
    ],
    [
      'what the trader insists on, told as that',
      { automation: 'prohibited', insists: true },
      'protect',
      ['FIRM_POLICY_OVERRIDDEN'],
    ],
    ['its own software', { automation: 'ownOnly' }, 'protect', []],
    ['nothing on a live account in test mode', { accountKind: 'live' }, 'observe', [SIMULATION]],
    [
      'nothing but simulation in demo',
      { mode: 'demo', accountKind: 'live' },
      'observe',
      [SIMULATION],
    ],
    ['on a live account that is enabled', LIVE, 'protect', []],
    [
      'nothing on one that is not',
      { ...LIVE, isLiveEnabled: false },
      'observe',
      ['LIVE_NOT_ENABLED'],
    ],
    [
      'nothing on an account of no known kind, whatever is insisted on',
      { accountKind: 'unknown', insists: true },
      'observe',
      ['ACCOUNT_KIND_UNKNOWN'],
    ],
    ['to observe needs no reason', { level: 'observe', automation: 'prohibited' }, 'observe', []],
  ])('%s', (_name, ...[change, level, reasons]) => {
    const permission = permissionOf(standing(change));
    expect(permission).toMatchObject({ level, reasons, alert: true, flattenByTrader: true });
  });

  it.each([
    ['observe', [false, false, false, false]],
    ['guard', [true, true, false, false]],
    ['protect', [true, true, true, true]],
  ] as const)('%s locks, cancels, reduces, flattens: %j', (level, may) => {
    const { lockEntries, cancelEntries, reduceExcess, flatten } = permissionOf(standing({ level }));
    expect([lockEntries, cancelEntries, reduceExcess, flatten]).toEqual(may);
  });

  it('keeps locks up at every level, but not in a mode that commands no such account', () => {
    expect(permissionOf(standing({ level: 'observe' })).holdLocks).toBe(true);
    expect(permissionOf(standing({ automation: 'prohibited' })).holdLocks).toBe(true);
    expect(permissionOf(standing({ accountKind: 'live' })).holdLocks).toBe(false);
  });
});
