import { describe, expect, it } from 'vitest';
import type { AccountName } from '../../shared/domain/account/account.ts';
import { SIM } from '../../shared/testing/desk-facts.ts';
import type { EquityView } from '../../shared/protocol/ipc/risk-day.ts';
import {
  EquityView as Equity,
  TimelineView as Timeline,
} from '../../shared/protocol/ipc/risk-day.ts';
import { dollars, riskWorld } from './testing/risk-world.ts';

type World = ReturnType<typeof riskWorld>;

const MINUTE = 60_000;

function traded(): World {
  const world = riskWorld();
  world.connect();
  world.assign({ level: 'observe' });
  world.hold(2);
  world.equity(50_000);
  world.clock.advance(2_000);
  world.lose(50_000, 48_900, 50);
  world.clock.advance(12_000);
  for (let up = 48_900; up <= 50_300; up += 50) world.equity(up);
  world.clock.advance(MINUTE);
  return world;
}

const equity = (world: World): EquityView => world.engine.risk.equity({ account: SIM });
const timeline = (world: World) => world.engine.risk.timeline({ account: SIM });

function restarted(world: World, how: 'stopped' | 'killed'): World {
  if (how === 'stopped') world.close();
  else world.crash();
  return riskWorld({ folder: world.folder, clock: world.clock });
}

const seen = ({ points }: EquityView) => points.flatMap((one) => one.equity ?? []);

describe('the course of a day', () => {
  it('has equity, floor, peak and own limit, second by second, with its extremes', () => {
    const { day, points } = equity(traded());
    expect(day).toMatch(/^\d{4}-\d\d-\d\d$/u);
    const told = points.flatMap((one) => one.equity ?? []);
    expect([Math.min(...told), Math.max(...told)]).toEqual([dollars(48_900), dollars(50_300)]);
    expect(points.at(-1)).toMatchObject({ peak: dollars(50_300), floor: dollars(48_300) });
    expect(points.at(-1)?.own).toBeGreaterThan(dollars(48_300));
    for (const [place, { at }] of points.entries()) {
      expect(at % 1_000).toBe(0);
      expect(at).toBeGreaterThan(points[place - 1]?.at ?? 0);
    }
  });

  it('tells each change of a verdict with all verdicts after it', () => {
    const { moments } = timeline(traded());
    const floors = moments.flatMap(({ changes, verdicts }) =>
      changes.map(({ rule, from }) => [from, verdicts.find(({ id }) => id === rule)?.severity]),
    );
    expect(floors).toContainEqual(['ok', 'notice']);
    expect(moments[0]?.verdicts.length).toBeGreaterThan(1);
    expect(moments[0]?.verdicts[0]).toMatchObject({ id: 'drawdown', unit: 'money' });
  });

  it('is the same after the desk was stopped and started in the middle of the day', () => {
    const world = traded();
    const [course, changes] = [equity(world), timeline(world)];
    const again = restarted(world, 'stopped');
    expect(equity(again)).toEqual(course);
    expect(timeline(again)).toEqual(changes);
    expect(again.bugs).toEqual([]);
  });

  it('lacks ten seconds at most after the desk was killed, and no change of a verdict', () => {
    const world = traded();
    for (let down = 50_300; down > 49_900; down -= 20) {
      world.equity(down);
      world.clock.advance(1_000);
    }
    const [course, changes] = [equity(world), timeline(world)];
    world.journal.flush();
    const again = restarted(world, 'killed');
    const told = changes.moments.length;
    expect(timeline(again).moments.slice(0, told)).toEqual(changes.moments);
    const { points } = equity(again);
    expect(points).toEqual(course.points.slice(0, points.length));
    const lost = (course.points.at(-1)?.at ?? 0) - (points.at(-1)?.at ?? 0);
    expect(lost).toBeLessThanOrEqual(10_000);
  });

  it('has a gap where nobody watched', () => {
    const world = traded();
    world.close();
    world.clock.advance(30 * MINUTE);
    const again = riskWorld({ folder: world.folder, clock: world.clock });
    again.connect(50_100, 2);
    again.clock.advance(3_000);
    const { points } = equity(again);
    const gap = points.findIndex((one, place) => place > 0 && one.equity === null);
    expect(points[gap]?.at).toBe((points[gap - 1]?.at ?? 0) + 1_000);
    expect(points.at(-1)?.equity).toBe(dollars(50_100));
  });

  it('tells no equity while the figures are not known', () => {
    const world = traded();
    world.clock.advance(10 * MINUTE);
    expect(equity(world).points.at(-1)?.equity).toBeNull();
  });

  it('begins anew with the next day', () => {
    const world = traded();
    const { day } = equity(world);
    world.close();
    world.clock.jumpWall(24 * 60 * MINUTE);
    const again = riskWorld({ folder: world.folder, clock: world.clock });
    again.connect(50_050);
    again.clock.advance(2_000);
    const next = equity(again);
    expect(next.day).not.toBe(day);
    expect(next.points.at(-1)?.equity).toBe(dollars(50_050));
    expect(seen(next)).not.toContain(dollars(48_900));
    const midnight = world.clock.wall() - 60 * MINUTE;
    expect(timeline(again).moments.filter(({ at }) => at < midnight)).toEqual([]);
  });

  it('of an account without rules is nothing, and that is told as no day', () => {
    const world = riskWorld();
    world.connect();
    const account = 'nobody' as AccountName;
    expect(world.engine.risk.equity({ account })).toEqual({ account, day: null, points: [] });
    expect(world.engine.risk.timeline({ account })).toEqual({ account, day: null, moments: [] });
  });

  it('passes the window\u2019s schema as it is', () => {
    const world = traded();
    expect(Equity.parse(equity(world))).toEqual(equity(world));
    expect(Timeline.parse(timeline(world))).toEqual(timeline(world));
  });
});
