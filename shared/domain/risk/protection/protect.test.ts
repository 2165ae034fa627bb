import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../kernel/clock.ts';
import {
  floorRule,
  position,
  ProtectedAccount,
  protectionSettings,
  readingAt,
  sessionAt,
  stamp,
  usd,
  WALL,
} from '../../../testing/protection-world.ts';
import { protect } from './protect.ts';

const LOCK = { kind: 'lock-asked', reason: 'Enough.', until: null } as const;
const LONG = [position(1)];
/** 70 % of 2,000 less a reserve of eight ticks of one contract is 1,300. */
const CRITICAL = 50_000 - 1_110;
const OVER = 50_000 - 1_300;

/** A loss in believable strides, from 400 ms on. */
function lose(account: ProtectedAccount, to: number, from = 400): number {
  let ms = from;
  for (let equity = 49_800; equity > to; equity -= 200) {
    account.read((ms += 100), { equity, positions: LONG });
  }
  account.read((ms += 100), { equity: to, positions: LONG });
  return ms;
}

describe('a loss through the own limit', () => {
  it('tells of every step once, locks at critical, and flattens at the limit', () => {
    const account = new ProtectedAccount().settle({ positions: LONG });
    lose(account, OVER);
    const steps = account.notices.flatMap((notice) => (notice.kind === 'step' ? [notice.to] : []));
    expect(steps).toEqual(['notice', 'warning', 'critical', 'act']);
    expect(account.actions.map(({ kind }) => kind)).toEqual([
      'lock-entries',
      'keep-locks',
      'lock-entries',
      'flatten',
      'keep-locks',
    ]);
  });

  it('is not found in a size whose reserve is only assumed, but in one that is measured', () => {
    // 1,400 less 8 ticks of 8 contracts are 600; 16 ticks would take all of it.
    const size = (adverseTicks: number | null) => [position(8, { adverseTicks })];
    const account = new ProtectedAccount().settle({ positions: size(null) });
    account.read(1_000, { positions: size(null) });
    expect(account.actions).toEqual([]);
    account.read(2_000, { positions: size(14) });
    expect(account.notices.map(({ kind }) => kind)).toContain('size-over-room');
    expect(account.count('flatten')).toBe(1);
  });

  it('leaves exits free and the lock on when the loss shrinks again', () => {
    const account = new ProtectedAccount().settle({ positions: LONG });
    const ms = lose(account, CRITICAL);
    expect(account.outcome?.gate.state).toBe('locked');
    account.read(ms + 100, { equity: CRITICAL + 200, positions: LONG });
    account.read(ms + 200, { equity: CRITICAL + 400, positions: LONG });
    expect(account.state.steps).toEqual({ trailing: 'notice' });
    expect(account.outcome?.gate.state).toBe('locked');
    expect(account.count('flatten')).toBe(0);
  });

  it('asks once until flat is proven, and again when a position comes back', () => {
    const account = new ProtectedAccount().settle({ positions: LONG });
    const ms = lose(account, OVER);
    for (let more = 1; more <= 20; more += 1) {
      account.read(ms + more * 100, { equity: OVER, positions: LONG });
    }
    expect(account.count('flatten')).toBe(1);
    account.at(ms + 2_100, { kind: 'flatten-ended', outcome: 'proven' });
    account.read(ms + 2_200, { equity: OVER });
    expect(account.count('flatten')).toBe(1);
    expect(account.read(ms + 2_300, { equity: OVER, positions: LONG })).toContain('flatten');
  });

  it('asks again a while after a flatten that ended without proof', () => {
    const account = new ProtectedAccount().settle({ positions: LONG });
    const ms = lose(account, OVER);
    account.at(ms + 100, { kind: 'flatten-ended', outcome: 'unproven' });
    const held = { equity: OVER, positions: LONG };
    expect(account.read(ms + 5_000, held)).not.toContain('flatten');
    expect(account.read(ms + 5_100, held)).toContain('flatten');
  });
});

describe('the level', () => {
  const at = (level: 'observe' | 'guard' | 'protect') => {
    const { standing } = protectionSettings();
    const settings = protectionSettings({ standing: { ...standing, level } });
    const account = new ProtectedAccount(settings).settle({ positions: LONG });
    lose(account, OVER);
    return account;
  };

  it('observe only tells', () => {
    const account = at('observe');
    expect(account.actions).toEqual([]);
    const withheld = account.notices.filter(({ kind }) => kind === 'withheld');
    expect(withheld.map((notice) => notice.kind === 'withheld' && notice.action)).toEqual([
      'lock-entries',
      'flatten',
    ]);
    expect(account.outcome?.gate).toMatchObject({ state: 'held', isEnforced: false });
  });

  it('guard locks and leaves the position to the trader', () => {
    const account = at('guard');
    expect(account.count('lock-entries')).toBe(2);
    expect(account.count('flatten')).toBe(0);
  });

  it('a firm that forbids automation makes it observe, and the notice says why', () => {
    const { standing } = protectionSettings();
    const settings = protectionSettings({ standing: { ...standing, automation: 'prohibited' } });
    const account = new ProtectedAccount(settings).settle({ positions: LONG });
    lose(account, OVER);
    expect(account.actions).toEqual([]);
    expect(account.notices).toContainEqual({
      kind: 'withheld',
      action: 'flatten',
      cause: 'own:trailing',
      reasons: ['FIRM_FORBIDS_AUTOMATION'],
    });
  });
});

describe('a broken rule of the firm', () => {
  const soft = (until: number) => [
    floorRule(-1, { effect: 'soft', until: (WALL + until) as EpochMs, isRoom: false }),
  ];

  it('locks until its reset', () => {
    const account = new ProtectedAccount().settle({ positions: LONG, rules: soft(60_000) });
    expect(account.state.book.locks).toMatchObject([{ id: 'rule:trailing', mayLoosen: false }]);
    account.read(59_999, { rules: soft(60_000) });
    expect(account.read(60_000, { rules: soft(60_000) })).toContain('release-lock');
  });

  it('whose reset has passed locks nothing', () => {
    const account = new ProtectedAccount().settle({ rules: soft(-1) });
    account.read(400, { rules: soft(-1) });
    expect(account.actions).toEqual([]);
  });
});

describe('two readings of one instant', () => {
  it('count as the worse of them', () => {
    const account = new ProtectedAccount().settle({ positions: LONG });
    const bad = readingAt(400, { equity: 48_600, second: 48_600, positions: LONG });
    const good = readingAt(400, { equity: 49_990, second: 49_990, positions: LONG });
    account.at(400, bad, good);
    expect(account.state.figure).toMatchObject({ value: usd(48_600) });
    expect(account.count('flatten')).toBe(1);
  });
});

describe('a clock that was set back', () => {
  it('does not make the next session one that has begun already', () => {
    const account = new ProtectedAccount().settle();
    const at = stamp(1_000, -86_400_000);
    const input = { at, session: sessionAt(at.wall), events: [LOCK] };
    const { state } = protect(account.state, input, account.settings);
    expect(state.book.locks[0]?.end).toMatchObject({ after: sessionAt(WALL).day });
  });
});

describe('what is open while it is not known', () => {
  it('is not what a lost connection still lists', () => {
    const account = new ProtectedAccount().settle({ positions: LONG });
    account.read(1_000, { equity: 47_900, second: 47_900, positions: LONG });
    account.at(1_100, { kind: 'flatten-ended', outcome: 'proven' });
    expect(account.read(1_200, { isConnected: false, positions: LONG })).toEqual([]);
    expect(account.state.positions).toBeNull();
  });

  it('is flattened once on a breach that has just begun, and then when it is known again', () => {
    const account = new ProtectedAccount().settle({ positions: LONG });
    expect(account.read(1_000, { equity: OVER, second: OVER, positions: null })).toEqual([]);
    const broken = { equity: 47_900, second: 47_900 };
    expect(account.read(1_100, { ...broken, positions: null })).toContain('flatten');
    account.at(1_200, { kind: 'flatten-ended', outcome: 'unproven' });
    expect(account.read(9_000, { ...broken, positions: null })).not.toContain('flatten');
    expect(account.read(9_100, { ...broken, positions: LONG })).toContain('flatten');
  });
});

describe('figures that are not to be believed', () => {
  it('a jump alone does not act before it has stood for 250 ms, and then does', () => {
    const account = new ProtectedAccount().settle({ positions: LONG });
    const crash = { equity: OVER, positions: LONG };
    expect(account.read(1_000, crash)).toEqual([]);
    expect(account.outcome?.figure).toBe('held');
    expect(account.read(1_249, crash)).toEqual([]);
    expect(account.outcome?.wakeAt).toBe(account.state.time.provenAt + 1_250);
    expect(account.at(1_250)).toContain('flatten');
  });

  it('a second source that agrees makes it act at once', () => {
    const account = new ProtectedAccount().settle({ positions: LONG });
    expect(account.read(1_000, { equity: OVER, second: OVER, positions: LONG })).toContain(
      'flatten',
    );
  });

  it('a spike that goes away does nothing', () => {
    const account = new ProtectedAccount().settle({ positions: LONG });
    account.read(1_000, { equity: OVER, positions: LONG });
    account.read(1_200, { equity: 50_000, positions: LONG });
    account.at(1_600);
    expect(account.actions).toEqual([]);
  });

  it('a zero never acts, however long it stands', () => {
    const account = new ProtectedAccount().settle({ positions: LONG });
    for (let ms = 1_000; ms < 20_000; ms += 100) account.read(ms, { equity: 0, positions: LONG });
    expect(account.actions).toEqual([]);
    expect(account.outcome?.gate.reasons).toContain('FIGURE_UNKNOWN');
  });

  it('a lost connection never acts', () => {
    const account = new ProtectedAccount().settle({ positions: LONG });
    account.at(1_000, readingAt(1_000, { isConnected: false, equity: 0, positions: null }));
    account.at(9_000);
    expect(account.actions).toEqual([]);
  });
});
