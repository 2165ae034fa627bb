import { describe, expect, it } from 'vitest';
import type { EpochMs, MonoMs } from '../../kernel/clock.ts';
import { exposure, FlattenWorld, looks } from '../../testing/flatten-world.ts';
import type { Stamp } from '../desk/fact.ts';
import { advanceFlatten } from './machine.ts';
import { recoverFlattens } from './recovery.ts';
import type { FlattenRun } from './run.ts';

const FLAT = looks([]);
const OPEN = looks([exposure(2, 1)]);
const LIMIT = 10;

/** A run whose watches were broken by a position as often as told. */
function broken(times: number, world = new FlattenWorld().accept()): FlattenWorld {
  for (let watch = 0; watch < times; watch += 1) {
    if (world.run.read === null) world.pass(600);
    world.answerRead(FLAT).sleep(1_000).feed({ kind: 'observed', seen: OPEN }).accept();
  }
  return world;
}

/** The run as the next start of the app finds it, so many ms later. */
function restarted(world: FlattenWorld, afterMs = 20_000): { run: FlattenRun; stamp: Stamp } {
  const wall = (world.stamp().wall + afterMs) as EpochMs;
  const stamp = { wall, mono: 50 as MonoMs };
  return { run: recoverFlattens(world.records, stamp)[0]!, stamp };
}

function sentBy({ run, stamp }: ReturnType<typeof restarted>): string[] {
  return advanceFlatten(run, { kind: 'linkUp' }, stamp).effects.flatMap((effect) =>
    effect.kind === 'send' ? [effect.command.kind] : [],
  );
}

describe('a run that stopped fighting what keeps opening positions', () => {
  it('does not begin again by itself after a restart, however soon', () => {
    const again = restarted(broken(LIMIT), 1_000);
    expect(again.run).toMatchObject({ stage: 'waiting', armed: false, stoodDown: true });
    expect(sentBy(again)).toEqual(['snapshot']);
    const { run } = advanceFlatten(again.run, { kind: 'linkUp' }, again.stamp);
    expect(run).toMatchObject({ alarm: 'KEEPS_REOPENING', armed: false });
  });

  it('is sent again after a restart while it had tries left', () => {
    expect(sentBy(restarted(broken(LIMIT - 1)))).toEqual(['flatten']);
  });

  it('begins again with a press, and a restart after that goes on with it', () => {
    const world = broken(LIMIT).feed({ kind: 'pressed' });
    expect(world.run).toMatchObject({ armed: true, stoodDown: false });
    expect(sentBy(restarted(world))).toEqual(['flatten']);
  });

  it('says the same when only the link was lost', () => {
    const world = broken(LIMIT).feed({ kind: 'linkDown', detail: '' }, { kind: 'linkUp' });
    expect(world.run).toMatchObject({ alarm: 'KEEPS_REOPENING', armed: false });
  });

  it('is recorded as such when it has more steps than are kept', () => {
    const world = new FlattenWorld().accept();
    for (let n = 0; n < 600; n += 1) {
      world.feed({ kind: 'progressed', commandId: 'flat-1.x', detail: String(n) });
    }
    broken(LIMIT, world);
    expect(world.run.steps).toHaveLength(500);
    expect(restarted(world).run.armed).toBe(false);
    expect(restarted(world.feed({ kind: 'pressed' })).run.armed).toBe(true);
  });
});
