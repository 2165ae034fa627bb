import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { standingOf } from '../desk/standing.ts';
import { opened, OPEN_AT, position, snapshot, stampAt } from '../../testing/desk-facts.ts';
import { histories, snapshots } from '../../testing/desk-histories.ts';
import { DeskWorld } from '../../testing/desk-world.ts';
import { foldJournal } from './fold.ts';
import type { JournalRecord } from './record.ts';

describe('fold', () => {
  it('gives back what the desk durably knew, whatever was heard, doubled, late or cut off', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const desk = new DeskWorld().take(...history);
        expect(desk.refolded()).toEqual(desk.durable());
      }),
      { numRuns: 400 },
    );
  });

  it('gives the same whether a history is folded at once or goes on from a restart', () => {
    fc.assert(
      fc.property(histories, histories, (before, after) => {
        const through = new DeskWorld().take(...before);
        const restarted = new DeskWorld();
        restarted.state = foldJournal(through.records).desk;
        restarted.records.push(...through.records);
        restarted.take(opened('s3'), ...after);
        expect(restarted.refolded()).toEqual(restarted.durable());
      }),
      { numRuns: 150 },
    );
  });

  it('taking any snapshot in twice is taking it in once', () => {
    fc.assert(
      fc.property(histories, snapshots, (history, told) => {
        const desk = new DeskWorld().take(...history, told);
        const once = desk.durable();
        desk.take(told);
        expect(desk.durable()).toEqual(once);
        expect(desk.entries).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('confirms nothing: no link is open after a restart, whatever the last record says', () => {
    const desk = new DeskWorld().take(opened(), snapshot(1, { positions: [position(1, 2)] }));
    const { desk: state, lastSeq } = foldJournal(desk.records);
    expect(lastSeq).toBe(desk.records.length);
    expect([...state.accounts.values()].map((of) => standingOf(state, of))).toEqual(['offline']);
  });

  it('hands over the records of flattens in their order', () => {
    const entry = { kind: 'flatten.disarmed', flattenId: 'flat-1', wall: OPEN_AT } as const;
    const ids = { runId: 'run-1', correlationId: null, causationId: null };
    const record: JournalRecord = { seq: 1, v: 1, entry, ...stampAt(0), ...ids };
    expect(foldJournal([record]).flattens).toEqual([entry]);
  });
});
