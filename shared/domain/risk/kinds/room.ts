import type { Money } from '../../money/money.ts';
import { minus } from '../exact.ts';
import type { BreachOperator } from '../rule-parts.ts';
import { cash, severityByUse, type Judgement, type Ladder, type Readings } from '../verdict.ts';

/** Money against a floor: what all loss rules come to. */
export interface Room {
  /** The lowest value that counts at this event; null is unknown. */
  readonly level: Money | null;
  /** Null is unknown. */
  readonly floor: Money | null;
  /** The whole room, of which a part is used. */
  readonly amount: Money;
  readonly operator: BreachOperator;
}

export interface RoomWords {
  readonly basis: string;
  /** What the limit is called in a sentence. */
  readonly name: string;
  readonly readings: Readings;
  /** Why the verdict is unknown although a floor can be given; empty when it is known. */
  readonly doubt: string;
}

/** The way out of a boundary that was missed. */
export const RECORD_IT = 'Record that balance with "apex rules record end-of-day".';

/** Compares a level with a floor. A breach of a floor that can only be higher is a breach even in doubt. */
export function judgeRoom(room: Room, words: RoomWords, ladder: Ladder): Judgement {
  const { level, floor, amount, operator } = room;
  const { basis, name, readings, doubt } = words;
  const shape = { unit: 'money', basis, readings, isRoom: true } as const;
  if (level === null || floor === null) {
    const reason = doubt === '' ? `${name}: the figures are not known.` : doubt;
    const limit = floor === null ? null : amount;
    return { ...shape, severity: 'unknown', limit, used: null, left: null, reason };
  }
  const left = minus(level, floor);
  const used = Math.max(0, amount - left);
  const told = { ...shape, limit: amount, used, left };
  if (isBelow(left, operator)) {
    const how = left === 0 ? 'was touched' : 'was crossed';
    return { ...told, severity: 'breach', reason: `${name} ${how}.` };
  }
  if (doubt !== '') return { ...told, severity: 'unknown', left: null, reason: doubt };
  const severity = severityByUse(used, amount, ladder);
  return { ...told, severity, reason: `${name} is kept.` };
}

/** Whether what is left breaks the limit. */
export function isBelow(left: number, operator: BreachOperator): boolean {
  return operator === '<=' ? left <= 0 : left < 0;
}

/** The two readings of every floor. */
export function floorReadings(level: Money | null, floor: Money | null): Readings {
  const left = level === null || floor === null ? null : minus(level, floor);
  return { F: cash(floor), C: cash(left), L: cash(level) };
}
