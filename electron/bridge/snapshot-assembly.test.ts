import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MonoMs } from '../../shared/kernel/clock.ts';
import { SnapshotAssembly, type SnapshotMessage } from './snapshot-assembly.ts';

const NOW = 0 as MonoMs;

interface PartOf {
  readonly id: string;
  /** Sequence number before the first part. */
  readonly base: number;
  readonly parts: number;
}

function part({ id, base, parts }: PartOf, at: number): SnapshotMessage {
  return {
    v: 1,
    id: `${id}-${at}`,
    seq: base + at,
    ts: 1,
    type: 'snapshot',
    correlationId: `cmd-${id}`,
    payload: {
      snapshotId: id,
      kind: 'full',
      asOfSeq: base,
      part: at,
      parts,
      accounts: [],
      accountItems: [],
      connections: [],
      instruments: [],
      orders: [],
      executions: [],
      positions: [],
      commands: [],
    },
  };
}

const allParts = (of: PartOf): SnapshotMessage[] =>
  Array.from({ length: of.parts }, (_, index) => part(of, index + 1));

describe('snapshot parts', () => {
  it('become one snapshot whatever the order and mixture of their arrival', () => {
    const snapshots = [
      { id: 'a', base: 0, parts: 3 },
      { id: 'b', base: 3, parts: 1 },
      { id: 'c', base: 9, parts: 5 },
    ];
    const messages = snapshots.flatMap(allParts);
    const shuffled = fc.shuffledSubarray(messages, { minLength: messages.length });
    fc.assert(
      fc.property(shuffled, (arrivals) => {
        const assembly = new SnapshotAssembly();
        const whole = arrivals
          .map((message) => assembly.add({ message, bytes: 1, now: NOW }))
          .flatMap((step) => (step.kind === 'whole' ? [step.snapshot] : []));
        expect(whole.map((one) => one.commandId).sort()).toEqual(['cmd-a', 'cmd-b', 'cmd-c']);
        for (const one of whole) {
          expect(one.parts.map((p) => p.part)).toEqual(one.parts.map((_, index) => index + 1));
          expect(one.lastSeq).toBe(one.asOfSeq + one.parts.length);
        }
        expect(assembly.sweep(1_000, 1e9 as MonoMs)).toEqual([]);
      }),
    );
  });

  it('with a hole never become a snapshot and are told as torn once', () => {
    const of = { id: 'a', base: 0, parts: 5 };
    fc.assert(
      fc.property(fc.shuffledSubarray(allParts(of), { minLength: 1, maxLength: 4 }), (arrivals) => {
        const assembly = new SnapshotAssembly();
        for (const message of arrivals) {
          expect(assembly.add({ message, bytes: 1, now: NOW }).kind).toBe('pending');
        }
        const torn = { snapshotId: 'a', scope: 'full', commandId: 'cmd-a' };
        expect(assembly.sweep(5 + 65, NOW)).toEqual([torn]);
        expect(assembly.sweep(5 + 65, NOW)).toEqual([]);
        for (const message of allParts(of)) {
          expect(assembly.add({ message, bytes: 1, now: NOW }).kind).toBe('ignored');
        }
      }),
    );
  });

  it('wait for a straggler within the reorder window and no longer than two seconds', () => {
    const of = { id: 'a', base: 0, parts: 2 };
    const assembly = new SnapshotAssembly();
    assembly.add({ message: part(of, 1), bytes: 1, now: NOW });
    expect(assembly.sweep(2 + 64, 2_000 as MonoMs)).toEqual([]);
    expect(assembly.sweep(2 + 64, 2_001 as MonoMs)).toHaveLength(1);
  });

  it.each<[string, (message: SnapshotMessage) => SnapshotMessage]>([
    ['another number of parts', (m) => ({ ...m, payload: { ...m.payload, parts: 9 } })],
    ['another kind', (m) => ({ ...m, payload: { ...m.payload, kind: 'state' } })],
    ['another reading', (m) => ({ ...m, payload: { ...m.payload, asOfSeq: 3 } })],
    ['another command', (m) => ({ ...m, correlationId: 'cmd-x' })],
    ['a number that is not contiguous', (m) => ({ ...m, seq: m.seq + 1 })],
    ['a part beyond the last', (m) => ({ ...m, payload: { ...m.payload, part: 4 }, seq: 14 })],
  ])('that contradict each other by %s are torn', (_what, change) => {
    const of = { id: 'a', base: 10, parts: 3 };
    const assembly = new SnapshotAssembly();
    assembly.add({ message: part(of, 1), bytes: 1, now: NOW });
    const step = assembly.add({ message: change(part(of, 2)), bytes: 1, now: NOW });
    expect(step.kind).toBe('torn');
  });

  it('that claim to have been read after they were sent are torn', () => {
    const message = part({ id: 'a', base: 10, parts: 2 }, 1);
    const lying = { ...message, payload: { ...message.payload, asOfSeq: 11 } };
    expect(new SnapshotAssembly().add({ message: lying, bytes: 1, now: NOW }).kind).toBe('torn');
  });

  it('beyond the size limit are torn instead of filling the memory', () => {
    const limits = { reorderWindow: 64, waitMs: 2_000, bytes: 100, snapshots: 4 };
    const assembly = new SnapshotAssembly(limits);
    const of = { id: 'a', base: 0, parts: 10 };
    expect(assembly.add({ message: part(of, 1), bytes: 60, now: NOW }).kind).toBe('pending');
    expect(assembly.add({ message: part(of, 2), bytes: 60, now: NOW }).kind).toBe('torn');
  });
});
