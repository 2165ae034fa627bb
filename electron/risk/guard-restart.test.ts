import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import type { Verdict } from '../../shared/domain/risk/verdict.ts';
import { SIM } from '../../shared/testing/desk-facts.ts';
import { replayRisk } from './testing/replay-risk.ts';
import { dollars, riskWorld } from './testing/risk-world.ts';

type Told = Pick<Verdict, 'severity' | 'limit' | 'used' | 'left' | 'reason'> & {
  readonly until: number | null;
};
type World = ReturnType<typeof riskWorld>;

function guarded(options: Parameters<typeof riskWorld>[0] = {}): World {
  const world = riskWorld(options);
  world.connect();
  world.assign();
  world.hold(2);
  world.equity(50_000);
  world.clock.advance(300);
  return world;
}

/** The same data folder, opened by the next process. */
function restarted(world: World, how: 'stopped' | 'killed' = 'stopped'): World {
  if (how === 'stopped') world.close();
  else world.crash();
  return riskWorld({ folder: world.folder, clock: world.clock });
}

describe('after a restart', () => {
  it.each(['stopped', 'killed'] as const)('a peak is known when the desk was %s', (how) => {
    const world = guarded();
    for (let equity = 50_000; equity <= 50_900; equity += 20) world.equity(equity);
    world.equity(50_500);
    world.clock.advance(1_000);
    const again = restarted(world, how);
    expect(again.risk()).toMatchObject({ peak: dollars(50_900), floor: dollars(48_900) });
    expect(again.risk()).toMatchObject({ midCycle: false, state: 'unknown', severity: 'unknown' });
    expect(again.bugs).toEqual([]);
  });

  it.each(['stopped', 'killed'] as const)('a lock stands when the desk was %s', (how) => {
    const world = guarded();
    world.lose(50_000, 49_100);
    const { lock } = world.risk();
    expect(lock).not.toBeNull();
    world.clock.advance(1_000);
    const again = restarted(world, how);
    expect(again.risk().lock).toMatchObject({ reason: lock?.reason, until: lock?.until });
  });

  it.each([-86_400_000, 86_400_000])('a lock stands when the clock was moved by %i ms', (ms) => {
    const world = guarded();
    world.lose(50_000, 49_100);
    world.clock.advance(1_000);
    world.close();
    world.clock.jumpWall(ms);
    const again = riskWorld({ folder: world.folder, clock: world.clock });
    again.clock.advance(5_000);
    expect(again.risk().lock).not.toBeNull();
  });

  it('a journal from before the lock is found to be old, and entries stay locked', () => {
    const world = guarded();
    world.journal.flush();
    world.db().pragma('wal_checkpoint(TRUNCATE)');
    copyFileSync(world.path, join(world.folder, 'yesterday.db'));
    world.lose(50_000, 49_100);
    world.clock.advance(1_000);
    const lock = world.risk().lock;
    world.close();
    const path = join(world.folder, 'yesterday.db');
    const again = riskWorld({ folder: world.folder, path, clock: world.clock });
    expect(again.risk().lock).toMatchObject({ source: 'addon', until: lock?.until ?? null });
  });

  it('what was told once is not told again', () => {
    const world = guarded();
    world.lose(50_000, 49_250);
    expect(world.risk().own?.step).toBe('warning');
    world.clock.advance(1_000);
    const again = restarted(world, 'killed');
    const before = again.engine.view().feed.length;
    again.connect(49_250, 2);
    again.equity(49_250);
    again.clock.advance(1_000);
    expect(again.risk().own?.step).toBe('warning');
    const told = again.engine.view().feed.slice(before);
    expect(told.filter(({ text }) => text.startsWith('Your own limit'))).toEqual([]);
  });

  it('a desk that was never told of rules begins without a lock', () => {
    expect(riskWorld().engine.view().accounts).toEqual([]);
  });
});

describe('the journal', () => {
  it('gives the same verdicts again, byte for byte, from far fewer marks', () => {
    const world = guarded();
    let marks = 0;
    for (let wave = 0; wave < 6; wave += 1) {
      for (let equity = 0; equity < 40; equity += 1) {
        world.equity(50_000 + wave * 60 + Math.round(300 * Math.sin(equity / 6)));
        marks += 1;
      }
    }
    world.clock.advance(2_000);
    const live = world.engine.view().accounts.find(({ name }) => name === SIM)?.risk;
    world.crash();
    const { verdicts, rows } = replayRisk(world.folder, SIM, live?.evaluatedAt as EpochMs);
    const told = ({ severity, limit, used, left, reason, until }: Told) =>
      JSON.stringify({ severity, limit, used, left, reason, until });
    expect(verdicts.map(told)).toEqual(live?.verdicts.map(told));
    expect(rows).toBeLessThan(marks / 2);
  });
});
