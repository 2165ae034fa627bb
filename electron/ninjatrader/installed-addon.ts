import type { PresentAddon } from '../../shared/domain/addon/facts.ts';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { compareSource, definesAddon, type ShippedAddon } from './addon-source.ts';
import { attempt, attemptIfPresent, type FileFailure } from './file-failure.ts';
import type { Files } from './files.ts';
import type { Layout } from './layout.ts';

/** What lies where the AddOn belongs. */
export interface InstalledAddon {
  readonly bytes: Buffer;
  readonly writtenAt: EpochMs;
  readonly verdict: PresentAddon;
  /** The class is in it: it is an AddOn of ours, changed or not. */
  readonly isOurs: boolean;
}

/** `NOT_A_FILE`: a link or a folder lies in the AddOn's place, and nothing of ours put it there. */
export type InstalledFailure =
  FileFailure | { readonly code: 'NOT_A_FILE'; readonly detail: string };

/** Reads the AddOn's file; null when there is none. */
export async function readInstalled(
  layout: Layout,
  shipped: ShippedAddon,
  files: Files,
): Promise<Result<InstalledAddon | null, InstalledFailure>> {
  const facts = await attemptIfPresent(() => files.facts(layout.addonFile));
  if (!facts.ok) return facts;
  if (facts.value === null) return ok(null);
  const { kind, writtenAt } = facts.value;
  if (kind !== 'file') return err({ code: 'NOT_A_FILE', detail: kind });
  const bytes = await attempt(() => files.read(layout.addonFile));
  if (!bytes.ok) return bytes;
  const text = bytes.value.toString('utf8');
  const isOurs = definesAddon(text);
  return ok({
    bytes: bytes.value,
    writtenAt: writtenAt as EpochMs,
    verdict: compareSource(text, shipped),
    isOurs,
  });
}
