import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { isOfTime } from '../host-answers.ts';
import { playBatch, type BatchResult, type Verdict } from './batch.ts';
import { drawAgain, drawBatch, drawEverything } from './draw.ts';
import { DISRUPTIONS, type BatchPlan } from './trial.ts';

const WITHIN_MS = 300_000;

/** `<seed> <disruption>` of a verdict: that one alone is played again and told in full. */
const AGAIN = process.env['ENIGMA_APEX_FLATTEN_TRIAL'];

const IN_PEACE = [
  'plain',
  'fillDuringCancel',
  'slowCancel',
  'cancelNever',
  'closeRejectedOnce',
  'closeRejectedAlways',
  'orphanLeg',
  'lateBracket',
  'reenters',
  'positionVeryLate',
  'positionLost',
  'positionLies',
  'executionDropped',
  'partialFills',
  'pressDuringFill',
  'oneContractOfTwo',
  'entriesOnBothSides',
  'lineLost',
  'lineLostForGood',
  'reversedByTrader',
  'pressedAgain',
  'stopHitDuringCancel',
];
const IN_TROUBLE = ['plain', 'slowCancel', 'fillDuringCancel'];

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function play(plan: BatchPlan): Promise<BatchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'enigma-apex-flatten-'));
  folders.push(folder);
  return playBatch(plan, folder);
}

/** Everything that a failure needs to be understood. */
function wrongOf(results: readonly BatchResult[]): readonly Verdict[] {
  return results.flatMap(({ verdicts }) => verdicts).filter(({ outcome }) => outcome === 'wrong');
}

describe('a flatten through the AddOn', () => {
  it(
    'is proven flat in the broker books, or alarmed, and never silently wrong',
    async () => {
      const results = await Promise.all([
        play(drawBatch('suite', IN_PEACE.length, 'none', IN_PEACE)),
        play(drawEverything('suite/everything', 4)),
        ...DISRUPTIONS.filter((name) => name !== 'none').map((name) =>
          play(drawBatch(`suite/${name}`, IN_TROUBLE.length, name, IN_TROUBLE)),
        ),
      ]);
      expect(wrongOf(results)).toEqual([]);
      const forbidden = results
        .flatMap(({ violations }) => violations)
        .filter((each) => !isOfTime(each));
      expect(forbidden).toEqual([]);
      const verdicts = results.flatMap(({ verdicts: those }) => those);
      expect(verdicts).toHaveLength(IN_PEACE.length + 4 * IN_TROUBLE.length + 4);
      // Nothing that always ends well, or never, would prove anything.
      const certain = verdicts.filter(
        ({ kind }) => kind === 'plain' || kind === 'fillDuringCancel',
      );
      expect(certain.map(({ outcome }) => outcome)).toEqual(certain.map(() => 'confirmed'));
      const hopeless = ['cancelNever', 'closeRejectedAlways', 'lineLostForGood'];
      for (const { kind, outcome } of verdicts) {
        if (hopeless.includes(kind))
          expect({ kind, outcome }).toEqual({ kind, outcome: 'alarmed' });
      }
    },
    WITHIN_MS,
  );
});

if (AGAIN !== undefined) {
  it(
    'ends as it did when it is played again alone',
    async () => {
      const [seed = '', disruption] = AGAIN.split(' ');
      const plan = drawAgain(seed, DISRUPTIONS.find((name) => name === disruption) ?? 'none');
      if (plan === null) throw new Error(`No trial has the seed "${seed}".`);
      const { verdicts } = await play(plan);
      process.stdout.write(`${JSON.stringify(verdicts, null, 2)}\n`);
      expect(verdicts[0]?.wrongs).toEqual([]);
    },
    WITHIN_MS,
  );
}
