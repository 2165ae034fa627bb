import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GapEntry, JournalEntry } from '../../shared/domain/journal/record.ts';
import type { MonoMs } from '../../shared/kernel/clock.ts';
import { lost, opened, position } from '../../shared/testing/desk-facts.ts';
import { GapRecords } from './gap-records.ts';
import { connected, type EngineWorld } from './testing/engine-world.ts';

const at = (ms: number): MonoMs => ms as MonoMs;
const gap = (from: number, to = from): GapEntry => ({
  kind: 'link.gap',
  from,
  to,
  gaps: 1,
  missing: to - from + 1,
});

describe('the rows of gaps', () => {
  it('begin with the first gap, at once', () => {
    expect(new GapRecords().take(gap(3, 5), at(0))).toEqual(gap(3, 5));
  });

  it('hold the gaps of the second that follows, with count, first and last number', () => {
    const records = new GapRecords();
    records.take(gap(3), at(0));
    expect(records.take(gap(7, 9), at(400))).toBeNull();
    expect(records.take(gap(12), at(999))).toBeNull();
    expect(records.due(at(999))).toBeNull();
    expect(records.due(at(1_000))).toEqual({ ...gap(7, 12), gaps: 2, missing: 4 });
    expect(records.due(at(2_000))).toBeNull();
  });

  it('leave no gap out and are a second apart, whatever comes when', () => {
    const pauses = fc.array(fc.record({ pause: fc.nat({ max: 700 }), size: fc.nat({ max: 5 }) }));
    fc.assert(
      fc.property(pauses, (said) => {
        const records = new GapRecords();
        const written: { readonly row: GapEntry; readonly now: number }[] = [];
        let [now, seq] = [0, 1];
        const note = (row: GapEntry | null): void => {
          if (row !== null) written.push({ row, now });
        };
        for (const { pause, size } of said) {
          now += pause;
          note(records.take(gap(seq, seq + size), at(now)));
          seq += size + 2;
        }
        for (let n = 1; n < written.length; n += 1) {
          expect(written[n]!.now - written[n - 1]!.now).toBeGreaterThanOrEqual(1_000);
          expect(written[n]!.row.from).toBeGreaterThan(written[n - 1]!.row.to);
        }
        note(records.rest(at(now)));
        const sum = (of: (row: GapEntry) => number): number =>
          written.reduce((total, { row }) => total + of(row), 0);
        expect(sum(({ gaps }) => gaps)).toBe(said.length);
        expect(sum(({ missing }) => missing)).toBe(
          said.reduce((total, { size }) => total + size + 1, 0),
        );
      }),
    );
  });
});

describe('a lossy link', () => {
  it('costs the journal a row a second and leaves no gap out', () => {
    const world = connected();
    for (let n = 0; n < 1_000; n += 1) {
      world.take({ kind: 'link.gap', from: 10 + 3 * n, to: 11 + 3 * n });
      world.clock.advance(10);
    }
    world.clock.advance(2_000);
    const rows = gapsOf(world);
    expect(rows.length).toBeLessThanOrEqual(11);
    expect(rows[0]).toEqual(gap(10, 11));
    expect(rows.at(-1)?.to).toBe(3_008);
    expect(rows.reduce((total, { gaps }) => total + gaps, 0)).toBe(1_000);
    expect(rows.reduce((total, { missing }) => total + missing, 0)).toBe(2_000);
  });

  it('keeps the desk in doubt for as long as it loses messages', () => {
    const world = connected();
    world.take(position(3, 1));
    for (let n = 0; n < 40; n += 1) {
      world.take({ kind: 'link.gap', from: 10 + 2 * n, to: 10 + 2 * n });
      world.clock.advance(100);
    }
    expect(world.engine.view().accounts[0]).toMatchObject({ freshness: 'unconfirmed' });
  });

  it.each([
    ['the link is lost', (world: EngineWorld) => world.take(lost()), 'link.lost'],
    ['a new session begins', (world: EngineWorld) => world.take(opened('sess-2')), 'link.opened'],
    ['the app ends', (world: EngineWorld) => world.engine.stop('test'), 'engine.stopped'],
  ] as const)('is written down to the last gap before %s', (_, end, kind) => {
    const world = connected();
    world.take({ kind: 'link.gap', from: 10, to: 10 });
    world.take({ kind: 'link.gap', from: 14, to: 15 });
    end(world);
    const entries = entriesOf(world);
    const place = entries.findLastIndex((entry) => entry.kind === kind);
    expect(entries[place - 1]).toEqual(gap(14, 15));
  });
});

function entriesOf(world: EngineWorld): JournalEntry[] {
  world.journal.flush();
  return [...world.journal.read(1)].map(({ entry }) => entry);
}

function gapsOf(world: EngineWorld): GapEntry[] {
  return entriesOf(world).filter((entry): entry is GapEntry => entry.kind === 'link.gap');
}
