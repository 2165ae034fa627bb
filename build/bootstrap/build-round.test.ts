import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BuildRound } from './build-round.ts';

let rounds: boolean[];
let round: BuildRound;

beforeEach(() => {
  vi.useFakeTimers();
  rounds = [];
  round = new BuildRound(['main', 'page'], (failed) => rounds.push(failed));
});

afterEach(() => {
  round.stop();
  vi.useRealTimers();
});

function settle(): void {
  vi.advanceTimersByTime(1_000);
}

it('is not over before every builder has built once', () => {
  round.ended('main', false);
  settle();
  expect(rounds).toEqual([]);
  round.ended('page', false);
  settle();
  expect(rounds).toEqual([false]);
});

it('is over once for a change that several builders take up', () => {
  round.ended('main', false);
  round.ended('page', false);
  settle();
  round.began('main');
  round.began('page');
  round.ended('main', false);
  settle();
  round.ended('page', false);
  settle();
  expect(rounds).toEqual([false, false]);
});

it('fails while any builder fails, and recovers with it', () => {
  round.ended('main', true);
  round.ended('page', false);
  settle();
  round.began('page');
  round.ended('page', false);
  settle();
  round.began('main');
  round.ended('main', false);
  settle();
  expect(rounds).toEqual([true, true, false]);
});
