import type { z } from 'zod';

export interface SchemaFlaw {
  readonly path: string;
  readonly sentence: string;
}

/** What a schema refused, each with its dotted path and a sentence. */
export function flawsOf(error: z.ZodError): readonly SchemaFlaw[] {
  return error.issues.flatMap((issue) =>
    deepest(issue, []).map(({ path, message }) => ({
      path: path.join('.'),
      sentence: `${message}.`,
    })),
  );
}

type Flaw = Pick<z.core.$ZodIssue, 'path' | 'message'>;

/** A union says only that nothing fits; the branch that came furthest says what the author meant and missed. */
function deepest(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): readonly Flaw[] {
  const path = [...above, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0)
    return [{ path, message: issue.message }];
  const branches = issue.errors.map((flaws) => flaws.flatMap((flaw) => deepest(flaw, path)));
  const depth = (flaws: readonly Flaw[]): number => Math.max(...flaws.map((f) => f.path.length));
  const furthest = Math.max(...branches.map(depth));
  if (furthest > path.length) return branches.find((flaws) => depth(flaws) === furthest) ?? [];
  const messages = branches.map((flaws) => flaws.map(({ message }) => message).join(', '));
  return [{ path, message: [...new Set(messages)].join(', or ') }];
}
