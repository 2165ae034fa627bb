import { describe, expect, it } from 'vitest';
import type { OwnRulesWish } from '../../../shared/protocol/ipc/own-rules.ts';
import { OPEN_AT, quote, SIM } from '../../../shared/testing/desk-facts.ts';
import { FakeClock } from '../../../shared/testing/fake-clock.ts';
import { entryIsCancelled, restarted, told, type World } from '../testing/locked-world.ts';
import { replayRisk } from '../testing/replay-risk.ts';
import { dollars, riskWorld } from '../testing/risk-world.ts';

type Rule = OwnRulesWish['rules'][number];

const MINUTE = 60_000;
/** Monday, 17:00 in Chicago. */
const NEXT_OPEN = OPEN_AT + 8 * 60 * MINUTE;

const GIVE_BACK: Rule = {
  id: 'own.give-back',
  title: 'Keep the day',
  rule: 'GIVEBACK',
  params: { from: '300', amount: '200' },
};
const TRADES: Rule = { id: 'own.trades', title: 'Trades', rule: 'TRADES', params: { max: 5 } };

function guarded(): World {
  const world = riskWorld({ clock: new FakeClock(NEXT_OPEN - 70 * MINUTE) });
  world.connect();
  world.assign();
  world.hold(2);
  world.equity(50_000);
  world.clock.advance(1_000);
  return world;
}

function choose(world: World, rules: readonly Rule[], reason = '') {
  return world.engine.risk.chooseOwnRules({ account: SIM, rules: [...rules], reason });
}

function ruleOf(world: World, id: string) {
  return world.risk().verdicts.find((rule) => rule.id === id);
}

function ids(world: World): readonly string[] {
  return world.engine.risk.ownRules({ account: SIM }).rules.map(({ id }) => id);
}

/** Live prices and figures until the clock shows a time; most of it the PC sleeps. */
function liveUntil(world: World, at: number): void {
  world.clock.jumpWall(Math.max(0, at - world.clock.wall() - 10_000));
  while (world.clock.wall() < at) {
    world.take(quote(20_000, world.clock.wall()));
    world.equity(50_000);
    world.clock.advance(950);
  }
}

/** Up to the day's peak and down to what is left of it. */
function giveBack(world: World, left: number): void {
  for (let gain = 100; gain <= 500; gain += 100) world.equity(50_000 + gain);
  for (let gain = 400; gain >= left; gain -= 100) world.equity(50_000 + gain);
  world.clock.advance(1_000);
}

describe('a rule of the trader’s own in the running desk', () => {
  it('locks entries when the day is given back, and leaves the position and the firm’s floor alone', () => {
    const world = guarded();
    expect(choose(world, [GIVE_BACK])).toMatchObject({ outcome: 'now' });
    expect(entryIsCancelled(world)).toBe(false);
    giveBack(world, 300);
    expect(ruleOf(world, 'own.give-back')).toMatchObject({
      ...{ title: 'Keep the day', severity: 'breach', effect: 'lock', closesEntries: true },
      source: { name: 'own' },
    });
    expect(world.risk()).toMatchObject({ state: 'softLock', lock: { source: 'rule' } });
    expect(entryIsCancelled(world)).toBe(true);
    expect(world.sentKinds()).not.toContain('flatten');
    expect(told(world)).toContain('Keep the day: breach.');
    expect(world.bugs).toEqual([]);
  });

  it('closes what is open with the effect soft', () => {
    const world = guarded();
    choose(world, [{ ...GIVE_BACK, effect: 'soft' }]);
    giveBack(world, 300);
    expect(world.sentKinds()).toContain('flatten');
  });

  it('only tells with the effect warn', () => {
    const world = guarded();
    choose(world, [{ ...GIVE_BACK, effect: 'warn' }]);
    giveBack(world, 300);
    expect(ruleOf(world, 'own.give-back')).toMatchObject({ severity: 'critical' });
    expect(world.risk().lock).toBeNull();
    expect(entryIsCancelled(world)).toBe(false);
  });

  it('is known to what-if, as the trader’s own limit and never as a broken rule of the firm', () => {
    const world = guarded();
    choose(world, [{ id: 'own.day', title: 'Day', rule: 'DLL', params: { Lim: '300' } }]);
    const ask = (ticks: number) =>
      world.engine.risk.whatIf({ account: SIM, instrument: 'ES 12-26', quantity: 0, ticks });
    expect(ask(1)).toMatchObject({ binding: 'own.day', left: dollars(275), outcome: 'within' });
    expect(ask(12)).toMatchObject({
      outcome: 'overOwnLimit',
      message: 'Your own rule "Day" would be broken.',
    });
    expect(ask(100).outcome).toBe('breach');
  });

  it('that is smaller than the loss of the day counts at once', () => {
    const world = guarded();
    const day = (Lim: string): Rule => ({
      id: 'own.day',
      title: 'Day',
      rule: 'DLL',
      params: { Lim },
    });
    choose(world, [day('900')]);
    world.lose(50_000, 49_700);
    world.clock.advance(1_000);
    expect(ruleOf(world, 'own.day')).toMatchObject({ severity: 'ok', left: dollars(600) });
    expect(choose(world, [day('250')]).outcome).toBe('now');
    world.clock.advance(1_000);
    expect(ruleOf(world, 'own.day')).toMatchObject({ severity: 'breach', limit: dollars(250) });
    expect(world.risk().lock).not.toBeNull();
  });

  it('that looks at all accounts is told what they hold', () => {
    const world = guarded();
    choose(world, [
      { id: 'own.all', title: 'All', rule: 'CORR', params: { max: '1', groups: [['ES', 'NQ']] } },
    ]);
    expect(ruleOf(world, 'own.all')).toMatchObject({ severity: 'breach', closesEntries: true });
  });
});

describe('own rules', () => {
  it.each<[string, readonly Rule[], string]>([
    [
      'a wrong amount',
      [{ ...GIVE_BACK, params: { from: 300, amount: '200' } }],
      'own.give-back: params.from: ',
    ],
    ['an id of the firm', [{ ...TRADES, id: 'drawdown' }], 'drawdown: id: '],
  ])('with %s are refused by name, and nothing is kept', (_name, rules, words) => {
    const world = guarded();
    const answer = choose(world, rules);
    expect(answer.outcome).toBe('refused');
    expect(answer.message.startsWith(words), answer.message).toBe(true);
    expect(ids(world)).toEqual([]);
  });

  it('of an account without rules of a firm are refused', () => {
    const world = riskWorld();
    world.connect();
    expect(choose(world, [TRADES]).outcome).toBe('refused');
  });

  it('that are removed stay until the next session, and need a reason', () => {
    const world = guarded();
    choose(world, [GIVE_BACK, TRADES]);
    expect(choose(world, [TRADES]).outcome).toBe('refused');
    expect(choose(world, [TRADES], 'new plan')).toMatchObject({
      outcome: 'later',
      from: NEXT_OPEN,
    });
    expect(ids(world)).toEqual(['own.give-back', 'own.trades']);
    expect(world.engine.risk.ownRules({ account: SIM }).waiting).toMatchObject({
      from: NEXT_OPEN,
      rules: [{ id: 'own.trades' }],
    });
    liveUntil(world, NEXT_OPEN + 5_000);
    expect(ids(world)).toEqual(['own.trades']);
    expect(ruleOf(world, 'own.give-back')).toBeUndefined();
    expect(ruleOf(world, 'own.trades')).toBeDefined();
    expect(world.bugs).toEqual([]);
  });

  it('are not removed by a clock that is set ahead, here or over a restart', () => {
    const world = guarded();
    choose(world, [TRADES]);
    choose(world, [], 'plan');
    world.clock.jumpWall(24 * 60 * MINUTE);
    world.clock.advance(2_000);
    expect(ids(world)).toEqual(['own.trades']);
    expect(ids(restarted(world))).toEqual(['own.trades']);
  });

  it('cannot be loosened while the clock is known to be wrong', () => {
    const world = guarded();
    choose(world, [TRADES]);
    world.clock.jumpWall(-24 * 60 * MINUTE);
    world.clock.advance(2_000);
    expect(choose(world, [], 'plan')).toMatchObject({ outcome: 'refused', from: null });
    expect(choose(world, [TRADES, GIVE_BACK]).outcome).toBe('now');
  });

  it('of a mixed choice: the stricter one counts at once', () => {
    const world = guarded();
    choose(world, [TRADES]);
    expect(choose(world, [GIVE_BACK], 'plan').outcome).toBe('later');
    expect(ids(world)).toEqual(['own.trades', 'own.give-back']);
    expect(ruleOf(world, 'own.give-back')).toBeDefined();
  });

  it('stay with the account over other rules of the firm', () => {
    const world = guarded();
    choose(world, [TRADES]);
    world.assign({ template: 'apex.4_0.intraday.pa.50k' });
    liveUntil(world, NEXT_OPEN + 5_000);
    expect(world.risk().rules?.template).toBe('apex.4_0.intraday.pa.50k');
    expect(ruleOf(world, 'own.trades')).toBeDefined();
  });
});

describe('the journal of own rules', () => {
  it('brings them back with what they have counted, and their lock', () => {
    const world = guarded();
    choose(world, [GIVE_BACK]);
    giveBack(world, 300);
    const before = ruleOf(world, 'own.give-back');
    const again = restarted(world);
    again.connect(50_300, 2);
    again.clock.advance(2_000);
    expect(ruleOf(again, 'own.give-back')).toMatchObject({
      severity: 'breach',
      until: before?.until ?? null,
    });
    expect(again.risk().lock).not.toBeNull();
    expect(again.bugs).toEqual([]);
  });

  it('lets what is looser begin with a session that opened while the app was closed', () => {
    const world = guarded();
    choose(world, [GIVE_BACK, TRADES]);
    choose(world, [TRADES], 'plan');
    const off = NEXT_OPEN + 5 * MINUTE - world.clock.wall();
    const again = restarted(world, { off });
    again.connect();
    liveUntil(again, NEXT_OPEN + 6 * MINUTE);
    expect(ids(again)).toEqual(['own.trades']);
    expect(ruleOf(again, 'own.give-back')).toBeUndefined();
    expect(again.risk().floor).toBe(dollars(48_000));
    expect(again.bugs).toEqual([]);
  });

  it('comes to the same verdicts by itself', () => {
    const world = guarded();
    choose(world, [GIVE_BACK, TRADES]);
    giveBack(world, 400);
    world.clock.advance(2_000);
    const now = world.clock.wall();
    const shown = world.risk().verdicts.map(({ id, severity, left }) => ({ id, severity, left }));
    world.crash();
    const { verdicts } = replayRisk(world.folder, SIM, now);
    expect(verdicts.map(({ rule, severity, left }) => ({ id: rule, severity, left }))).toEqual(
      shown,
    );
  });
});
