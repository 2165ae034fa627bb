import { describe, expect, it } from 'vitest';
import type { MonoMs } from '../../shared/kernel/clock.ts';
import { openAccount, verdictsOf } from '../../shared/domain/risk/engine.ts';
import { dollars, everyRule, freshOpening } from '../../shared/testing/risk-rules.ts';
import { QuietBand } from './quiet-band.ts';

const state = openAccount(everyRule, freshOpening);
const verdicts = verdictsOf(everyRule, state);

function at(ms: number): MonoMs {
  return ms as MonoMs;
}

function bandOf(...equities: readonly number[]): QuietBand {
  const band = new QuietBand();
  for (const equity of equities) {
    const figures = { equity: dollars(equity), balance: dollars(50_000) };
    band.judged({ ...figures, state, verdicts, steps: {} }, at(1_000));
  }
  return band;
}

describe('a quiet band', () => {
  const band = bandOf(50_000, 49_900);

  it.each([
    [49_950, 50_000, 1_100, true],
    [49_900, 50_000, 1_100, true],
    [49_899, 50_000, 1_100, false],
    [50_001, 50_000, 1_100, false],
    [49_950, 49_990, 1_100, false],
    [49_950, 50_000, 1_250, false],
  ])('covers %i with a balance of %i at %i ms: %s', (equity, balance, ms, covered) => {
    expect(band.covers(dollars(equity), dollars(balance), at(ms))).toBe(covered);
  });

  it('begins anew when a step of the own limit changed', () => {
    const other = bandOf(50_000);
    const figures = { equity: dollars(49_900), balance: dollars(50_000) };
    other.judged({ ...figures, state, verdicts, steps: { intraday: 'notice' } }, at(1_000));
    expect(other.covers(dollars(49_950), dollars(50_000), at(1_100))).toBe(false);
  });

  it('covers nothing once it was ended', () => {
    const other = bandOf(50_000, 49_900);
    other.end();
    expect(other.covers(dollars(49_950), dollars(50_000), at(1_100))).toBe(false);
    expect(other.isFresh(at(1_100))).toBe(false);
  });
});
