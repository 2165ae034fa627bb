import type { Effect } from './rule-parts.ts';
import type { Rule, RuleKind, TradingWindowRule } from './rule.ts';

type Way = 'smaller' | 'larger';

/** Figures that may change in one way without the rule becoming looser. Every other change counts as looser. */
const TIGHTER: Partial<Record<RuleKind, Readonly<Record<string, Way>>>> = {
  'daily-loss': { 'limit.amount': 'smaller', 'limit.share': 'smaller' },
  'period-loss': { limit: 'smaller' },
  'give-back': { from: 'smaller', 'allowed.amount': 'smaller', 'allowed.share': 'smaller' },
  'day-profit-lock': { profit: 'smaller' },
  'trade-count': { max: 'smaller' },
  'loss-streak': { max: 'smaller', pause: 'larger' },
  'stop-required': { grace: 'smaller' },
  'contract-cap': { 'limit.lots': 'smaller', grace: 'smaller' },
  'correlated-exposure': { max: 'smaller' },
};

const RISING: readonly Effect[] = ['warn', 'refuse', 'lock', 'soft'];

/** What says nothing of how strict a rule is, or is compared apart. */
const APART: ReadonlySet<string> = new Set(['title', 'source', 'effect', 'spans']);

/** Whether a rule of the same id allows anything that the other does not. In doubt it does. */
export function isLooserRule(next: Rule, than: Rule): boolean {
  if (next.kind !== than.kind) return true;
  if (RISING.indexOf(next.effect) < RISING.indexOf(than.effect)) return true;
  if (next.kind === 'trading-window' && than.kind === 'trading-window' && opensMore(next, than)) {
    return true;
  }
  const [figures, before] = [figuresOf(next), figuresOf(than)];
  const ways = waysOf(next);
  return [...new Set([...figures.keys(), ...before.keys()])].some((path) =>
    isLooserFigure(figures.get(path), before.get(path), ways[path]),
  );
}

function waysOf(rule: Rule): Readonly<Record<string, Way>> {
  if (rule.kind !== 'circuit-breaker') return TIGHTER[rule.kind] ?? {};
  const isRate = rule.measure.kind === 'win-rate' || rule.measure.kind === 'signal-quality';
  return { 'measure.share': isRate ? 'larger' : 'smaller', pause: 'larger' };
}

function isLooserFigure(next: unknown, than: unknown, way: Way | undefined): boolean {
  if (next === than) return false;
  if (way === undefined || next === undefined || than === undefined) return true;
  // No end of a pause is the longest one.
  const [a, b] = [next ?? Infinity, than ?? Infinity];
  if (typeof a !== 'number' || typeof b !== 'number') return true;
  return way === 'smaller' ? a > b : a < b;
}

/** Every plain value of a rule by its path. */
function figuresOf(rule: Rule): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return void found.set(path, value);
    for (const [key, inner] of Object.entries(value)) {
      if (path === '' && APART.has(key)) continue;
      walk(inner, path === '' ? key : `${path}.${key}`);
    }
  };
  walk(rule, '');
  return found;
}

type Span = TradingWindowRule['spans'][number];

function opensMore(next: TradingWindowRule, than: TradingWindowRule): boolean {
  return next.spans.some((span) => !than.spans.some((wider) => lies(span, wider)));
}

/** Whether a span lies within another of the same shape: over midnight or not. */
function lies(inner: Span, outer: Span): boolean {
  const isNight = ({ from, to }: Span): boolean => from > to;
  return (
    isNight(inner) === isNight(outer) &&
    inner.from >= outer.from &&
    inner.to <= outer.to &&
    inner.weekdays.every((day) => outer.weekdays.includes(day))
  );
}
