import { describe, expect, it } from 'vitest';
import { PACK_DAY, shippedLibrary } from '../../../shipped-packs.ts';
import { BAD_TICK_CASES, isInTime, playBadTicks, playCorpus } from './bad-ticks.ts';

const library = shippedLibrary(PACK_DAY);
const SEEDS = ['one', 'two', 'three'];

describe('the guard is told', () => {
  it.each(BAD_TICK_CASES.map((play) => [play.name, play.expects, play] as const))(
    '%s: %s',
    (_name, expects, play) => {
      for (const seed of SEEDS) {
        const verdict = playBadTicks(play, seed, library);
        expect(verdict, seed).toMatchObject({ falseFlattens: 0 });
        expect(verdict.actedAt !== null, seed).toBe(expects === 'flatten');
        expect(isInTime(verdict), `${seed} ${JSON.stringify(verdict)}`).toBe(true);
      }
    },
  );
});

it('counts what it plays', async () => {
  const terms = { seed: 'counted', seeds: 1, library };
  const report = await playCorpus(terms, () => Promise.resolve());
  expect(report).toMatchObject({ runs: BAD_TICK_CASES.length, falseFlattens: 0, late: 0 });
  expect(report.breaches).toBeGreaterThan(5);
});
