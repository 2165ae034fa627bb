import { describe, expect, it } from 'vitest';
import { drawAgain, drawBatch, drawRun } from './draw.ts';
import { KINDS, QUIET_KINDS } from './kinds.ts';
import { DISRUPTIONS } from './trial.ts';

describe('the trials of a run', () => {
  it('follow from their seed', () => {
    expect(drawRun('a', 100, 30)).toEqual(drawRun('a', 100, 30));
    expect(drawRun('a', 100, 30)).not.toEqual(drawRun('b', 100, 30));
  });

  it('are as many as asked, every disruption among them', () => {
    const plans = drawRun('a', 500, 25);
    expect(plans.flatMap(({ trials }) => trials)).toHaveLength(500);
    expect(plans.filter(({ press }) => press === 'everything')).toHaveLength(5);
    expect(new Set(plans.map(({ disruption }) => disruption))).toEqual(new Set(DISRUPTIONS));
  });

  it('have every kind among them', () => {
    const trials = drawRun('a', 500, 25).flatMap((plan) => plan.trials);
    expect(new Set(trials.map(({ kind }) => kind))).toEqual(new Set(Object.keys(KINDS)));
  });

  it('ask nothing of the platform while it is disrupted', () => {
    const { trials } = drawBatch('a', 60, 'platformCrash');
    expect(new Set(trials.map(({ kind }) => kind))).toEqual(new Set(Object.keys(QUIET_KINDS)));
    expect(trials.every(({ happenings }) => happenings.length === 0)).toBe(true);
  });

  it('give each the account, and the moving contract, to itself', () => {
    const { trials } = drawBatch('a', 200, 'none');
    expect(new Set(trials.map(({ account }) => account)).size).toBe(200);
    const oil = trials.flatMap(({ instruments }) =>
      instruments.filter((name) => name.startsWith('CL')),
    );
    expect(oil.length).toBeGreaterThan(1);
    expect(new Set(oil).size).toBe(oil.length);
  });

  it('can be drawn again alone', () => {
    const plan = drawBatch('run/hotReload', 40, 'hotReload');
    const third = plan.trials[2];
    expect(drawAgain(third?.seed ?? '', 'hotReload')).toEqual({ ...plan, trials: [third] });
    expect(drawAgain('run/hotReload', 'hotReload')).toBeNull();
  });
});
