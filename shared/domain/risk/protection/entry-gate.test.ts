import { describe, expect, it } from 'vitest';
import {
  floorRule,
  position,
  ProtectedAccount,
  protectionSettings,
  type Said,
} from '../../../testing/protection-world.ts';
import type { EntryGate } from './outcome.ts';

const HOUR = 3_600_000;

/** The gate after `said` was said again and again until it was believed. */
function gateOf(said: Said): EntryGate | undefined {
  return new ProtectedAccount().settle(said).outcome?.gate;
}

describe('whether entries are free', () => {
  it('is so when everything is known and nothing stands against it', () => {
    expect(gateOf({})).toEqual({ state: 'open', reasons: [], isEnforced: true });
  });

  it.each<[string, Said, EntryGate['reasons']]>([
    ['no rules', { rules: [] }, ['NOT_JUDGED']],
    ['a figure that is not reported', { equity: null }, ['FIGURE_UNKNOWN', 'NOT_JUDGED']],
    ['a lost connection', { isConnected: false }, ['FIGURE_UNKNOWN', 'NOT_JUDGED']],
    ['a room that is not known', { rules: [floorRule(null)] }, ['LIMIT_UNKNOWN', 'RULE_UNKNOWN']],
    ['what is open not known', { positions: null }, ['LIMIT_UNKNOWN']],
    [
      'a rule that is not known',
      { rules: [floorRule(2_000), floorRule(null, { rule: 'hours', isRoom: false })] },
      ['RULE_UNKNOWN'],
    ],
    [
      'a rule that closes them',
      { rules: [floorRule(2_000, { closesEntries: true })] },
      ['RULE_CLOSES'],
    ],
  ])('with %s they are held, and nothing is locked', (_name, said, reasons) => {
    expect(gateOf(said)).toEqual({ state: 'held', reasons, isEnforced: true });
  });

  it('with a suspect figure they are held until it is believed', () => {
    const account = new ProtectedAccount().settle();
    account.read(1_000, { equity: 49_500 });
    expect(account.outcome?.gate).toMatchObject({ state: 'held', reasons: ['FIGURE_SUSPECT'] });
    account.at(1_250);
    expect(account.outcome?.gate.state).toBe('open');
  });

  it('with verdicts of the day before they are held, and those verdicts do nothing', () => {
    const broken = { equity: 47_900, positions: [position(1)] };
    const { standing } = protectionSettings();
    const observe = protectionSettings({ standing: { ...standing, level: 'observe' } });
    const account = new ProtectedAccount(observe).settle(broken);
    account.settings = protectionSettings();
    account.at(9 * HOUR);
    expect(account.actions).toEqual([]);
    expect(account.outcome?.gate.reasons).toContain('NOT_JUDGED');
  });
});
