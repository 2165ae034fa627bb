import { z } from 'zod';
import { err, ok, type Result } from '../../../shared/kernel/result.ts';
import type { OwnRule } from '../../../shared/domain/risk/own-rule.ts';
import type { DayClock, Effect } from '../../../shared/domain/risk/rule-parts.ts';
import type { Rule } from '../../../shared/domain/risk/rule.ts';
import { flawsOf } from '../../../shared/protocol/rule-pack/schema-flaws.ts';
import { writtenRule } from '../written-rules/written-rule.ts';

const MOST_RULES = 40;

const LATCHED: readonly Effect[] = ['lock', 'soft', 'warn'];
const SIZED: readonly Effect[] = ['refuse', 'soft', 'warn'];

/** The codes that a trader may use and what may follow from them, the usual first. Hours can only refuse. */
const EFFECTS: Readonly<Record<string, readonly Effect[]>> = {
  DLL: LATCHED,
  PERIOD: LATCHED,
  GIVEBACK: LATCHED,
  PROFITLOCK: LATCHED,
  TRADES: LATCHED,
  STREAK: LATCHED,
  STOP: LATCHED,
  BREAKER: LATCHED,
  CAP: SIZED,
  CORR: SIZED,
  HEDGE: SIZED,
  HOURS: ['refuse'],
};

/** Where the limit of a code is found among its parameters. */
const LIMITS: Readonly<Record<string, readonly string[]>> = {
  DLL: ['Lim', 'share'],
  PERIOD: ['Lim'],
  GIVEBACK: ['share', 'amount'],
  PROFITLOCK: ['profit'],
  TRADES: ['max'],
  CORR: ['max'],
  CAP: ['cap'],
  BREAKER: ['measure.share'],
};

const ownRule = z.strictObject({
  id: z.string().regex(/^own\.[a-z0-9-]{1,40}$/, 'expected an id such as "own.day-loss"'),
  title: z.string().trim().min(1).max(80),
  rule: z.string().refine((code) => Object.hasOwn(EFFECTS, code), {
    message: `expected one of ${Object.keys(EFFECTS).join(', ')}`,
  }),
  effect: z.string().optional(),
  params: z.record(z.string(), z.unknown()),
});

/** Reads a list of own rules, every one in full; the error is one sentence that names the rule and the field. */
export function readOwnRules(given: unknown, roll: DayClock): Result<readonly OwnRule[], string> {
  if (!Array.isArray(given)) return err('Expected a list of rules.');
  if (given.length > MOST_RULES) return err(`More than ${MOST_RULES} rules.`);
  const rules: OwnRule[] = [];
  for (const [index, one] of given.entries()) {
    const read = readOwnRule(one, roll);
    if (!read.ok) return err(`${nameOf(one, index)}: ${read.error}`);
    const { id } = read.value;
    if (rules.some((before) => before.id === id)) return err(`${id}: the id occurs twice.`);
    rules.push(read.value);
  }
  return ok(rules);
}

/** A rule for the engine. Its day is the firm's unless it names a clock of its own. */
export function ownRuleOf(text: OwnRule, roll: DayClock): Result<Rule, string> {
  const { id, title, rule: code, effect, params } = text;
  const given = { id, rule: code, effect, params: completed(code, params) };
  const read = writtenRule.safeParse(given);
  if (!read.success) return err(flawIn(read.error));
  const rule: Rule = {
    ...read.data,
    title,
    source: { name: 'own', checkedOn: null, confidence: 'high' },
  };
  const takesRoll = 'reset' in rule && rule.kind !== 'period-loss' && params['reset'] === undefined;
  return ok(takesRoll ? { ...rule, reset: roll } : rule);
}

function readOwnRule(given: unknown, roll: DayClock): Result<OwnRule, string> {
  const read = ownRule.safeParse(given);
  if (!read.success) return err(flawIn(read.error));
  const { rule: code, effect: wished, ...rest } = read.data;
  const allowed: readonly string[] = EFFECTS[code] ?? [];
  const [usual = ''] = allowed;
  const effect = wished ?? usual;
  if (!allowed.includes(effect)) return err(`effect: expected one of ${allowed.join(', ')}.`);
  const text = { ...rest, rule: code, effect };
  const rule = ownRuleOf(text, roll);
  if (!rule.ok) return rule;
  const flaw = flawOfLimit(rule.value, code, text.params);
  return flaw === null ? ok(text) : err(flaw);
}

/** Where a rule of a firm counts a profit from; a fixed limit of one's own needs none. */
function completed(code: string, params: OwnRule['params']): OwnRule['params'] {
  return code === 'DLL' && params['S'] === undefined ? { ...params, S: '0' } : params;
}

/** A limit of nothing would be broken for ever, and one by profit needs a start that own rules do not have. */
function flawOfLimit(rule: Rule, code: string, params: OwnRule['params']): string | null {
  if (rule.kind === 'daily-loss' || rule.kind === 'contract-cap') {
    const isPlain = ['fixed', 'share-of-reference'].includes(rule.limit.kind);
    if (!isPlain) return 'params: expected a limit that does not move with the profit.';
  }
  if (rule.kind === 'trading-window' && rule.spans.length === 0) return 'params.spans: is empty.';
  // The parameters were read already: what is given is a number, or a text that begins with one.
  const flawed = (LIMITS[code] ?? []).find((path) => {
    const given = valueAt(params, path);
    if (typeof given !== 'number' && typeof given !== 'string') return false;
    return Number.parseFloat(`${given}`) <= 0;
  });
  return flawed === undefined ? null : `params.${flawed}: expected more than zero.`;
}

function valueAt(params: OwnRule['params'], path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (found, key) =>
        typeof found === 'object' && found !== null
          ? Object.entries(found).find(([name]) => name === key)?.[1]
          : undefined,
      params,
    );
}

function nameOf(given: unknown, index: number): string {
  const id: unknown =
    typeof given === 'object' && given !== null && 'id' in given ? given.id : null;
  return typeof id === 'string' && id !== '' ? id : `rule ${index + 1}`;
}

function flawIn(error: z.ZodError): string {
  const [flaw] = flawsOf(error);
  if (flaw === undefined) return 'not understood.';
  return flaw.path === '' ? flaw.sentence : `${flaw.path}: ${flaw.sentence}`;
}
