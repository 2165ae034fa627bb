import { bufferOf, decide, type Decision } from '../../../shared/domain/risk/decision.ts';
import { openAccount, step, type RiskRules } from '../../../shared/domain/risk/engine.ts';
import { explicitCalendar } from '../../../shared/domain/risk/explicit-calendar.ts';
import { exchangeCalendar } from '../../../shared/domain/risk/exchange-calendar.ts';
import { DEFAULT_LADDER, type Verdict } from '../../../shared/domain/risk/verdict.ts';
import { figuresOf, matches, textOf, type Figures } from './figures.ts';
import type { Vector } from './vector-file.ts';

export interface Mismatch {
  readonly vector: string;
  readonly event: number;
  readonly field: string;
  readonly expected: string;
  readonly got: string;
}

export interface ReplayedEvent {
  readonly at: string;
  readonly verdicts: readonly Verdict[];
  readonly decision: Decision;
  readonly mismatches: readonly Mismatch[];
}

export interface Replay {
  readonly vector: string;
  readonly events: readonly ReplayedEvent[];
}

/** Sends a vector through the engine and compares what comes out after each of its lines. */
export function replayVector(vector: Vector): Replay {
  const { calendar: root, rulebook } = vector;
  const calendar = root === null ? explicitCalendar : exchangeCalendar(root);
  const rules: RiskRules = { rulebook, calendar, ladder: DEFAULT_LADDER };
  let state = openAccount(rules, vector.opening);
  const events = vector.events.map((line, index): ReplayedEvent => {
    let verdicts: readonly Verdict[] = [];
    const refused: string[] = [];
    for (const event of line.events) {
      const taken = step(rules, state, event);
      if (!taken.ok) {
        refused.push(taken.error.code);
        continue;
      }
      ({ state, verdicts } = taken.value);
    }
    const decision = decide(rulebook, verdicts, bufferOf(vector.buffer), vector.proposal);
    const figures = figuresOf({ state, verdicts, decision });
    return {
      at: new Date(line.at).toISOString(),
      verdicts,
      decision,
      mismatches: [
        ...refused.map((code) => mismatch(vector, index, ['event', 'taken', code])),
        ...compare(vector, index, figures),
      ],
    };
  });
  return { vector: vector.id, events };
}

function compare(vector: Vector, index: number, figures: Figures): readonly Mismatch[] {
  return Object.entries(vector.expect[index] ?? {}).flatMap(([field, expected]) => {
    const got = figures.get(field);
    if (got === undefined)
      return [mismatch(vector, index, [field, String(expected), 'no such figure'])];
    return matches(expected, got)
      ? []
      : [mismatch(vector, index, [field, String(expected), textOf(got)])];
  });
}

function mismatch(
  { id }: Vector,
  event: number,
  [field, expected, got]: readonly [string, string, string],
): Mismatch {
  return { vector: id, event, field, expected, got };
}
