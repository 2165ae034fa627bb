import { evidenceOf } from '../evidence.ts';
import { caution, type PackIssue } from '../issue.ts';
import type { PackFile } from '../pack-file.ts';
import { leavesOf } from '../paths.ts';
import type { Template } from '../template.ts';

/** A page that was changed after somebody read it may say something else by now. */
export function checkPages(template: Template, sources: PackFile['sources']): readonly PackIssue[] {
  const found = new Map<string, string>();
  for (const path of leavesOf(template.rules).keys()) {
    if (path === 'notes') continue;
    const evidence = evidenceOf(template, path);
    for (const name of evidence.sources) {
      const pageDate = sources[name]?.pageDate;
      if (pageDate === undefined || pageDate <= evidence.verifiedOn || found.has(name)) continue;
      const sentence = `"${name}" is of ${pageDate} and was read on ${evidence.verifiedOn}, before that: ${path}.`;
      found.set(name, sentence);
    }
  }
  return [...found.values()].map((sentence) =>
    caution('PAGE_NEWER_THAN_READ', template.id, sentence),
  );
}
