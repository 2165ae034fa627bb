import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeskView, type FeedEntryView } from '../../shared/protocol/ipc/views.ts';
import { diffDesk } from '../bridge/fake/desk-diff.ts';
import { SCENARIOS } from '../bridge/fake/scenarios.ts';
import { account, desk, dollars, ES, flatten, fromFills, NQ } from '../bridge/fake/view-parts.ts';
import { applyPatch } from './apply-patch.ts';

const accounts = fc.uniqueArray(
  fc.record({ name: fc.constantFrom('A', 'B', 'C', 'D'), open: fc.integer() }),
  { selector: ({ name }) => name },
);
const flattens = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('f1', 'f2', 'f3'),
    state: fc.constantFrom('requested' as const, 'verifying' as const, 'confirmed' as const),
  }),
  { selector: ({ id }) => id },
);
const moment = fc.record({
  accounts,
  flattens,
  last: fc.integer(),
  status: fc.constantFrom('ok' as const, 'exposed' as const, 'offline' as const),
  events: fc.nat(90),
});
type Moment = typeof moment extends fc.Arbitrary<infer T> ? T : never;

/** A view as an engine could hold it: lists keep their order, the feed only grows. */
function nextView(before: DeskView, now: Moment): Omit<DeskView, 'rev'> {
  const wanted = now.accounts.map(({ name, open }) =>
    account(name, { openProfit: fromFills(dollars(open % 1_000_000)) }),
  );
  const runs = now.flattens.map(({ id, state }) => flatten(id, { state }));
  const first = (before.feed.at(-1)?.id ?? 0) + 1;
  const added: FeedEntryView[] = Array.from({ length: now.events }, (_, place) => ({
    id: first + place,
    at: first + place,
    severity: 'info',
    account: null,
    text: 'Something happened.',
  }));
  return {
    ...before,
    at: before.at + 100,
    status: now.status,
    accounts: keepOrder(before.accounts, wanted, ({ name }) => name, 'end'),
    flattens: keepOrder(before.flattens, runs, ({ id }) => id, 'front'),
    instruments: [{ ...ES, last: now.last }, NQ],
    feed: [...before.feed, ...added].slice(-200),
  };
}

function keepOrder<T>(
  before: readonly T[],
  wanted: readonly T[],
  keyOf: (one: T) => string,
  newGoTo: 'front' | 'end',
): T[] {
  const known = new Set(before.map(keyOf));
  const kept = before.flatMap((one) => wanted.find((next) => keyOf(next) === keyOf(one)) ?? []);
  const added = wanted.filter((one) => !known.has(keyOf(one)));
  return newGoTo === 'end' ? [...kept, ...added] : [...added, ...kept];
}

describe('applying patches', () => {
  it('gives the same view as a snapshot, whatever happened between', () => {
    fc.assert(
      fc.property(fc.array(moment, { maxLength: 12 }), (moments) => {
        let engine = desk({ instruments: [ES, NQ] });
        let mirror = engine;
        for (const now of moments) {
          const after = nextView(engine, now);
          const patch = diffDesk(engine, after);
          engine = { ...after, rev: patch.rev };
          mirror = applyPatch(mirror, patch);
          expect(mirror).toEqual(engine);
        }
      }),
    );
  });

  it('keeps the identity of every account that did not change', () => {
    const before = SCENARIOS['twenty-accounts']();
    const changed = before.accounts.map((one, place) =>
      place === 3 ? { ...one, openProfit: fromFills(1) } : one,
    );
    const after = applyPatch(before, diffDesk(before, { ...before, accounts: changed }));
    expect(after.accounts.filter((one, place) => one !== before.accounts[place])).toHaveLength(1);
  });

  it('removes and adds an account of the same name in one patch', () => {
    const before = desk({ accounts: [account('A'), account('B')] });
    const patch = {
      rev: 2,
      at: 0,
      removedAccounts: ['A'],
      accounts: [account('A', { fillsToday: 1 })],
    };
    expect(applyPatch(before, patch).accounts.map(({ name }) => name)).toEqual(['B', 'A']);
  });

  it('puts a new flatten before the older ones', () => {
    const before = desk({ flattens: [flatten('f1', { state: 'confirmed' })] });
    const after = applyPatch(before, { rev: 2, at: 0, flattens: [flatten('f2', {})] });
    expect(after.flattens.map(({ id }) => id)).toEqual(['f2', 'f1']);
  });

  it('keeps the newest 200 entries of the feed', () => {
    const entry = (id: number): FeedEntryView => ({
      id,
      at: id,
      severity: 'info',
      account: null,
      text: '',
    });
    const before = desk({ feed: Array.from({ length: 200 }, (_, id) => entry(id)) });
    const after = applyPatch(before, { rev: 2, at: 0, feed: [entry(200), entry(201)] });
    expect(after.feed.map(({ id }) => id)).toEqual(Array.from({ length: 200 }, (_, id) => id + 2));
  });
});

describe('the scenes of the fake desk', () => {
  it.each(Object.entries(SCENARIOS))('%s keeps to the contract', (_, scene) => {
    expect(DeskView.safeParse(scene()).error).toBeUndefined();
  });
});
