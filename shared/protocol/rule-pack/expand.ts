import { problem, type PackIssue } from './issue.ts';
import {
  Evidence,
  type EvidencePart,
  type Family,
  type Layer,
  type PackFile,
} from './pack-file.ts';
import { overlay } from './paths.ts';
import { platformName } from './platform-names.ts';
import { Rules } from './rules.ts';
import { flawsOf } from './schema-flaws.ts';
import type { Template } from './template.ts';

export interface Expansion {
  readonly templates: readonly Template[];
  readonly issues: readonly PackIssue[];
}

/** Lays the layers of every family, size and platform over each other and checks that each comes out whole. */
export function expand(file: PackFile): Expansion {
  const templates: Template[] = [];
  const issues: PackIssue[] = [];
  file.families.forEach((family, index) => {
    for (const name of family.uses ?? []) {
      if (file.layers?.[name] !== undefined) continue;
      const where = `families.${index}.uses`;
      issues.push(problem('LAYER_UNKNOWN', where, `There is no layer "${name}" in this pack.`));
    }
    for (const [size, ofSize] of Object.entries(family.sizes)) {
      for (const [platform, ofPlatform] of platformsOf(family)) {
        const layers = [...layersOf(file, family), ofSize, ofPlatform];
        const made = complete(naming(file, family, size, platform), layers);
        if ('rules' in made) templates.push(made);
        else issues.push(...made.issues);
      }
    }
  });
  return { templates, issues };
}

type Naming = Omit<Template, 'rules' | 'evidence' | 'evidenceFor'>;

function complete(named: Naming, layers: readonly Layer[]): Template | Pick<Expansion, 'issues'> {
  let merged: Record<string, unknown> = {};
  let evidenceFor: Record<string, EvidencePart> = {};
  for (const { evidenceFor: differing = {}, ...layer } of layers) {
    merged = overlay(merged, joinNotes(merged, layer));
    evidenceFor = { ...evidenceFor, ...differing };
  }
  const { evidence, ...rest } = merged;
  const known = Evidence.safeParse(evidence);
  const rules = Rules.safeParse({ notes: [], displayOffset: 0, ...rest });
  if (known.success && rules.success)
    return { ...named, rules: rules.data, evidence: known.data, evidenceFor };
  const missing = known.success
    ? []
    : [problem('EVIDENCE_MISSING', named.id, 'Nothing says where the values come from, and when.')];
  const flaws = rules.success ? [] : flawsOf(rules.error);
  const incomplete = flaws.map(({ path, sentence }) =>
    problem('TEMPLATE_INCOMPLETE', `${named.id} ${path}`, sentence),
  );
  return { issues: [...missing, ...incomplete] };
}

/** Notes add up; every other list of a later layer replaces the earlier one. */
function joinNotes(below: Readonly<Record<string, unknown>>, layer: Layer): Layer {
  const earlier = below['notes'];
  if (!Array.isArray(earlier) || layer.notes === undefined) return layer;
  return { ...layer, notes: [...(earlier as string[]), ...layer.notes] };
}

function layersOf(file: PackFile, family: Family): readonly Layer[] {
  const used = (family.uses ?? []).map((name) => file.layers?.[name] ?? {});
  return [file.common ?? {}, ...used, family.rules];
}

function platformsOf({ platforms }: Family): readonly (readonly [string | null, Layer])[] {
  return platforms === undefined ? [[null, {}]] : Object.entries(platforms);
}

function naming(file: PackFile, family: Family, size: string, platform: string | null): Naming {
  const { generation, product, stage, availability } = family;
  const parts = [file.firm.id, generation, product, stage, size];
  const plain = `${file.firm.shortName} ${family.name.replace('{size}', sizeWords(size))}`;
  return {
    id: [...parts, ...(platform === null ? [] : [platform])].join('.'),
    firm: file.firm.id,
    generation,
    product,
    stage,
    size,
    platform,
    name: platform === null ? plain : `${plain} on ${platformName(platform)}`,
    availability,
  };
}

/** `2_5k` is 2.5K on a screen. */
function sizeWords(size: string): string {
  return size.replace('_', '.').replace(/k$/, 'K');
}
