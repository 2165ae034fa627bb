import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { bytesForDisk, fingerprintOf, type ShippedAddon } from './addon-source.ts';
import { attempt, attemptIfPresent } from './file-failure.ts';
import { readInstalled, type InstalledAddon, type InstalledFailure } from './installed-addon.ts';
import { ADDON_CLASS, type Layout } from './layout.ts';
import {
  placeFile,
  readBack,
  removeDrafts,
  type PlacedFileTools,
  type PlaceFailure,
} from './placed-file.ts';

/** `NO_NINJATRADER`: bin\Custom is not there. `NEWER_PRESENT`, `NOT_OURS`: what is there was left alone. */
export type InstallFailure =
  | { readonly code: 'NO_NINJATRADER' | 'NEWER_PRESENT' | 'NOT_OURS'; readonly detail: string }
  | { readonly code: 'UNREADABLE'; readonly cause: InstalledFailure }
  | { readonly code: 'NOT_KEPT' | 'NOT_WRITTEN' | 'NOT_REMOVED'; readonly cause: PlaceFailure }
  /** Neither the new file nor the old one could be put in place again; the old one is in `backup`. */
  | { readonly code: 'TORN'; readonly cause: PlaceFailure; readonly backup: string | null };

export interface Installed {
  readonly outcome: 'installed' | 'updated' | 'alreadyCurrent';
  /** Where the file that stood there before is kept; null when there was none or it was the same. */
  readonly backup: string | null;
  /** The file that stood there before was the text of no release: somebody had changed it. */
  readonly replacedEdited: boolean;
}

export interface Removed {
  readonly outcome: 'removed' | 'wasAbsent';
  readonly backup: string | null;
}

/**
 * Puts the shipped AddOn into NinjaTrader's folder. On any failure the old state stands. A newer AddOn is
 * replaced only when asked for, because its protocol may be one that the app does not speak.
 */
export async function installAddon(
  layout: Layout,
  shipped: ShippedAddon,
  tools: PlacedFileTools,
  wish: { readonly replaceNewer: boolean },
): Promise<Result<Installed, InstallFailure>> {
  const place = await preparePlace(layout, tools);
  if (!place.ok) return place;
  const found = await readInstalled(layout, shipped, tools.files);
  if (!found.ok) return err({ code: 'UNREADABLE', cause: found.error });
  const old = found.value;
  if (old?.verdict.state === 'current') {
    return ok({ outcome: 'alreadyCurrent', backup: null, replacedEdited: false });
  }
  if (old?.verdict.state === 'newer' && !wish.replaceNewer) {
    return err({ code: 'NEWER_PRESENT', detail: old.verdict.version ?? '' });
  }
  const kept = await keepCopy(old, layout, tools);
  if (!kept.ok) return err({ code: 'NOT_KEPT', cause: kept.error });
  const written = await placeFile(layout.addonFile, bytesForDisk(shipped), tools);
  if (!written.ok) {
    const isIntact = await restore(old, layout, tools);
    if (isIntact) return err({ code: 'NOT_WRITTEN', cause: written.error });
    return err({ code: 'TORN', cause: written.error, backup: kept.value });
  }
  return ok({
    outcome: old === null ? 'installed' : 'updated',
    backup: kept.value,
    replacedEdited: old?.verdict.state === 'edited',
  });
}

/** Deletes the AddOn's file and nothing else. A changed one is kept as a copy; another program's is left alone. */
export async function removeAddon(
  layout: Layout,
  shipped: ShippedAddon,
  tools: PlacedFileTools,
): Promise<Result<Removed, InstallFailure>> {
  await removeDrafts(layout.addons, tools);
  const found = await readInstalled(layout, shipped, tools.files);
  if (!found.ok) return err({ code: 'UNREADABLE', cause: found.error });
  const old = found.value;
  if (old === null) return ok({ outcome: 'wasAbsent', backup: null });
  if (!old.isOurs) return err({ code: 'NOT_OURS', detail: layout.addonFile });
  const isReleased = old.verdict.state === 'current' || old.verdict.state === 'older';
  const kept = await keepCopy(isReleased ? null : old, layout, tools);
  if (!kept.ok) return err({ code: 'NOT_KEPT', cause: kept.error });
  const removed = await attempt(() => tools.files.remove(layout.addonFile));
  if (!removed.ok && removed.error.code !== 'GONE') {
    return err({ code: 'NOT_REMOVED', cause: removed.error });
  }
  return ok({ outcome: 'removed', backup: kept.value });
}

async function preparePlace(
  layout: Layout,
  tools: PlacedFileTools,
): Promise<Result<null, InstallFailure>> {
  const { files } = tools;
  const custom = await attemptIfPresent(() => files.facts(layout.custom, true));
  if (!custom.ok) return err({ code: 'UNREADABLE', cause: custom.error });
  if (custom.value?.kind !== 'folder') return err({ code: 'NO_NINJATRADER', detail: layout.root });
  const made = await attempt(() => files.makeFolder(layout.addons));
  if (!made.ok) return err({ code: 'NOT_WRITTEN', cause: made.error });
  await removeDrafts(layout.addons, tools);
  return ok(null);
}

/** Copies a file to where NinjaTrader does not compile. Named after its content, so that a repeat adds nothing. */
async function keepCopy(
  old: InstalledAddon | null,
  layout: Layout,
  { files, path, timers }: PlacedFileTools,
): Promise<Result<string | null, PlaceFailure>> {
  if (old === null) return ok(null);
  const version = (old.verdict.version ?? 'unknown').replace(/[^\w.]/g, '_');
  const mark = fingerprintOf(old.bytes.toString('latin1')).slice(0, 12);
  const copy = path.join(layout.backups, `${ADDON_CLASS}-${version}-${mark}.cs.bak`);
  if ((await readBack(copy, old.bytes, files)).ok) return ok(copy);
  const made = await attempt(() => files.makeFolder(layout.backups));
  if (!made.ok) return made;
  const placed = await placeFile(copy, old.bytes, { files, path, timers });
  return placed.ok ? ok(copy) : placed;
}

/** Makes the old state stand after a failure; false when that failed as well. */
async function restore(
  old: InstalledAddon | null,
  layout: Layout,
  tools: PlacedFileTools,
): Promise<boolean> {
  const { files } = tools;
  if (old === null) {
    const removed = await attemptIfPresent(() => files.remove(layout.addonFile));
    return removed.ok;
  }
  if ((await readBack(layout.addonFile, old.bytes, files)).ok) return true;
  return (await placeFile(layout.addonFile, old.bytes, tools)).ok;
}
