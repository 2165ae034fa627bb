import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { FaultScript } from '../../shared/simulation/faults/fault-script.ts';

const timing = {
  atMs: z.number().min(0).default(0),
  on: z.enum(['start', 'flatten']).default('start'),
  forMs: z.number().min(0).nullable().default(null),
};
const probability = z.number().min(0).max(1);
const frame = {
  ...timing,
  direction: z.enum(['out', 'in', 'both']).default('out'),
  probability,
  types: z.array(z.string()).default([]),
};
const wait = { minMs: z.number().min(0), maxMs: z.number().min(0) };
const accounts = { ...timing, accounts: z.array(z.string()).default([]) };

/** One fault of a script; what is left out takes the default. */
export const FaultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['drop', 'duplicate', 'garbage']), ...frame }),
  z.strictObject({ kind: z.enum(['reorder', 'delay']), ...frame, ...wait }),
  z.strictObject({ kind: z.literal('halfOpen'), ...timing }),
  z.strictObject({
    kind: z.literal('rejectOrders'),
    ...accounts,
    probability: probability.default(1),
    only: z.enum(['any', 'closing']).default('any'),
    comment: z.string().default('Order rejected at the exchange.'),
  }),
  z.strictObject({
    kind: z.literal('partialFills'),
    ...accounts,
    contracts: z.int().min(1).default(1),
  }),
  z.strictObject({
    kind: z.literal('fillInFlight'),
    ...accounts,
    probability: probability.default(1),
  }),
  z.strictObject({ kind: z.enum(['cancelNeverConfirmed', 'ocoRace', 'zerosBurst']), ...accounts }),
  z.strictObject({
    kind: z.literal('lateBracket'),
    ...accounts,
    delayMs: z.number().min(0).default(2_000),
  }),
  z.strictObject({
    kind: z.literal('reenteringStrategy'),
    ...accounts,
    quantity: z.int().min(1).default(1),
    everyMs: z.number().min(10).default(500),
  }),
  z.strictObject({
    kind: z.literal('lyingPosition'),
    ...accounts,
    shows: z.union([z.literal('flat'), z.int()]).default('flat'),
  }),
  z.strictObject({
    kind: z.literal('accountDisconnected'),
    ...accounts,
    zeros: z.boolean().default(true),
  }),
  z.strictObject({
    kind: z.literal('pausedMarket'),
    ...timing,
    instrument: z.string().nullable().default(null),
  }),
  z.strictObject({ kind: z.literal('clockSkew'), ...timing, skewMs: z.number() }),
  z.strictObject({ kind: z.enum(['shuffledEvents', 'crash', 'linkDrop']), ...timing }),
]);

const FaultFile = z.strictObject({ v: z.literal(1), faults: z.array(FaultSchema) });

/** Reads a fault script; the error names the place in it. */
export function parseFaultScript(text: string): Result<FaultScript, string> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    // JSON.parse reports every mistake by throwing.
    return err((error as SyntaxError).message);
  }
  const parsed = FaultFile.safeParse(content);
  if (parsed.success) return ok({ faults: parsed.data.faults });
  const [issue] = parsed.error.issues;
  return err(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a fault script'}`);
}

export function readFaultFile(file: string): Result<FaultScript, string> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    // The system's message names the reason.
    return err(`${file}: ${(error as Error).message}`);
  }
  const script = parseFaultScript(text);
  return script.ok ? script : err(`${file}: ${script.error}`);
}
