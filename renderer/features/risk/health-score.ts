import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import type { RuleView } from '../../../shared/protocol/ipc/risk-view.ts';
import { counted } from '../../words/flatten-words.ts';
import { ruleSeverity } from '../../words/risk-words.ts';

/** One part of the score, 0 to 100, and how it came about. */
interface HealthPart {
  readonly name: string;
  readonly points: number;
}

export interface HealthScore {
  /** 0 to 100; null when what it needs is not known. */
  readonly score: number | null;
  /** The whole formula with this account's figures. */
  readonly formula: string;
}

const BY_RULE: Readonly<Record<RuleView['severity'], number | null>> = {
  ok: 100,
  notice: 75,
  warning: 50,
  critical: 25,
  unknown: null,
  breach: 0,
};

/** Points for each average loss that is left. */
const BY_LOSS = 10;

/** With fewer losing trades their mean says little. */
const LEAST_TRADES = 10;

/** The lowest of the parts that are known: a good part never makes up for a bad one. */
export function healthScore({
  risk,
  freshness,
}: Pick<AccountView, 'risk' | 'freshness'>): HealthScore {
  if (risk.rules === null) return none('No rules are chosen.');
  if (freshness !== 'live') return none('The figures are not live.');
  if (risk.roomShare === null) return none('The room to the floor is not known.');
  const byRule = BY_RULE[risk.severity];
  if (byRule === null) return none('A rule cannot be judged.');
  const parts = [
    { name: 'percent of the firm\u2019s room left', points: points(risk.roomShare / 10) },
    ...ownPart(risk.own?.shareUsed ?? null),
    ...lossPart(risk.averageLossesLeft, risk.averageLossTrades),
    { name: `worst rule (${ruleSeverity(risk.severity).text.toLowerCase()})`, points: byRule },
  ];
  const score = Math.min(...parts.map((part) => part.points));
  const told = parts.map((part) => `${part.name} ${String(part.points)}`).join('; ');
  return { score, formula: `The lowest of: ${told}. So ${String(score)} of 100.` };
}

function ownPart(shareUsed: number | null): HealthPart[] {
  if (shareUsed === null) return [];
  return [{ name: 'percent of your own limit left', points: points(100 - shareUsed / 10) }];
}

function lossPart(left: number | null, trades: number): HealthPart[] {
  if (left === null || trades < LEAST_TRADES) return [];
  const name = `average losses left \u00d7 ${String(BY_LOSS)} (from ${counted(trades, 'losing trade')})`;
  return [{ name, points: points(left * BY_LOSS) }];
}

function none(why: string): HealthScore {
  return { score: null, formula: `No score: ${why}` };
}

function points(value: number): number {
  return Math.floor(Math.max(0, Math.min(100, value)));
}
