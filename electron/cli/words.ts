import { parseArgs } from 'node:util';
import { z } from 'zod';
import { err, ok, type Result } from '../../shared/kernel/result.ts';

type Flags = Readonly<Record<string, z.ZodType>>;

export interface ParsedWords<F extends Flags> {
  readonly flags: { readonly [K in keyof F]: z.output<F[K]> };
  readonly rest: readonly string[];
}

/** Reads `--flag value` words against a schema per flag; the error is one sentence. */
export function parseWords<F extends Flags>(
  words: readonly string[],
  schemas: F,
): Result<ParsedWords<F>, string> {
  const names = Object.keys(schemas);
  const options = Object.fromEntries(
    names.map((name) => [dashed(name), { type: isSwitch(schemas[name]) ? 'boolean' : 'string' }]),
  ) as Record<string, { type: 'string' | 'boolean' }>;
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...words], options, strict: true, allowPositionals: true });
  } catch (error) {
    // parseArgs reports an unknown or half-given flag by throwing, with advice after the first sentence.
    const [sentence = ''] = (error as Error).message.split('. ');
    return err(sentence);
  }
  const given = Object.fromEntries(names.map((name) => [name, parsed.values[dashed(name)]]));
  const result = z.strictObject(schemas).safeParse(given);
  if (!result.success) {
    const [issue] = result.error.issues;
    const name = String(issue?.path[0] ?? '');
    if (given[name] === undefined) return err(`--${dashed(name)} is missing`);
    return err(`--${dashed(name)}: ${issue?.message ?? 'not understood'}`);
  }
  return ok({ flags: result.data as ParsedWords<F>['flags'], rest: parsed.positionals });
}

/** A flag without a value. */
export const toggle = z.boolean().default(false);

function isSwitch(schema: z.ZodType | undefined): boolean {
  return schema === toggle;
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
