import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { NewsRelease } from '../../shared/domain/risk/event.ts';

/** The imported calendar. */
export interface KeptNews {
  readonly importedAt: EpochMs;
  /** In the order of time; never empty. */
  readonly releases: readonly NewsRelease[];
}

/** Where the calendar of releases is kept. */
export interface NewsPlace {
  /** Null: none was imported, or it cannot be read. The same object until another one is imported. */
  read(): KeptNews | null;
  /** Replaces the calendar in one step; the error is one sentence. */
  write(kept: KeptNews): Result<null, string>;
}

const Instant = z.int().transform((at) => at as EpochMs);
const Kept = z.strictObject({
  format: z.literal('enigma-news/1'),
  importedAt: Instant,
  releases: z
    .array(z.strictObject({ at: Instant, class: z.string().min(1), name: z.string().min(1) }))
    .min(1),
});

/** The calendar as a file of the data folder; a new import is seen while the desk runs. */
export class NewsFile implements NewsPlace {
  readonly #file: string;
  #changedAt: number | null = null;
  #kept: KeptNews | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  read(): KeptNews | null {
    const changedAt = statSync(this.#file, { throwIfNoEntry: false })?.mtimeMs ?? null;
    if (changedAt === this.#changedAt) return this.#kept;
    this.#changedAt = changedAt;
    this.#kept = changedAt === null ? null : keptIn(this.#file);
    return this.#kept;
  }

  write(kept: KeptNews): Result<null, string> {
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      const draft = `${this.#file}.draft`;
      const content: z.input<typeof Kept> = {
        ...{ format: 'enigma-news/1', importedAt: kept.importedAt },
        releases: [...kept.releases],
      };
      writeFileSync(draft, `${JSON.stringify(content)}\n`, { flush: true });
      renameSync(draft, this.#file);
      return ok(null);
    } catch (error) {
      return err(`The calendar could not be written: ${(error as Error).message}`);
    }
  }
}

function keptIn(file: string): KeptNews | null {
  try {
    const parsed = Kept.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    // A calendar that cannot be read is none: rules that need it are unknown.
    return null;
  }
}
