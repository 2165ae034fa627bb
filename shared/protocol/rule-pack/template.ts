import type { Evidence, EvidencePart, PackFile } from './pack-file.ts';
import type { Rules } from './rules.ts';

/** The rules of one account: firm, generation, product, stage, size and, where it matters, platform. */
export interface Template {
  /** The six parts joined by dots; the platform only where the pack tells platforms apart. */
  readonly id: string;
  readonly firm: string;
  readonly generation: string;
  readonly product: string;
  readonly stage: string;
  readonly size: string;
  readonly platform: string | null;
  /** For people: "Apex 4.0 50K intraday evaluation". */
  readonly name: string;
  readonly availability: 'sold' | 'retired' | 'unknown';
  readonly rules: Rules;
  readonly evidence: Evidence;
  /** What differs from `evidence`, by path of the value or of the part that holds it. */
  readonly evidenceFor: Readonly<Record<string, EvidencePart>>;
}

/** A firm's pack, read and complete. */
export interface RulePack {
  readonly firm: PackFile['firm'];
  readonly edition: string;
  readonly sources: PackFile['sources'];
  readonly templates: readonly Template[];
}
