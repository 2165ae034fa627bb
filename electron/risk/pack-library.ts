import {
  mergeOverrides,
  type MergedRules,
  type Override,
} from '../../shared/protocol/rule-pack/overrides.ts';
import type { RulePack, Template } from '../../shared/protocol/rule-pack/template.ts';
import { hasErrors } from '../../shared/protocol/rule-pack/read-pack.ts';
import { readOverrides } from './override-file.ts';
import { packFilesIn, readPackFile } from './pack-folder.ts';

/** A template with the trader's own values laid over it. */
export interface TemplateAtHand {
  readonly pack: RulePack;
  readonly template: Template;
  readonly merged: MergedRules;
}

export interface PackPlaces {
  /** Folder of the shipped packs. */
  readonly packs: string;
  /** The trader's own values; the file may be missing. */
  readonly overrides: string;
}

/** Everything that accounts can be judged by. Packs are read once, overrides whenever they are asked for. */
export class PackLibrary {
  readonly #places: PackPlaces;
  readonly #today: () => string;
  #packs: readonly RulePack[] | null = null;
  #flaws: readonly string[] = [];

  /** `today` as YYYY-MM-DD decides what is too old. */
  constructor(places: PackPlaces, today: () => string) {
    this.#places = places;
    this.#today = today;
  }

  today(): string {
    return this.#today();
  }

  /** The packs that can be used. */
  packs(): readonly RulePack[] {
    this.#packs ??= this.#read();
    return this.#packs;
  }

  /** What could not be used and why, in sentences. */
  problems(): readonly string[] {
    this.packs();
    const overrides = readOverrides(this.#places.overrides);
    if (overrides.ok) return this.#flaws;
    return [...this.#flaws, `Your own values cannot be read: ${overrides.error.detail}`];
  }

  find(id: string): TemplateAtHand | null {
    for (const pack of this.packs()) {
      const template = pack.templates.find((one) => one.id === id);
      if (template !== undefined) {
        return { pack, template, merged: mergeOverrides(template, this.overrides()) };
      }
    }
    return null;
  }

  overrides(): readonly Override[] {
    const read = readOverrides(this.#places.overrides);
    return read.ok ? read.value : [];
  }

  #read(): readonly RulePack[] {
    const files = packFilesIn(this.#places.packs);
    if (!files.ok) {
      this.#flaws = [`The rule packs cannot be read: ${files.error.detail}`];
      return [];
    }
    const flaws: string[] = [];
    const packs: RulePack[] = [];
    for (const file of files.value) {
      const read = readPackFile(file, this.#today());
      if (read.ok && read.value.pack !== null && !hasErrors(read.value)) {
        packs.push(read.value.pack);
      } else {
        const issue = read.ok ? read.value.issues.find(isError)?.sentence : read.error.detail;
        flaws.push(`${file} cannot be used: ${issue ?? 'it is not a pack'}`);
      }
    }
    this.#flaws = flaws;
    return packs;
  }
}

function isError({ severity }: { readonly severity: 'error' | 'warning' }): boolean {
  return severity === 'error';
}
