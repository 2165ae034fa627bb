import type { PlatformPath } from 'node:path';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import { definesAddon } from './addon-source.ts';
import { attempt } from './file-failure.ts';
import type { Files } from './files.ts';
import type { Layout } from './layout.ts';

/** A source file below bin\Custom that NinjaTrader compiles together with the AddOn. */
export interface SourceFile {
  /** Relative to bin\Custom. */
  readonly name: string;
  readonly writtenAt: EpochMs;
  readonly definesAddon: boolean;
}

export interface SourceScan {
  /** Without the AddOn's own file. */
  readonly sources: readonly SourceFile[];
  /** False when a folder or file could not be read, or there were too many to read them all. */
  readonly isComplete: boolean;
}

const MOST_FILES = 5_000;
const DEEPEST = 8;
const LARGEST_BYTES = 4_194_304;

/** Reads every source that is compiled with the AddOn, one at a time; links are not followed. */
export async function scanSources(
  layout: Layout,
  files: Files,
  path: PlatformPath,
): Promise<SourceScan> {
  const listed = await listSources(layout.custom, files, path);
  const own = layout.addonFile.toLowerCase();
  const others = listed.paths.filter((file) => file.toLowerCase() !== own);
  const sources: SourceFile[] = [];
  for (const file of others.slice(0, MOST_FILES)) {
    const source = await readSource(file, files);
    if (source !== null) sources.push({ name: path.relative(layout.custom, file), ...source });
  }
  return { sources, isComplete: listed.isComplete && sources.length === others.length };
}

async function listSources(
  root: string,
  files: Files,
  path: PlatformPath,
): Promise<{ readonly paths: readonly string[]; readonly isComplete: boolean }> {
  const paths: string[] = [];
  let isComplete = true;
  let folders = [root];
  for (let depth = 0; folders.length > 0 && depth < DEEPEST; depth += 1) {
    const below: string[] = [];
    for (const folder of folders) {
      const entries = await attempt(() => files.list(folder));
      if (!entries.ok) isComplete = false;
      for (const { name, kind } of entries.ok ? entries.value : []) {
        if (kind === 'folder') below.push(path.join(folder, name));
        if (kind === 'file' && /\.cs$/i.test(name)) paths.push(path.join(folder, name));
      }
    }
    folders = below;
  }
  return { paths, isComplete: isComplete && folders.length === 0 };
}

async function readSource(file: string, files: Files): Promise<Omit<SourceFile, 'name'> | null> {
  const facts = await attempt(() => files.facts(file));
  // A placeholder is left alone: reading it would download it.
  if (!facts.ok || facts.value.bytes > LARGEST_BYTES || facts.value.isHollow) return null;
  const content = await attempt(() => files.read(file));
  if (!content.ok) return null;
  return {
    writtenAt: facts.value.writtenAt as EpochMs,
    definesAddon: definesAddon(content.value.toString('utf8')),
  };
}
