import type { Evidence } from './pack-file.ts';
import type { Template } from './template.ts';

/** Evidence of one value, with a remark where the sources disagree or something was inferred. */
export interface ValueEvidence extends Evidence {
  readonly note: string | null;
}

/** Where a value comes from: what is said of its path, else of a part that holds it, else of the whole template. */
export function evidenceOf(template: Template, path: string): ValueEvidence {
  let found: ValueEvidence = { ...template.evidence, note: null };
  const keys = path.split('.');
  for (let depth = 1; depth <= keys.length; depth += 1) {
    const said = template.evidenceFor[keys.slice(0, depth).join('.')];
    if (said === undefined) continue;
    found = {
      sources: said.sources ?? found.sources,
      verifiedOn: said.verifiedOn ?? found.verifiedOn,
      confidence: said.confidence ?? found.confidence,
      note: said.note ?? found.note,
    };
  }
  return found;
}
