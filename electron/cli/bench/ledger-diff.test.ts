import { describe, expect, it } from 'vitest';
import { diffLedger } from './ledger-diff.ts';

const key = (executionId: string, account = 'Sim101') => ({ account, executionId });
const none = { lost: 0, duplicated: 0, invented: 0 };

describe('the comparison with the books', () => {
  it('finds nothing when each execution is there once', () => {
    const books = [key('a'), key('b')];
    expect(diffLedger({ due: books, all: books, journaled: [...books].reverse() })).toEqual(none);
  });

  it('counts an execution that is due and missing', () => {
    const books = [key('a'), key('b')];
    const diff = diffLedger({ due: books, all: books, journaled: [key('a')] });
    expect(diff).toEqual({ ...none, lost: 1 });
  });

  it('does not count one that is not due yet', () => {
    const diff = diffLedger({ due: [key('a')], all: [key('a'), key('b')], journaled: [key('a')] });
    expect(diff).toEqual(none);
  });

  it('counts every row beyond the first of an execution', () => {
    const journaled = [key('a'), key('a'), key('a')];
    const diff = diffLedger({ due: [key('a')], all: [key('a')], journaled });
    expect(diff).toEqual({ ...none, duplicated: 2 });
  });

  it('counts what nobody booked', () => {
    const diff = diffLedger({ due: [], all: [key('a')], journaled: [key('b')] });
    expect(diff).toEqual({ ...none, invented: 1 });
  });

  it('keeps equal ids of two accounts apart', () => {
    const books = [key('a'), key('a', 'Sim102')];
    const diff = diffLedger({ due: books, all: books, journaled: [key('a'), key('a')] });
    expect(diff).toEqual({ lost: 1, duplicated: 1, invented: 0 });
  });
});
