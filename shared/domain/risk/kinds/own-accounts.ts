import type { OwnPosition } from '../event.ts';
import { weightOf } from '../lots.ts';
import type { Lots } from '../rule-parts.ts';
import type { CorrelatedExposureRule, HedgingRule } from '../rule.ts';
import { count } from '../verdict.ts';
import { noMemory, type NoMemory, type RuleModule } from './module.ts';

type Groups = HedgingRule['groups'];

/** No two of the trader's accounts, nor two products of a group, on opposite sides. */
export const hedging: RuleModule<HedgingRule, NoMemory> = {
  start: noMemory,
  judge(rule, _memory, { book }) {
    const basis = 'sides of one group over all own accounts';
    const shape = { unit: 'count', limit: 0, basis } as const;
    if (book.own === null) {
      const reason = 'The positions of the other accounts are not known.';
      return { ...shape, severity: 'unknown', used: null, left: null, reason, readings: {} };
    }
    const opposed = [...byGroup(book.own, rule.groups)].filter(
      ([, held]) =>
        held.some(({ quantity }) => quantity > 0) && held.some(({ quantity }) => quantity < 0),
    );
    const names = opposed.map(([group]) => group).join(', ');
    return {
      ...shape,
      severity: opposed.length === 0 ? 'ok' : 'breach',
      used: opposed.length,
      left: 0,
      reason: opposed.length === 0 ? 'No opposite positions.' : `Opposite positions in ${names}.`,
      readings: { opposed: count(opposed.length) },
    };
  },
};

/** What all own accounts together hold on one side of a group. */
export const correlatedExposure: RuleModule<CorrelatedExposureRule, NoMemory> = {
  start: noMemory,
  judge(rule, _memory, { book }) {
    const basis = 'contracts on one side of a group over all own accounts, in minis';
    const shape = { unit: 'lots', limit: rule.max, basis } as const;
    if (book.own === null) {
      const reason = 'The positions of the other accounts are not known.';
      return { ...shape, severity: 'unknown', used: null, left: null, reason, readings: {} };
    }
    const sides = [...byGroup(book.own, rule.groups).values()].flatMap((held) => [
      sideOf(held, rule, 1),
      sideOf(held, rule, -1),
    ]);
    const most = Math.max(0, ...sides) as Lots;
    const isOver = most > rule.max;
    return {
      ...shape,
      severity: isOver ? 'breach' : 'ok',
      used: most,
      left: rule.max - most,
      reason: isOver ? 'One side of a group is too large.' : 'Every side is within the limit.',
      readings: { lots: { unit: 'lots', value: most } },
    };
  },
};

function byGroup(own: readonly OwnPosition[], groups: Groups): Map<string, OwnPosition[]> {
  const all = new Map<string, OwnPosition[]>();
  for (const position of own) {
    const group = groups.find((roots) => roots.includes(position.root)) ?? [position.root];
    const name = group.join('/');
    all.set(name, [...(all.get(name) ?? []), position]);
  }
  return all;
}

function sideOf(held: readonly OwnPosition[], rule: CorrelatedExposureRule, sign: 1 | -1): number {
  return held
    .filter(({ quantity }) => quantity * sign > 0)
    .reduce(
      (sum, { root, quantity }) => sum + Math.abs(quantity) * weightOf(rule.weights, root),
      0,
    );
}
