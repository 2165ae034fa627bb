import { describe, expect, it } from 'vitest';
import { runFaultMatrix } from './fault-matrix.ts';
import { drawScenario } from './scenario.ts';
import { runTrial } from './trial.ts';

describe('a flatten under drawn faults', () => {
  it('is proven flat in the broker books, or alarmed, and never silently wrong', () => {
    const wrong: string[] = [];
    const report = runFaultMatrix({
      runs: 100,
      seed: 'suite',
      onVerdict: (n, { outcome, detail }) => {
        if (outcome === 'wrong') wrong.push(`scenario ${n}: ${detail}`);
      },
    });
    expect(wrong).toEqual([]);
    expect(report).toMatchObject({ runs: 100, wrong: 0 });
    // A matrix in which nothing ends well, or nothing is ever hard, would prove nothing.
    expect(report.confirmed).toBeGreaterThan(50);
    expect(report.alarmed).toBeGreaterThan(0);
  });

  it('ends the same way when it is run again', () => {
    const scenario = drawScenario('again', 13);
    expect(runTrial(scenario)).toEqual(runTrial(scenario));
  });

  it('does not believe a position report that the fills contradict, gaps or not', () => {
    const scenario = drawScenario('lie', 9);
    const lie = {
      kind: 'lyingPosition',
      accounts: [],
      on: 'start',
      atMs: 3_000,
      forMs: null,
      shows: 'flat',
    } as const;
    const loss = {
      kind: 'drop',
      direction: 'both',
      types: [],
      on: 'start',
      atMs: 3_000,
      forMs: null,
      probability: 0.1,
    } as const;
    for (const faults of [[lie], [lie, loss]]) {
      const verdict = runTrial({ ...scenario, scope: { kind: 'all' }, faults });
      expect(verdict.outcome).toBe('alarmed');
    }
  });

  it('does not take a lie for a carried position after a restart of the app', () => {
    const verdict = runTrial({
      ...drawScenario('lie', 9),
      scope: { kind: 'all' },
      appKilledAfterMs: 4_000,
      faults: [
        {
          kind: 'lyingPosition',
          accounts: [],
          on: 'start',
          atMs: 3_000,
          forMs: null,
          shows: 'flat',
        },
      ],
    });
    expect(verdict.outcome).toBe('alarmed');
  });

  it.each([0.1, 1, 3])('is not forgotten by an app killed %d ms after the press', (ms) => {
    for (let n = 0; n < 5; n += 1) {
      const scenario = { ...drawScenario('killed', n), faults: [], appKilledAfterMs: ms };
      expect(runTrial(scenario).outcome).toBe('confirmed');
    }
  });
});
