import type { EpochMs } from '../../shared/kernel/clock.ts';
import { attempt } from './file-failure.ts';
import type { Files } from './files.ts';
import { ADDON_CLASS, type Layout } from './layout.ts';

/** What NinjaTrader made of all source at its last good compile. */
export interface CompiledAssembly {
  readonly writtenAt: EpochMs;
  /** The AddOn's class is in it. */
  readonly holdsAddon: boolean;
  /** A text with the version is in it. Another script may have the same one, so only its absence proves something. */
  readonly mayHoldVersion: boolean;
}

const LARGEST_BYTES = 134_217_728;

/** Reads the compiled assembly; null when it is not there (as for a moment during a compile) or cannot be read. */
export async function readAssembly(
  layout: Layout,
  version: string,
  files: Files,
): Promise<CompiledAssembly | null> {
  const facts = await attempt(() => files.facts(layout.assembly, true));
  if (!facts.ok || facts.value.isHollow || facts.value.bytes > LARGEST_BYTES) return null;
  const bytes = await attempt(() => files.read(layout.assembly));
  if (!bytes.ok) return null;
  return {
    writtenAt: facts.value.writtenAt as EpochMs,
    // ECMA-335 II.24.2: names of types are UTF-8 and end with a zero, and may be the tail of a longer name;
    // constants and texts are UTF-16.
    holdsAddon: bytes.value.includes(`${ADDON_CLASS}\0`, 0, 'utf8'),
    mayHoldVersion: bytes.value.includes(version, 0, 'utf16le'),
  };
}
