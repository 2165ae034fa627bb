import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../kernel/clock.ts';
import type { InstrumentName } from '../instrument/instrument.ts';
import { ACCOUNT, exposure, FlattenWorld, looks } from '../../testing/flatten-world.ts';
import { advanceFlatten } from './machine.ts';
import { recoverFlattens } from './recovery.ts';
import { flattenMessage } from './wording.ts';

const ALL = { kind: 'all' } as const;
const FLAT = looks([]);
const OPEN = looks([exposure(2, 1)]);
const AWAY = looks([exposure(2, 1)], { covered: [], unreadable: [ACCOUNT] });
const LEGS = ['ES 12-26', 'NQ 12-26', 'GC 12-26', 'CL 12-26', 'ZN 12-26', 'RTY 12-26'].map(
  (instrument) => ({ ...exposure(1), instrument: instrument as InstrumentName }),
);

/** Seconds in which every command is accepted and every read is answered with the same look. */
function seconds(world: FlattenWorld, count: number, seen = OPEN): FlattenWorld {
  for (let second = 0; second < count; second += 1) world.pass(1_000).accept().answerRead(seen);
  return world;
}

describe('a proof that does not come', () => {
  it('is alarmed when the report that would end the watch never arrives', () => {
    const world = new FlattenWorld().accept().answerRead(FLAT).pass(21_000);
    expect(world.run.alarm).toBe('NO_REPORT');
    expect(flattenMessage(world.run)).not.toContain('still open');
  });

  it('is alarmed as unread, and not as open, when no report arrives at all', () => {
    const world = new FlattenWorld({ seen: FLAT }).accept().pass(8_000).accept().pass(3_000);
    expect(world.run.alarm).toBe('NO_REPORT');
  });

  it('is alarmed as open as soon as something is seen open again', () => {
    const world = new FlattenWorld({ seen: FLAT }).accept().pass(8_000).accept().pass(3_000);
    seconds(world, 11);
    expect(world.run.alarm).toBe('NOT_FLAT_IN_TIME');
  });

  it('comes from a platform that takes five seconds for each report', () => {
    const world = new FlattenWorld().accept();
    const due: { readonly at: number; readonly commandId: string }[] = [];
    for (let second = 0; second < 60 && world.run.stage !== 'confirmed'; second += 1) {
      const asked = world.takeSent().filter((command) => command.kind === 'snapshot');
      for (const { commandId } of asked) due.push({ at: second + 5, commandId });
      for (const { commandId } of due.filter(({ at }) => at === second)) {
        world.feed({ kind: 'read', commandId, seen: FLAT });
      }
      world.pass(1_000).accept();
    }
    expect(world.run.stage).toBe('confirmed');
  });
});

describe('an account that the platform cannot reach', () => {
  it('stays in alarm while reports say it is connected and commands are refused', () => {
    const world = new FlattenWorld();
    for (let round = 0; round < 10; round += 1) {
      world.refuse('NOT_CONNECTED').pass(600).answerRead(OPEN);
      expect(world.run.alarm).toBe('ACCOUNT_DISCONNECTED');
      world.pass(1_600);
    }
    expect(world.accept().run.alarm).toBeNull();
  });

  it('is tried from the first attempt when it can be read again', () => {
    const world = seconds(new FlattenWorld().accept(), 8).pass(1_000).answerRead(AWAY);
    expect(world.run.alarm).toBe('ACCOUNT_DISCONNECTED');
    world.pass(1_000).takeSent();
    world.answerRead(OPEN);
    expect(world.run.alarm).toBeNull();
    expect(world.flattens()).toMatchObject([{ attempt: 1 }]);
  });

  it('uses up no attempt, however many legs were refused', () => {
    const world = seconds(new FlattenWorld({ scope: ALL }).accept(), 22, looks(LEGS));
    expect(world.run.unanswered).toBeNull();
    world.pass(30_000);
    expect(world.run.unanswered?.commands).toHaveLength(LEGS.length);
    LEGS.forEach(() => world.refuse('NOT_CONNECTED'));
    expect(world.run.attempt).toBe(3);
  });
});

describe('a platform that fails at once', () => {
  it('is asked every thirty seconds, and not twice a second, when every way was tried', () => {
    const world = new FlattenWorld();
    const failing = (count: number): number => {
      for (let tenth = 0; tenth < count; tenth += 1) {
        const ids = world.run.unanswered?.commands.map(({ commandId }) => commandId) ?? [];
        world.accept();
        for (const commandId of ids) {
          world.feed({
            kind: 'finished',
            commandId,
            outcome: 'failed',
            detail: 'rejected',
            remaining: null,
          });
        }
        world.pass(100);
      }
      return world.flattens().length;
    };
    expect(failing(100)).toBe(4);
    expect(failing(600)).toBe(6);
  });
});

describe('a watch over accounts that go away', () => {
  it('is not taken for something that keeps opening positions', () => {
    const blind = looks([], { covered: [], unreadable: [ACCOUNT] });
    const world = new FlattenWorld();
    for (let watch = 0; watch < 5; watch += 1) {
      world.accept().pass(600).answerRead(FLAT).pass(10_100).answerRead(blind);
      expect(world.run.alarm).toBe('ACCOUNT_DISCONNECTED');
    }
    expect(world.run).toMatchObject({ brokenWatches: 0, armed: true });
  });
});

describe('one leg of several', () => {
  it('that is refused for good does not end the flatten of the others', () => {
    const world = seconds(new FlattenWorld({ scope: ALL }).accept(), 22, looks(LEGS));
    world.pass(30_000).refuse('UNKNOWN_INSTRUMENT');
    expect(world.run.stage).toBe('accepted');
    expect(world.run.refusal).toBeNull();
  });
});

describe('a press in an alarm', () => {
  it('goes on to the next way of closing instead of back to the first', () => {
    const world = seconds(new FlattenWorld().accept(), 11);
    expect([world.run.alarm, world.run.attempt]).toEqual(['NOT_FLAT_IN_TIME', 2]);
    world.takeSent();
    world.feed({ kind: 'pressed' });
    expect(world.flattens()).toMatchObject([{ attempt: 3, method: 'marketableLimit' }]);
  });

  it('starts over when every way was tried', () => {
    const world = seconds(new FlattenWorld().accept(), 25);
    expect(world.run.attempt).toBe(4);
    world.takeSent();
    world.feed({ kind: 'pressed' });
    expect(world.flattens()).toMatchObject([{ attempt: 1 }]);
  });
});

describe('the age of a request', () => {
  it('is told by the clock that nobody sets, however the PC clock jumps', () => {
    const world = new FlattenWorld().feed({ kind: 'linkDown', detail: '' });
    const stamp = world.pass(3_000).stamp();
    const jumped = { ...stamp, wall: (stamp.wall + 86_400_000) as EpochMs };
    const { run, effects } = advanceFlatten(world.run, { kind: 'linkUp' }, jumped);
    expect(run.alarm).toBeNull();
    const sent = effects.filter((effect) => effect.kind === 'send');
    expect(sent.map(({ command }) => command.kind)).toEqual(['flatten']);
  });

  it('spans a restart', () => {
    const world = new FlattenWorld();
    const stamp = world.stamp();
    const later = { wall: (stamp.wall + 240_000) as EpochMs, mono: stamp.mono };
    const [run] = recoverFlattens(world.records, later);
    const after = (ms: number) => ({
      wall: (later.wall + ms) as EpochMs,
      mono: (later.mono + ms) as typeof later.mono,
    });
    expect(advanceFlatten(run!, { kind: 'linkUp' }, after(59_000)).run.alarm).toBeNull();
    expect(advanceFlatten(run!, { kind: 'linkUp' }, after(61_000)).run.alarm).toBe(
      'RESTARTED_TOO_LATE',
    );
  });
});
