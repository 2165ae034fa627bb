import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { GuardLimits } from '../../../shared/domain/guard/limits.ts';
import { FakeClock } from '../../../shared/testing/fake-clock.ts';
import { order, quote, SIM } from '../../../shared/testing/desk-facts.ts';
import { riskWorld } from './risk-world.ts';

export type World = ReturnType<typeof riskWorld>;

/** Monday 2026-01-05, 17:00 in Chicago: the session after the one in which the account was locked. */
export const NEXT_SESSION = Date.UTC(2026, 0, 5, 23, 0, 0);

/** An account that has used nearly all of its own limit. */
export function locked(): World {
  const world = riskWorld();
  world.connect();
  world.assign();
  world.hold(2);
  world.equity(50_000);
  // A real monotonic clock is finer than a millisecond.
  world.clock.advance(300.37);
  world.lose(50_000, 49_100);
  world.clock.advance(1_000);
  expect(world.risk().lock).toMatchObject({ source: 'rule', until: NEXT_SESSION });
  return world;
}

interface Restart {
  /** What happens to the files while nothing runs. */
  readonly between?: (folder: string) => void;
  /** How long the PC is off, in milliseconds. */
  readonly off?: number;
  /** How far somebody moves the PC's clock meanwhile. */
  readonly moved?: number;
}

/** The app is killed and a new process opens the data folder, with a monotonic clock of its own. */
export function restarted(world: World, { between, off = 0, moved = 0 }: Restart = {}): World {
  world.crash();
  between?.(world.folder);
  const clock = new FakeClock(world.clock.wall() + off + moved);
  return riskWorld({ folder: world.folder, clock });
}

/** What the AddOn is wanted to hold of the account. */
export function mirrored(world: World): GuardLimits | undefined {
  return world.engine.guard.wanted().accounts.find(({ account }) => account === SIM);
}

export function told(world: World): string {
  return world.engine
    .view()
    .feed.map(({ text }) => text)
    .join('\n');
}

/** A price of the live market with the exchange's time. */
export function market(world: World, at: number): void {
  world.take(quote(20_000, at));
  world.clock.advance(1_000);
}

export function deleteJournal(folder: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `journal.db${end}`), { force: true });
}

export function deleteSecondPlace(folder: string): void {
  rmSync(join(folder, 'locks.json'));
}

/** Tries to enter; the answer is whether the order's cancel was asked for. */
export function entryIsCancelled(world: World): boolean {
  const before = world.sent.length;
  world.takeNext((seq) => ({
    kind: 'order.reported',
    seq,
    order: order(`entry-${seq}`, { side: 'buy' }),
  }));
  world.clock.advance(1_000);
  return world.sent.slice(before).some(({ kind }) => kind === 'cancelOrder');
}
