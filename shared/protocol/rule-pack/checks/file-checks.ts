import { problem, caution, type PackIssue } from '../issue.ts';
import type { Layer, PackFile } from '../pack-file.ts';
import type { Template } from '../template.ts';

/** What can be wrong with a pack as a whole. */
export function checkFile(
  file: PackFile,
  templates: readonly Template[],
  today: string,
): readonly PackIssue[] {
  return [
    ...emptiness(file),
    ...sources(file),
    ...twins(templates),
    ...(file.edition > today
      ? [problem('DATE_IN_FUTURE', 'edition', `The edition ${file.edition} is not yet.`)]
      : []),
  ];
}

function emptiness({ firm, families }: PackFile): readonly PackIssue[] {
  if (firm.status === 'inactive')
    return families.length === 0
      ? []
      : [problem('INACTIVE_WITH_TEMPLATES', 'families', 'An inactive firm has no templates.')];
  if (families.length === 0)
    return [problem('NO_TEMPLATES', 'families', 'The firm is active but has no templates.')];
  return families.flatMap(({ sizes, platforms }, index) => {
    const isEmpty = Object.keys(sizes).length === 0 || platformCount(platforms) === 0;
    const where = `families.${index}.sizes`;
    return isEmpty ? [problem('SIZE_MISSING', where, 'The family has no size to be used in.')] : [];
  });
}

function platformCount(platforms: Readonly<Record<string, Layer>> | undefined): number {
  return platforms === undefined ? 1 : Object.keys(platforms).length;
}

function sources(file: PackFile): readonly PackIssue[] {
  const used = new Set(layersOf(file).flatMap(sourcesOf));
  const known = Object.keys(file.sources);
  const unknown = [...used].filter((name) => !known.includes(name));
  const unused = known.filter((name) => !used.has(name) && file.families.length > 0);
  return [
    ...unknown.map((name) =>
      problem('SOURCE_UNKNOWN', 'sources', `There is no source "${name}" in this pack.`),
    ),
    ...unused.map((name) =>
      caution('SOURCE_UNUSED', `sources.${name}`, 'No value rests on this source.'),
    ),
  ];
}

function layersOf(file: PackFile): readonly Layer[] {
  const ofFamilies = file.families.flatMap(({ rules, sizes, platforms }) => [
    rules,
    ...Object.values(sizes),
    ...Object.values(platforms ?? {}),
  ]);
  return [file.common ?? {}, ...Object.values(file.layers ?? {}), ...ofFamilies];
}

function sourcesOf({ evidence, evidenceFor }: Layer): readonly string[] {
  const differing = Object.values(evidenceFor ?? {}).flatMap((part) => part.sources ?? []);
  return [...(evidence?.sources ?? []), ...differing];
}

function twins(templates: readonly Template[]): readonly PackIssue[] {
  const seen = new Set<string>();
  return templates.flatMap(({ id }) => {
    if (seen.has(id)) return [problem('TEMPLATE_TWICE', id, 'Two families make this template.')];
    seen.add(id);
    return [];
  });
}
