import { z } from 'zod';
import { money, type Money } from '../../../shared/domain/money/money.ts';
import type { Buffer, Proposal } from '../../../shared/domain/risk/decision.ts';
import type { Opening } from '../../../shared/domain/risk/engine.ts';
import type { Rule, Rulebook } from '../../../shared/domain/risk/rule.ts';
import { err, ok, type Result } from '../../../shared/kernel/result.ts';
import { amount, dayClock, root } from '../../risk/written-rules/amounts.ts';
import { vectorEvent, type VectorEvent } from './vector-event.ts';
import { FUTURES_ROLL } from '../../risk/written-rules/rule-params.ts';
import { writtenRule } from '../../risk/written-rules/written-rule.ts';

/** What a line of a vector demands, by the figure's name. */
export type Expectation = Readonly<Record<string, string | number | boolean | null>>;

export interface Vector {
  readonly id: string;
  /** Root symbol whose exchange calendar finds the boundaries; null when the events name them. */
  readonly calendar: string | null;
  readonly rulebook: Rulebook;
  readonly opening: Opening;
  readonly buffer: Buffer;
  readonly proposal: Proposal | null;
  readonly events: readonly VectorEvent[];
  readonly expect: readonly Expectation[];
}

const amounts = z.record(z.string(), amount).default({});

const schema = z.strictObject({
  id: z.string().min(1),
  template: z.string().optional(),
  note: z.string().optional(),
  calendar: root.optional(),
  roll: dayClock.default(FUTURES_ROLL),
  rule: z.unknown().optional(),
  params: z.unknown().optional(),
  effect: z.unknown().optional(),
  rules: z.array(writtenRule).min(1).optional(),
  start: z
    .strictObject({
      B: amount.nullable().optional(),
      fresh: z.boolean().default(true),
      peaks: amounts,
      references: amounts,
      dayReference: amount.nullable().default(null),
    })
    .default({ fresh: true, peaks: {}, references: {}, dayReference: null }),
  buffer: z
    .strictObject({
      amount: amount.default(money(0)),
      ticks: z.number().int().min(0).default(0),
      openTickValue: amount.default(money(0)),
    })
    .default({ amount: money(0), ticks: 0, openTickValue: money(0) }),
  proposal: z
    .strictObject({
      root,
      stopTicks: z.number().int().min(1),
      tickValue: amount,
      fees: amount.default(money(0)),
    })
    .nullable()
    .default(null),
  events: z.array(vectorEvent).min(1),
  expect: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
});

/** Reads the text of a vector file: one vector or a list of them. The error names vector, event and field. */
export function readVectors(text: string): Result<readonly Vector[], readonly string[]> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return err([`not JSON: ${(error as Error).message}`]);
  }
  const list: readonly unknown[] = Array.isArray(data) ? data : [data];
  if (list.length === 0) return err(['there is no vector in it']);
  const vectors: Vector[] = [];
  const flaws: string[] = [];
  list.forEach((item, index) => {
    const read = readVector(item);
    const name = nameOf(item, index);
    if (read.ok) vectors.push(read.value);
    else flaws.push(...read.error.map((flaw) => `${name}: ${flaw}`));
  });
  const names = vectors.map(({ id }) => id);
  const twice = names.find((id, index) => names.indexOf(id) !== index);
  if (twice !== undefined) flaws.push(`vector ${twice}: the id occurs twice`);
  return flaws.length === 0 ? ok(vectors) : err(flaws);
}

function readVector(item: unknown): Result<Vector, readonly string[]> {
  const read = schema.safeParse(item);
  if (!read.success) return err(read.error.issues.map(flawOf));
  const given = read.data;
  const rules = rulesOf(given);
  if (!rules.ok) return rules;
  const { events, expect, start } = given;
  if (expect.length !== events.length) {
    return err([`expect: has ${expect.length} entries for ${events.length} events`]);
  }
  const late = events.findIndex((event, index) => event.at < (events[index - 1]?.at ?? event.at));
  if (late > 0) return err([`event ${late}, field t: lies before the event above it`]);
  const [first] = events;
  const balance = start.B === undefined ? startBalance(rules.value) : start.B;
  if (first === undefined || balance === undefined) {
    return err(['start.B: no rule names a start balance, so the vector has to']);
  }
  const { fresh, peaks, references, dayReference } = start;
  return ok({
    id: given.id,
    calendar: given.calendar ?? null,
    rulebook: { calendarRoot: given.calendar ?? 'ES', roll: given.roll, rules: rules.value },
    opening: { at: first.at, balance, isFresh: fresh, peaks, references, dayReference },
    buffer: given.buffer,
    proposal: given.proposal,
    events,
    expect,
  });
}

function rulesOf(given: z.output<typeof schema>): Result<readonly Rule[], readonly string[]> {
  if (given.rules !== undefined) {
    if (given.rule !== undefined) return err(['rule: give either rule or rules']);
    const ids = given.rules.map(({ id }) => id);
    const twice = ids.find((id, index) => ids.indexOf(id) !== index);
    return twice === undefined ? ok(given.rules) : err([`rules: the id ${twice} occurs twice`]);
  }
  const { rule, params, effect } = given;
  const one = writtenRule.safeParse(
    effect === undefined ? { rule, params } : { rule, params, effect },
  );
  return one.success ? ok([one.data]) : err(one.error.issues.map(flawOf));
}

function startBalance(rules: readonly Rule[]): Money | undefined {
  for (const rule of rules) if ('start' in rule) return rule.start;
  return undefined;
}

function flawOf({ path, message }: z.core.$ZodIssue): string {
  const [head, index, ...rest] = path;
  const field = (parts: readonly PropertyKey[]) => parts.map(String).join('.');
  if ((head === 'events' || head === 'expect') && typeof index === 'number') {
    const name = head === 'events' ? 'event' : 'expect';
    return rest.length === 0
      ? `${name} ${index}: ${message}`
      : `${name} ${index}, field ${field(rest)}: ${message}`;
  }
  return path.length === 0 ? message : `${field(path)}: ${message}`;
}

function nameOf(item: unknown, index: number): string {
  const id: unknown =
    typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined;
  return typeof id === 'string' ? `vector ${id}` : `vector at ${index}`;
}
