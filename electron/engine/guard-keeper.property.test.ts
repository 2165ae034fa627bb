import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountName } from '../../shared/domain/account/account.ts';
import {
  effective,
  sameGuard,
  sameLimits,
  type GuardLimits,
} from '../../shared/domain/guard/limits.ts';
import { guardReport, guards, someLimits } from '../../shared/testing/guard-limits.ts';
import { GuardWorld } from './testing/guard-world.ts';

const NAMES = ['Sim101', 'Sim102', 'Other'] as AccountName[];

type Move =
  | { readonly kind: 'set'; readonly limits: GuardLimits }
  | { readonly kind: 'clear'; readonly account: AccountName | null }
  | { readonly kind: 'open' | 'lose' | 'work' | 'tell' | 'gap' | 'lostReport' }
  | { readonly kind: 'change'; readonly guard: readonly GuardLimits[]; readonly rise: number }
  | { readonly kind: 'stale'; readonly guard: readonly GuardLimits[]; readonly back: number }
  | { readonly kind: 'enforcing' | 'disk'; readonly works: boolean }
  | { readonly kind: 'restart'; readonly isFlushed: boolean }
  | { readonly kind: 'pass'; readonly ms: number };

const only = <K extends Move['kind']>(kind: K) => fc.constant({ kind });
const moves: fc.Arbitrary<Move> = fc.oneof(
  { weight: 4, arbitrary: someLimits.map((limits) => ({ kind: 'set' as const, limits })) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(null, ...NAMES)
      .map((account) => ({ kind: 'clear' as const, account })),
  },
  { weight: 2, arbitrary: only('open') },
  only('lose'),
  { weight: 6, arbitrary: only('work') },
  only('tell'),
  only('gap'),
  {
    weight: 2,
    arbitrary: fc
      .record({ guard: guards, rise: fc.integer({ min: 1, max: 5 }) })
      .map((of) => ({ kind: 'change' as const, ...of })),
  },
  only('lostReport'),
  fc
    .record({ guard: guards, back: fc.integer({ min: 0, max: 4 }) })
    .map((of) => ({ kind: 'stale' as const, ...of })),
  fc.boolean().map((works) => ({ kind: 'enforcing' as const, works })),
  fc.boolean().map((works) => ({ kind: 'disk' as const, works })),
  fc.boolean().map((isFlushed) => ({ kind: 'restart' as const, isFlushed })),
  {
    weight: 3,
    arbitrary: fc.integer({ min: 1, max: 40_000 }).map((ms) => ({ kind: 'pass' as const, ms })),
  },
);

function play(world: GuardWorld, move: Move): void {
  switch (move.kind) {
    case 'set':
      world.set(move.limits);
      return;
    case 'clear':
      world.clear(move.account);
      return;
    case 'change':
      // What is on its way to the AddOn cannot know of what the AddOn does in the same moment.
      if (world.sent.length > 0) return;
      world.change(move.guard, move.rise);
      return world.tell();
    case 'lostReport':
      world.work('lost');
      return skip(world);
    case 'gap':
      return skip(world);
    case 'stale': {
      // The worst that can come late is what would look like agreement.
      const { revision, accounts } = world.keeper.wanted();
      const guard = move.guard.length === 0 ? accounts : move.guard;
      return world.take(guardReport(world.seq - move.back, revision, guard));
    }
    case 'enforcing':
      world.addon.enforcing = move.works;
      return world.tell();
    case 'disk':
      world.isDiskFailing = !move.works;
      return;
    case 'restart':
      return world.restart(move.isFlushed);
    case 'pass':
      return world.clock.advance(move.ms);
    case 'open':
    case 'lose':
    case 'work':
    case 'tell':
      return world[move.kind]();
  }
}

/** A message gets lost, and the next one shows the hole. */
function skip(world: GuardWorld): void {
  world.seq += 1;
  world.take({ kind: 'link.gap', from: world.seq, to: world.seq });
}

/** Judges every verdict from outside: by the last report that came and by what is wanted. */
function expectHonest(world: GuardWorld): void {
  const now = world.clock.wall();
  const { keeper, heard } = world;
  const wanted = effective(keeper.wanted().accounts, now);
  const held = effective(heard?.accounts ?? [], now);
  for (const name of NAMES) {
    const { state } = keeper.verdict(name, now);
    if (state === 'off') {
      expect(wanted.has(name) || held.has(name)).toBe(false);
    } else if (state === 'armed') {
      expect(world.isOpen && heard?.enforcing).toBe(true);
      expect(heard?.revision).toBe(keeper.wanted().revision);
      expect(sameLimits(wanted.get(name) ?? null, held.get(name) ?? null)).toBe(true);
    }
  }
}

describe('the guard, whatever is asked, heard, lost or killed', () => {
  it('is armed only by the last word of the AddOn, and loosened only by what was asked and written', () => {
    fc.assert(
      fc.property(fc.array(moves, { maxLength: 60 }), (history) => {
        const world = new GuardWorld();
        for (const move of history) {
          play(world, move);
          expectHonest(world);
          expect(world.faults).toEqual([]);
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it('comes to one guard on both sides once the AddOn answers', () => {
    fc.assert(
      fc.property(fc.array(moves, { maxLength: 40 }), (history) => {
        const world = new GuardWorld();
        for (const move of history) play(world, move);
        world.addon.enforcing = true;
        world.open();
        for (let round = 0; round < 5; round += 1) {
          world.clock.advance(1_000);
          world.work();
        }
        const now = world.clock.wall();
        const { revision, accounts } = world.keeper.wanted();
        expect(sameGuard(accounts, world.addon.accounts, now)).toBe(true);
        for (const name of NAMES) {
          const expected = effective(accounts, now).has(name) ? 'armed' : 'off';
          expect(world.keeper.verdict(name, now).state).toBe(expected);
        }
        expect(revision).toBe(world.addon.revision);
        expect(world.faults).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('is never sent more often than the tries allow while the AddOn refuses or is silent', () => {
    fc.assert(
      fc.property(someLimits, fc.integer({ min: 1, max: 30 }), (limits, minutes) => {
        const world = new GuardWorld();
        world.set(limits);
        world.open();
        world.clock.advance(minutes * 60_000);
        expect(world.sent.length).toBeLessThanOrEqual(8);
        expect(world.keeper.verdict(limits.account, world.clock.wall()).state).not.toBe('armed');
      }),
      { numRuns: 50 },
    );
  });
});
