import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExecutionLedger } from './execution-ledger.ts';

const partly = (asOfSeq: number) => ({ asOfSeq, complete: false });

describe("the platform's count of executions", () => {
  it('differs when one was lost on the way', () => {
    const ledger = new ExecutionLedger();
    ledger.add('Sim101', 'e1', 1);
    ledger.add('Sim101', 'e3', 3);
    expect(ledger.compare('Sim101', 3, partly(3))).toBe('differs');
    ledger.add('Sim101', 'e2', 4);
    expect(ledger.compare('Sim101', 3, partly(4))).toBe('agrees');
  });

  it('counts an execution once however often it is reported', () => {
    const ledger = new ExecutionLedger();
    for (const seq of [1, 2, 3]) ledger.add('Sim101', 'e1', seq);
    expect(ledger.compare('Sim101', 1, partly(3))).toBe('agrees');
  });

  it('keeps accounts apart', () => {
    const ledger = new ExecutionLedger();
    ledger.add('Sim101', 'e1', 1);
    ledger.add('Sim102', 'e1', 2);
    expect(ledger.compare('Sim102', 1, partly(2))).toBe('agrees');
    expect(ledger.compare('Sim101', 2, partly(2))).toBe('differs');
  });

  it('never differs for executions that arrive while the snapshot is on its way', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 20 }),
        fc.nat({ max: 20 }),
        fc.nat({ max: 20 }),
        (old, mid, now) => {
          const ledger = new ExecutionLedger();
          for (let seq = 1; seq <= old + now; seq++) ledger.add('A', `e${seq}`, seq);
          const counted = old + (mid % (now + 1));
          expect(ledger.compare('A', counted, partly(old))).toBe('agrees');
        },
      ),
    );
  });

  it('is taken as it is once a complete snapshot left a difference, until that changes', () => {
    const ledger = new ExecutionLedger();
    ledger.add('Sim101', 'e1', 1);
    expect(ledger.compare('Sim101', 5, partly(1))).toBe('differs');
    expect(ledger.compare('Sim101', 5, { asOfSeq: 1, complete: true })).toBe('agrees');
    expect(ledger.compare('Sim101', 5, partly(1))).toBe('agrees');
    expect(ledger.compare('Sim101', 6, partly(1))).toBe('differs');
  });
});
