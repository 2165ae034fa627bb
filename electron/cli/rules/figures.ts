import { closedToday } from '../../../shared/domain/risk/book.ts';
import type { Decision } from '../../../shared/domain/risk/decision.ts';
import type { RiskState } from '../../../shared/domain/risk/engine.ts';
import { LOT, WHOLE } from '../../../shared/domain/risk/rule-parts.ts';
import type { Reading, Unit, Verdict } from '../../../shared/domain/risk/verdict.ts';
import {
  decimalText,
  moneyText,
  scaledDecimal,
  shareText,
} from '../../risk/written-rules/amounts.ts';

/** Everything that a vector may demand, by name. The first rule's figures also go without its id. */
export type Figures = ReadonlyMap<string, Reading>;

interface Evaluated {
  readonly state: RiskState;
  readonly verdicts: readonly Verdict[];
  readonly decision: Decision;
}

export function figuresOf({ state, verdicts, decision }: Evaluated): Figures {
  const figures = new Map<string, Reading>();
  verdicts.forEach((verdict, index) => {
    for (const [name, reading] of Object.entries(ofVerdict(verdict))) {
      figures.set(`${verdict.rule}.${name}`, reading);
      if (index === 0) figures.set(name, reading);
    }
  });
  for (const [name, reading] of Object.entries(ofAccount(state, decision))) {
    figures.set(name, reading);
  }
  return figures;
}

function ofVerdict(verdict: Verdict): Record<string, Reading> {
  const { unit, limit, used, left, severity, reason } = verdict;
  return {
    severity: text(severity),
    breach: flag(severity === 'breach'),
    reason: text(reason),
    limit: { unit, value: limit },
    used: { unit, value: used },
    left: { unit: unit === 'instant' ? 'ms' : unit, value: left },
    until: { unit: 'instant', value: verdict.until },
    closesEntries: flag(verdict.closesEntries),
    bounded: flag(verdict.isBounded),
    ...verdict.readings,
  };
}

function ofAccount({ book, runs }: RiskState, decision: Decision): Record<string, Reading> {
  return {
    state: text(decision.state),
    allowed: { unit: 'money', value: decision.allowedLoss },
    binding: text(decision.binding ?? 'none'),
    contracts: { unit: 'count', value: decision.maxContracts },
    lockedUntil: { unit: 'instant', value: decision.until },
    B: { unit: 'money', value: book.figures.balance },
    U: { unit: 'money', value: book.figures.open },
    equity: { unit: 'money', value: book.figures.equity },
    dayPnL: { unit: 'money', value: closedToday(book) },
    day: text(book.today.day),
    runs: { unit: 'count', value: runs.length },
  };
}

export function textOf(reading: Reading): string {
  if (reading.unit === 'text') return reading.value;
  if (reading.value === null) return 'unknown';
  if (reading.unit === 'flag') return String(reading.value);
  return numberText(reading.unit, reading.value);
}

/** Exact, but for shares, which are compared to as many decimals as the vector writes. */
export function matches(expected: string | number | boolean | null, got: Reading): boolean {
  if (got.unit === 'text') return expected === got.value;
  if (got.value === null || expected === null) return got.value === expected;
  if (got.unit === 'flag' || typeof expected === 'boolean') return expected === got.value;
  return matchesNumber(String(expected), got.unit, got.value);
}

function matchesNumber(expected: string, unit: Unit, value: number): boolean {
  switch (unit) {
    case 'money':
      return scaledDecimal(expected, 4) === value;
    case 'lots':
      return sameLots(expected, value);
    case 'share':
      return sameShare(expected, value);
    case 'instant':
      return Date.parse(expected) === value;
    case 'count':
    case 'ms':
      return Number(expected) === value;
  }
}

/** "1.2" or "6/5" minis against 2,520ths. */
function sameLots(expected: string, value: number): boolean {
  const [top = '', bottom = '1', ...rest] = expected.split('/');
  const [written, divisor] = [scaledDecimal(top, 4), scaledDecimal(bottom, 0)];
  if (written === null || divisor === null || divisor < 1 || rest.length > 0) return false;
  return written * LOT === value * 10_000 * divisor;
}

/** "56.67%" against parts per million. */
function sameShare(expected: string, value: number): boolean {
  const decimals = /\.(\d+)%$/.exec(expected)?.[1]?.length ?? 0;
  const scale = 10 ** decimals;
  const written = scaledDecimal(expected.replace(/%$/, ''), decimals);
  return expected.endsWith('%') && written === Math.round((value * 100 * scale) / WHOLE);
}

function numberText(unit: Unit, value: number): string {
  switch (unit) {
    case 'money':
      return moneyText(value);
    case 'lots':
      return decimalText(Math.round((value * 10_000) / LOT), 4);
    case 'share':
      return shareText(value);
    case 'instant':
      return new Date(value).toISOString();
    case 'count':
    case 'ms':
      return String(value);
  }
}

function text(value: string): Reading {
  return { unit: 'text', value };
}

function flag(value: boolean): Reading {
  return { unit: 'flag', value };
}
