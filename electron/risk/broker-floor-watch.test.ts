import { describe, expect, it } from 'vitest';
import { item } from '../../shared/testing/desk-facts.ts';
import { dollars, riskWorld } from './testing/risk-world.ts';

type World = ReturnType<typeof riskWorld>;

interface Said {
  readonly cash: number;
  readonly room: number;
  readonly equity?: number;
}

/** The broker says its figures every second for so long. */
function say(world: World, { cash, room, equity = cash }: Said, seconds: number): void {
  for (let second = 0; second < seconds; second += 1) {
    world.takeNext(
      (seq) => item(seq, 'trailingMaxDrawdown', dollars(room)),
      (seq) => item(seq, 'cashValue', dollars(cash)),
      (seq) => item(seq, 'netLiquidation', dollars(equity)),
    );
    world.clock.advance(1_000);
  }
}

function begun(start: 'fresh' | 'running' = 'fresh'): World {
  const world = riskWorld();
  world.connect();
  world.assign({ start, level: 'observe' });
  return world;
}

function floor(world: World) {
  return world.risk().verdicts.find(({ id }) => id === 'drawdown');
}

describe('the drawdown that the broker still allows', () => {
  it('is the floor of the rules where it is tighter, once it has stood at rest', () => {
    const world = begun();
    say(world, { cash: 50_000, room: 1_500 }, 50);
    expect(world.risk().floor).toBe(dollars(48_000));
    say(world, { cash: 50_000, room: 1_500 }, 15);
    expect(world.risk()).toMatchObject({ floor: dollars(48_500), floorDisagreement: 0 });
    expect(floor(world)).toMatchObject({ left: dollars(1_500), severity: 'ok' });
    const lines = world.engine.view().feed.filter(({ text }) => text.includes('the tighter one'));
    expect(lines).toHaveLength(1);
  });

  it('counts once: the own limit has the same room before and after the rules know of it', () => {
    const world = begun();
    say(world, { cash: 50_000, room: 1_500 }, 5);
    const { own } = world.risk();
    say(world, { cash: 50_000, room: 1_500 }, 60);
    expect(world.risk().own).toMatchObject({ used: own?.used, left: own?.left });
  });

  it('names the peak of an account that was taken over', () => {
    const world = begun('running');
    say(world, { cash: 50_000, room: 1_200 }, 5);
    expect(floor(world)?.severity).toBe('unknown');
    say(world, { cash: 50_000, room: 1_200 }, 60);
    expect(world.risk()).toMatchObject({ peak: dollars(50_800), midCycle: false });
    expect(floor(world)).toMatchObject({ severity: 'ok', left: dollars(1_200) });
  });

  it.each<[string, Said, Said]>([
    ['leaves more', { cash: 50_000, room: 5_000 }, { cash: 50_000, room: 5_000 }],
    ['is zero, as without a connection', { cash: 50_000, room: 0 }, { cash: 50_000, room: 0 }],
    ['moves', { cash: 50_000, room: 1_500 }, { cash: 50_000, room: 1_490 }],
    [
      'belongs to an equity that is not the cash',
      { cash: 50_000, room: 1_500, equity: 50_020 },
      { cash: 50_000, room: 1_500, equity: 50_020 },
    ],
  ])('changes no floor while it %s', (_name, first, second) => {
    const world = begun();
    for (let turn = 0; turn < 5; turn += 1) {
      say(world, first, 10);
      say(world, second, 10);
    }
    expect(world.risk().floor).toBeLessThanOrEqual(dollars(48_020));
  });

  it('changes no floor while something is open', () => {
    const world = begun();
    world.hold(1);
    say(world, { cash: 50_000, room: 1_500 }, 90);
    expect(world.risk().floor).toBe(dollars(48_000));
  });
});
