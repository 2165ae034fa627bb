import { describe, expect, it } from 'vitest';
import type { EpochMs, MonoMs } from '../../shared/kernel/clock.ts';
import { Resync } from './resync.ts';

const at = (ms: number): MonoMs => ms as MonoMs;
const wall = (ms: number): EpochMs => ms as EpochMs;

/** A session that has had its first full snapshot. */
function settled(): Resync {
  const resync = new Resync(at(0));
  resync.executed(wall(1_000_000));
  resync.received({ scope: 'full', commandId: null, asOfSeq: 0 });
  return resync;
}

function ask(resync: Resync, now: number, commandId: string) {
  const next = resync.next(at(now));
  if (next !== null) resync.asked(next, commandId, at(now));
  return next;
}

describe('a snapshot with entries that could not be read', () => {
  it('is followed by full ones, ten seconds apart, until one could be read to the end', () => {
    const resync = new Resync(0 as MonoMs);
    const asked: number[] = [];
    for (let now = 0; now <= 45_000; now += 250) {
      const due = resync.next(now as MonoMs);
      if (now === 0) resync.received({ scope: 'full', commandId: null, asOfSeq: 1 });
      if (now === 0) resync.read('full', true);
      if (due === null) continue;
      resync.asked(due, `c${now}`, now as MonoMs);
      resync.received({ scope: due.scope, commandId: `c${now}`, asOfSeq: 1 });
      resync.read(due.scope, due.scope === 'full' && now < 20_000);
      if (due.scope === 'full') asked.push(now);
    }
    expect(asked).toEqual([250, 10_250, 20_250]);
  });
});

describe('when to ask for a snapshot', () => {
  it('waits for the one the AddOn sends of itself and asks when it does not come', () => {
    const resync = new Resync(at(0));
    expect(resync.next(at(4_999))).toBeNull();
    expect(resync.next(at(5_000))).toEqual({
      scope: 'full',
      executionsSince: null,
      cause: 'noAnswer',
    });
  });

  it('asks for the state every second once the picture is whole', () => {
    const resync = settled();
    expect(ask(resync, 999, 'cmd-1')).toBeNull();
    expect(ask(resync, 1_000, 'cmd-1')).toMatchObject({ scope: 'state', cause: 'periodic' });
    resync.received({ scope: 'state', commandId: 'cmd-1', asOfSeq: 5 });
    expect(ask(resync, 1_999, 'cmd-2')).toBeNull();
    expect(ask(resync, 2_000, 'cmd-2')).toMatchObject({ scope: 'state' });
  });

  it('answers a gap at once with one full snapshot that overlaps two minutes', () => {
    const resync = settled();
    resync.doubt('gap', { settledAt: 7 });
    expect(ask(resync, 10, 'cmd-1')).toEqual({
      scope: 'full',
      executionsSince: 880_000,
      cause: 'gap',
    });
    expect(ask(resync, 11, 'cmd-2')).toBeNull();
  });

  it('joins all gaps during a flight into one more', () => {
    const resync = settled();
    resync.doubt('gap', { settledAt: 7 });
    ask(resync, 10, 'cmd-1');
    for (let seq = 20; seq < 60; seq++) resync.doubt('gap', { settledAt: seq });
    expect(ask(resync, 500, 'cmd-2')).toBeNull();
    resync.received({ scope: 'full', commandId: 'cmd-1', asOfSeq: 30 });
    expect(ask(resync, 600, 'cmd-2')).toBeNull();
    expect(ask(resync, 1_010, 'cmd-2')).toMatchObject({ scope: 'full', cause: 'gap' });
    resync.received({ scope: 'full', commandId: 'cmd-2', asOfSeq: 80 });
    expect(ask(resync, 2_005, 'cmd-3')).toBeNull();
    expect(ask(resync, 2_010, 'cmd-3')).toMatchObject({ scope: 'state' });
  });

  it('is satisfied by any full snapshot that was read after the gap', () => {
    const resync = new Resync(at(0));
    resync.doubt('gap', { settledAt: 7 });
    resync.received({ scope: 'full', commandId: null, asOfSeq: 7 });
    expect(resync.next(at(999))).toBeNull();
  });

  it('is not satisfied by one that was read before it', () => {
    const resync = new Resync(at(0));
    resync.doubt('gap', { settledAt: 7 });
    resync.received({ scope: 'full', commandId: null, asOfSeq: 6 });
    expect(resync.next(at(1))).toMatchObject({ scope: 'full', cause: 'gap' });
  });

  it('asks again for a torn full snapshot, and leaves a torn state to the next second', () => {
    const resync = settled();
    ask(resync, 1_000, 'cmd-1');
    resync.torn('state', 'cmd-1');
    expect(ask(resync, 1_500, 'cmd-2')).toBeNull();
    resync.doubt('gap', { settledAt: 7 });
    ask(resync, 1_600, 'cmd-2');
    resync.torn('full', 'cmd-2');
    expect(ask(resync, 2_600, 'cmd-3')).toMatchObject({ scope: 'full', cause: 'torn' });
  });

  it('asks again when an answer does not come', () => {
    const resync = settled();
    resync.doubt('refused');
    ask(resync, 10, 'cmd-1');
    expect(ask(resync, 5_009, 'cmd-2')).toBeNull();
    expect(ask(resync, 5_010, 'cmd-2')).toMatchObject({ scope: 'full', cause: 'noAnswer' });
  });

  it('asks for every execution when a full snapshot with the overlap did not help', () => {
    const resync = settled();
    resync.doubt('executionCount');
    expect(ask(resync, 10, 'cmd-1')).toMatchObject({ executionsSince: 880_000 });
    expect(resync.received({ scope: 'full', commandId: 'cmd-1', asOfSeq: 9 })).toEqual({
      complete: false,
    });
    resync.doubt('executionCount', { deep: true });
    expect(ask(resync, 1_010, 'cmd-2')).toMatchObject({ executionsSince: null });
    expect(resync.received({ scope: 'full', commandId: 'cmd-2', asOfSeq: 19 })).toEqual({
      complete: true,
    });
  });

  it("takes the desk's own full snapshot for the first picture, but not for a complete one", () => {
    const resync = new Resync(at(0));
    expect(resync.received({ scope: 'full', commandId: 'cmd-desk', asOfSeq: 0 })).toEqual({
      complete: false,
    });
    expect(resync.next(at(5_000))).toMatchObject({ scope: 'state' });
  });
});
