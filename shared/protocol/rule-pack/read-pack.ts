import type { z } from 'zod';
import { checkFile } from './checks/file-checks.ts';
import { checkTemplate } from './checks/template-checks.ts';
import { expand } from './expand.ts';
import { problem, type PackIssue } from './issue.ts';
import { PACK_FORMAT, PackFile } from './pack-file.ts';
import type { RulePack } from './template.ts';

/** A pack as far as it could be read. It may be used only when no issue is an error. */
export interface PackReading {
  /** Null when there is no telling what the file holds. */
  readonly pack: RulePack | null;
  readonly issues: readonly PackIssue[];
}

/**
 * Reads the text of a pack and looks for everything that is wrong with it; total over any text.
 * `today` as YYYY-MM-DD decides what is too old.
 */
export function readPack(text: string, today: string): PackReading {
  const value = parseJson(text);
  if (value === undefined)
    return { pack: null, issues: [problem('NOT_JSON', '', 'This is not JSON.')] };
  const { format } = (value ?? {}) as { format?: unknown };
  if (typeof format === 'number' && format !== PACK_FORMAT) {
    const sentence = `This reader knows format ${PACK_FORMAT}, the pack has ${format}.`;
    return { pack: null, issues: [problem('FORMAT_UNKNOWN', 'format', sentence)] };
  }
  const parsed = PackFile.safeParse(value);
  if (!parsed.success) return { pack: null, issues: schemaIssues(parsed.error) };
  const file = parsed.data;
  const { templates, issues } = expand(file);
  const pack = { firm: file.firm, edition: file.edition, sources: file.sources, templates };
  return {
    pack,
    issues: [
      ...issues,
      ...checkFile(file, templates, today),
      ...templates.flatMap((template) => checkTemplate(template, today)),
    ],
  };
}

export function hasErrors({ issues }: PackReading): boolean {
  return issues.some(({ severity }) => severity === 'error');
}

function schemaIssues(error: z.ZodError): readonly PackIssue[] {
  return error.issues.flatMap((issue) =>
    deepest(issue, []).map(({ path, message }) => problem('SCHEMA', path.join('.'), `${message}.`)),
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // JSON.parse has no other way to say that the text is not JSON.
    return undefined;
  }
}
