import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { EpochMs } from '../../kernel/clock.ts';
import { durableDesk } from '../desk/durable-desk.ts';
import type { Fact } from '../desk/fact.ts';
import { VersionedMap } from '../desk/versioned-map.ts';
import type { FlattenRecord } from '../flatten/record.ts';
import { recoverFlattens } from '../flatten/recovery.ts';
import type { FlattenScope } from '../flatten/scope.ts';
import type { GuardLimits } from '../guard/limits.ts';
import type { GuardWanted } from '../guard/record.ts';
import {
  account,
  ES,
  execution,
  item,
  OPEN_AT,
  opened,
  order,
  position,
  SIM,
  snapshot,
  stampAt,
  terms,
} from '../../testing/desk-facts.ts';
import { histories } from '../../testing/desk-histories.ts';
import { guardReport, guards } from '../../testing/guard-limits.ts';
import { DeskWorld } from '../../testing/desk-world.ts';
import { foldJournal, type FoldedJournal } from './fold.ts';
import type { JournalEntry, JournalRecord } from './record.ts';
import { deskFromSnapshot } from './snapshot-reading.ts';
import { snapshotOf, SNAPSHOT_VERSION } from './snapshot.ts';

const DAY_MS = 86_400_000;

/** Rounds of facts, days or weeks apart, the times in the facts moving on with them. */
const eras = fc.array(fc.record({ facts: histories, days: fc.integer({ min: 0, max: 12 }) }), {
  minLength: 1,
  maxLength: 5,
});

const scopes = fc.constantFrom<FlattenScope>(
  { kind: 'all' },
  { kind: 'account', account: SIM },
  { kind: 'instrument', account: SIM, instrument: ES },
);
const wall = OPEN_AT;
const flattens = fc.array(
  fc.record({
    scope: scopes,
    ending: fc.constantFrom('disarmed', 'refused', 'none'),
    at: fc.nat(),
  }),
  { maxLength: 8 },
);

function flattenRecords(flattenId: string, scope: FlattenScope, ending: string): FlattenRecord[] {
  const step = { ...stampAt(0), code: 'commandSent', detail: '' } as const;
  const begun: FlattenRecord[] = [
    { kind: 'flatten.requested', flattenId, scope, door: 'dashboard', wall },
    { kind: 'flatten.stepped', flattenId, step },
    { kind: 'flatten.unresolved', flattenId, code: 'NO_ACK', remaining: [], wall },
  ];
  if (ending === 'disarmed') return [...begun, { kind: 'flatten.disarmed', flattenId, wall }];
  if (ending === 'none') return begun;
  return [...begun, { kind: 'flatten.refused', flattenId, code: 'NO', wall }];
}

const guardEntries = fc.array(
  fc.record({ accounts: guards, isReport: fc.boolean(), revision: fc.nat(5), at: fc.nat() }),
  { maxLength: 8 },
);

/** The journal of a desk over weeks, with flattens and guards in between, as a database gives it back. */
const journals = fc.tuple(eras, flattens, guardEntries).map(([rounds, asked, guarded]) => {
  const desk = new DeskWorld();
  let day = 0;
  rounds.forEach(({ facts, days }, round) => {
    day += days;
    desk.now = Math.max(desk.now, day * DAY_MS);
    desk.take(...facts.map((fact) => movedOn(fact, day, round)));
  });
  const entries = desk.records.map(({ entry, wall: at }) => ({ entry, wall: at }));
  asked.forEach(({ scope, ending, at }, n) => {
    const records = flattenRecords(`flat-${n}`, scope, ending);
    const place = at % (entries.length + 1);
    entries.splice(place, 0, ...records.map((entry) => ({ entry, wall: OPEN_AT })));
  });
  for (const { accounts, isReport, revision, at } of guarded) {
    const entry: JournalEntry = isReport
      ? guardReport(1, revision, accounts)
      : guardWanted(revision, accounts);
    entries.splice(at % (entries.length + 1), 0, { entry, wall: OPEN_AT });
  }
  return JSON.parse(JSON.stringify(entries.map(recordOf))) as JournalRecord[];
});

function guardWanted(revision: number, accounts: readonly GuardLimits[]): GuardWanted {
  const wanted = accounts.map((limits) => ({
    ...limits,
    since: OPEN_AT,
    origin: 'trader' as const,
  }));
  return { kind: 'guard.wanted', revision, accounts: wanted, cause: 'asked', changed: [] };
}

function recordOf(of: { entry: JournalEntry; wall: EpochMs }, index: number): JournalRecord {
  const ids = { runId: 'run-1', correlationId: null, causationId: null };
  return { seq: index + 1, v: 1, ...stampAt(0), ...of, ...ids };
}

/** Every second era trades anew; the others repeat what the platform told before. */
function movedOn(fact: Fact, day: number, era: number): Fact {
  const later = (at: EpochMs) => (at + day * DAY_MS) as EpochMs;
  if (fact.kind === 'execution.reported' && era % 2 === 0) {
    const { execution: made } = fact;
    const id = execution(`${made.id}.${era}`).id;
    return { ...fact, execution: { ...made, id, executedAt: later(made.executedAt) } };
  }
  if (fact.kind !== 'order.reported') return fact;
  return { ...fact, order: { ...fact.order, updatedAt: later(fact.order.updatedAt) } };
}

/** Everything in a fold as plain data, whatever fields it has; the order of entries counts. */
function plain(value: unknown): unknown {
  if (value instanceof VersionedMap) return plain(value.values());
  if (value instanceof Map) return plain([...(value as Map<unknown, unknown>)]);
  if (Array.isArray(value)) return value.map((held: unknown) => plain(held));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, plain(held)]));
}

/** Through the text that a database keeps. */
function kept(folded: FoldedJournal): FoldedJournal {
  const texts = [...snapshotOf(folded)].map((part) => JSON.stringify(part));
  const back = deskFromSnapshot(texts.map((text) => JSON.parse(text) as unknown));
  if (back === null) throw new Error('The snapshot was not understood.');
  return back;
}

describe('a snapshot', () => {
  it('and the records after it fold to what all records fold to, wherever it was taken', () => {
    fc.assert(
      fc.property(journals, fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), (journal, cuts) => {
        const all = foldJournal(journal);
        const places = cuts.map((cut) => cut % (journal.length + 1)).sort((a, b) => a - b);
        let folded = foldJournal([]);
        for (const [n, place] of places.entries()) {
          folded = kept(foldJournal(journal.slice(places[n - 1] ?? 0, place), folded));
        }
        folded = foldJournal(journal.slice(places.at(-1) ?? 0), folded);
        expect(plain(folded)).toEqual(plain(all));
        expect(durableDesk(folded.desk)).toEqual(durableDesk(all.desk));
      }),
      { numRuns: 300 },
    );
  });

  it('at every cut of one journal gives the same', () => {
    fc.assert(
      fc.property(journals, (journal) => {
        const all = plain(foldJournal(journal));
        for (let cut = 0; cut <= journal.length; cut += 1) {
          const before = kept(foldJournal(journal.slice(0, cut)));
          expect(plain(foldJournal(journal.slice(cut), before))).toEqual(all);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('gives the runs of flattens that all their records would give and a service would keep', () => {
    fc.assert(
      fc.property(flattens, (asked) => {
        const records = asked.flatMap(({ scope, ending }, n) =>
          flattenRecords(`flat-${n}`, scope, ending),
        );
        const journal = records.map((entry, n) => recordOf({ entry, wall }, n));
        const lastEnded = new Map<string, string>();
        asked.forEach(({ scope, ending }, n) => {
          if (ending !== 'none') lastEnded.set(scope.kind, `flat-${n}`);
        });
        const wanted = recoverFlattens(records, stampAt(9)).filter(
          ({ id, stage, scope }) => stage === 'waiting' || lastEnded.get(scope.kind) === id,
        );
        expect(recoverFlattens(kept(foldJournal(journal)).flattens, stampAt(9))).toEqual(wanted);
      }),
    );
  });

  /** When this fails because folding or the form changed on purpose, `SNAPSHOT_VERSION` must count up. */
  it(`of version ${SNAPSHOT_VERSION} says what this journal comes to`, () => {
    const desk = new DeskWorld().take(
      opened(),
      account(1),
      terms(2),
      item(3, 'cashValue', 500_000_000),
      { kind: 'order.reported', seq: 4, order: order('a') },
      { kind: 'order.reported', seq: 5, order: order('b', { state: 'filled' }) },
      { kind: 'execution.reported', seq: 6, execution: execution('x') },
      position(7, 1),
      snapshot(8, { positions: [position(8, 2)], orders: [order('a')] }),
    );
    desk.now = 20 * DAY_MS;
    const executedAt = (OPEN_AT + desk.now) as EpochMs;
    desk.take({ kind: 'execution.reported', seq: 9, execution: execution('y', { executedAt }) });
    const parts = [...snapshotOf(foldJournal(desk.records))];
    const texts = parts.map((part) => JSON.stringify({ ...part, reads: undefined }));
    expect(texts).toMatchInlineSnapshot(`
      [
        "{"part":"desk","version":4,"lastSeq":12,"link":{"epoch":1,"isOpen":false,"sessionId":"sess-1","instanceId":"inst-1","snapshotRank":-1,"changedAt":0},"connections":[],"instruments":[["ES 12-26",{"name":"ES 12-26","root":"ES","tickSizeE8":25000000,"tickValue":125000,"currency":"USD"}]],"fillsKeptFrom":"2026-01-12"}",
        "{"part":"account","name":"Sim101","account":{"identity":{"name":"Sim101","displayName":"Sim101","kind":"simulation","provider":"Simulator","connectionName":"Simulated","connectionStatus":"connected","currency":"USD"},"identityRank":4294967297,"reportedItems":null,"items":[["cashValue",{"value":500000000,"reportedAt":1767625200000,"rank":4294967299,"journaledAt":null}]],"positions":[["ES 12-26",{"position":{"account":"Sim101","instrument":"ES 12-26","quantity":2,"averageTicksE4":200000000,"updatedAt":1767625200000},"rank":4294967304,"changedAt":0}]],"liveOrders":[["a",{"order":{"id":"a","account":"Sim101","instrument":"ES 12-26","side":"buy","type":"limit","state":"working","quantity":1,"filled":0,"limit":20000,"stop":null,"oco":"","label":"","comment":"","updatedAt":1767625200000},"rank":4294967300,"vanished":false}]],"ordersDay":"2026-01-05","books":[["ES 12-26",{"retired":{"ledger":{"days":[{"day":"2026-01-05","realizedTicks":0,"costs":0,"fills":1}],"earlier":{"realizedTicks":0,"costs":0,"fills":0},"lots":[{"quantity":1,"price":20000}]},"through":"2026-01-05"},"ledger":{"days":[{"day":"2026-01-05","realizedTicks":0,"costs":0,"fills":1},{"day":"2026-01-26","realizedTicks":0,"costs":0,"fills":1}],"earlier":{"realizedTicks":0,"costs":0,"fills":0},"lots":[{"quantity":1,"price":20000},{"quantity":1,"price":20000}]},"arrivals":2,"changedAt":0,"latest":[1,"2026-01-26",{"id":"y","orderId":null,"side":"buy","quantity":1,"price":20000,"cost":0,"isStartOfDay":false,"executedAt":1769353200000}]}]],"carried":[["ES 12-26",1]],"carriedDay":"2026-01-05","heardAt":1769353200001,"toldUntil":-1,"confirmedIn":0,"fillsConfirmedIn":0,"doubt":null,"fillsDoubt":null}}",
        "{"part":"settledOrders","account":"Sim101","cells":[{"order":{"id":"b","account":"Sim101","instrument":"ES 12-26","side":"buy","type":"limit","state":"filled","quantity":1,"filled":0,"limit":20000,"stop":null,"oco":"","label":"","comment":"","updatedAt":1767625200000},"rank":4294967301,"vanished":false}]}",
        "{"part":"fills","account":"Sim101","instrument":"ES 12-26","cells":[[1,"2026-01-26",{"id":"y","orderId":null,"side":"buy","quantity":1,"price":20000,"cost":0,"isStartOfDay":false,"executedAt":1769353200000}]]}",
        "{"part":"guard","mirror":{"wanted":{"revision":0,"accounts":[]},"superseded":[],"reported":null}}",
      ]
    `);
  });

  it('comes in parts that are quickly written and read', () => {
    const desk = new DeskWorld().take(opened());
    for (let n = 0; n < 1_000; n += 1) {
      const made = execution(`${'x'.repeat(60)}${n}`);
      desk.take({ kind: 'execution.reported', seq: n, execution: made });
    }
    const texts = [...snapshotOf(foldJournal(desk.records))].map((part) => JSON.stringify(part));
    expect(Math.max(...texts.map((text) => text.length))).toBeLessThan(100_000);
    expect(texts.length).toBeLessThan(10);
  });

  it.each<[string, (parts: unknown[]) => unknown[]]>([
    [
      'of another version',
      ([head, ...rest]) => [{ ...(head as object), version: SNAPSHOT_VERSION + 1 }, ...rest],
    ],
    [
      'of an app that knew other records',
      ([head, ...rest]) => [{ ...(head as object), reads: '' }, ...rest],
    ],
    ['with a part of an unknown kind', (parts) => [...parts, { part: 'lock' }]],
    ['with a part of another form', (parts) => [...parts, { part: 'fills', cells: {} }]],
    [
      'with fills of an account it does not have',
      (parts) => [...parts, { part: 'fills', account: 'x', instrument: 'y', cells: [] }],
    ],
    ['without its beginning', ([, ...rest]) => rest],
    ['with two beginnings', (parts) => [...parts, parts[0]]],
    ['that is empty', () => []],
    ['that is something else', () => [null, 1, 'x']],
  ])('%s is not used', (_, change) => {
    const desk = new DeskWorld().take(opened(), {
      kind: 'execution.reported',
      seq: 1,
      execution: execution('x'),
    });
    const parts = [...snapshotOf(foldJournal(desk.records))];
    expect(deskFromSnapshot(parts)).not.toBeNull();
    expect(deskFromSnapshot(change(parts))).toBeNull();
  });
});
