import { checkFile } from './checks/file-checks.ts';
import { checkPages } from './checks/page-checks.ts';
import { checkTemplate } from './checks/template-checks.ts';
import { expand } from './expand.ts';
import { problem, type PackIssue } from './issue.ts';
import { PACK_FORMAT, PackFile } from './pack-file.ts';
import { flawsOf } from './schema-flaws.ts';
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
  if (!parsed.success) {
    const flaws = flawsOf(parsed.error);
    return { pack: null, issues: flaws.map((flaw) => problem('SCHEMA', flaw.path, flaw.sentence)) };
  }
  const file = parsed.data;
  const { templates, issues } = expand(file);
  const pack = { firm: file.firm, edition: file.edition, sources: file.sources, templates };
  return {
    pack,
    issues: [
      ...issues,
      ...checkFile(file, templates, today),
      ...templates.flatMap((template) => checkTemplate(template, today)),
      ...templates.flatMap((template) => checkPages(template, file.sources)),
    ],
  };
}

export function hasErrors({ issues }: PackReading): boolean {
  return issues.some(({ severity }) => severity === 'error');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // JSON.parse has no other way to say that the text is not JSON.
    return undefined;
  }
}
