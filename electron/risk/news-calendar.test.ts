import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import { OPEN_AT } from '../../shared/testing/desk-facts.ts';
import { NewsFile } from './news-file.ts';
import { riskWorld } from './testing/risk-world.ts';

/** Allows no entries from five minutes before to five minutes after the CPI. */
const FIRM = 'topstep.2026.combine.eval.50k';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** From the opening of the test's world, in the morning, into the next trading day. */
const TO_NEXT_DAY = 9 * 60 * MINUTE;

type World = ReturnType<typeof riskWorld>;

function watched(): World {
  const world = riskWorld();
  world.connect();
  world.assign({ template: FIRM });
  world.clock.advance(1_000);
  return world;
}

/** A calendar is imported while the desk runs. */
function bring(world: World, at: readonly number[], importedAt: number = OPEN_AT): void {
  const releases = at.map((time) => ({ at: time as EpochMs, class: 'CPI', name: 'Prices' }));
  const file = new NewsFile(join(world.folder, 'news.json'));
  file.write({ importedAt: importedAt as EpochMs, releases });
  world.clock.advance(1_000);
}

function verdict(world: World) {
  return world.risk().verdicts.find(({ id }) => id === 'news');
}

function told(world: World): string {
  return world.engine
    .view()
    .feed.map(({ text }) => text)
    .join('\n');
}

describe('a rule that looks at news', () => {
  it('is unknown without a calendar, and not ok', () => {
    expect(verdict(watched())?.severity).toBe('unknown');
  });

  it('is judged by a calendar that is imported while the desk runs', () => {
    const world = watched();
    bring(world, [OPEN_AT + 20 * MINUTE]);
    expect(verdict(world)?.severity).toBe('ok');
    world.clock.advance(15 * MINUTE);
    expect(verdict(world)).toMatchObject({
      severity: 'notice',
      reason: 'No entries around Prices.',
    });
    world.clock.advance(11 * MINUTE);
    expect(verdict(world)?.severity).toBe('ok');
  });

  it('is unknown again on a day that the calendar does not reach', () => {
    const world = watched();
    bring(world, [OPEN_AT + 30 * MINUTE]);
    expect(verdict(world)?.severity).toBe('ok');
    world.clock.advance(TO_NEXT_DAY);
    expect(verdict(world)?.severity).toBe('unknown');
    expect(told(world)).toContain('has no releases for this day');
  });

  it('is told that its calendar is old', () => {
    const world = watched();
    bring(world, [OPEN_AT + 30 * MINUTE], OPEN_AT - 9 * DAY);
    expect(told(world)).toContain('imported 9 days ago');
    expect(world.bugs).toEqual([]);
  });

  it('is unknown with a calendar that cannot be read', () => {
    const world = watched();
    bring(world, [Number.NaN]);
    expect(verdict(world)?.severity).toBe('unknown');
  });
});
