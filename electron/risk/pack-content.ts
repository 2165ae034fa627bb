import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { canonical } from '../../shared/protocol/rule-pack/canonical.ts';
import { Rules } from '../../shared/protocol/rule-pack/rules.ts';

/** SHA-256 in hex of rules as they hold, overrides included; equal rules have equal hashes whatever their order. */
export function contentOf(rules: Rules): string {
  return createHash('sha256').update(canonical(rules)).digest('hex');
}

export type ArchiveError =
  | { readonly code: 'NOT_KEPT' | 'DISK'; readonly detail: string }
  /** The file is not what its name says: damaged, or edited by hand. */
  | { readonly code: 'ALTERED'; readonly detail: string };

/** Where the rules of every epoch are found again. */
export interface RuleArchive {
  /** Keeps rules; the value is their hash. */
  keep(rules: Rules): Result<string, ArchiveError>;
  read(content: string): Result<Rules, ArchiveError>;
}

/** Keeps the rules of every epoch under their hash, so that an old day can be judged as it was judged then. */
export class PackArchive implements RuleArchive {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Writes the rules unless they are kept already; the value is their hash. */
  keep(rules: Rules): Result<string, ArchiveError> {
    const content = contentOf(rules);
    if (this.read(content).ok) return ok(content);
    try {
      mkdirSync(this.folder, { recursive: true });
      const draft = this.fileOf(`${content}.draft`);
      writeFileSync(draft, canonical(rules), { flush: true });
      renameSync(draft, this.fileOf(content));
      return ok(content);
    } catch (error) {
      return err({ code: 'DISK', detail: (error as Error).message });
    }
  }

  read(content: string): Result<Rules, ArchiveError> {
    let text: string;
    try {
      text = readFileSync(this.fileOf(content), 'utf8');
    } catch (error) {
      return err({ code: 'NOT_KEPT', detail: (error as Error).message });
    }
    const altered = { code: 'ALTERED', detail: `${content} holds other rules.` } as const;
    if (createHash('sha256').update(text).digest('hex') !== content) return err(altered);
    const parsed = Rules.safeParse(JSON.parse(text));
    return parsed.success ? ok(parsed.data) : err(altered);
  }

  private fileOf(name: string): string {
    return join(this.folder, `${name}.json`);
  }
}
