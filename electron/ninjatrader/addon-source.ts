import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { PresentAddon } from '../../shared/domain/addon/facts.ts';
import { compareVersions } from '../../shared/domain/addon/version.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { attempt, reasonOf } from './file-failure.ts';
import type { Files } from './files.ts';
import { ADDON_CLASS } from './layout.ts';

const VERSION = /\binternal\s+const\s+string\s+Version\s*=\s*"([^"\r\n]{1,40})"\s*;/;
const DEFINITION = new RegExp(`\\bclass\\s+${ADDON_CLASS}\\b`);
const RELEASE_HASH = /^[0-9a-f]{64}$/;

/** The AddOn that came with the app, and the fingerprints of the ones that came before. */
export interface ShippedAddon {
  readonly version: string;
  readonly text: string;
  readonly fingerprint: string;
  /** Fingerprints of the texts of earlier releases. */
  readonly earlier: ReadonlySet<string>;
}

/** SHA-256 in hex over the text without byte order mark and with plain line feeds: editors change both. */
export function fingerprintOf(text: string): string {
  return createHash('sha256').update(plain(text)).digest('hex');
}

/** The version that an AddOn's source states; null when it states none. */
export function versionIn(text: string): string | null {
  return VERSION.exec(text)?.[1] ?? null;
}

/** Whether the source defines the AddOn's class; comments do not count. */
export function definesAddon(text: string): boolean {
  // Enough of C#: a text in quotes that holds the sign of a comment hides only what follows it in its line.
  return DEFINITION.test(text.replace(/\/\*.*?\*\//gs, ' ').replace(/\/\/[^\r\n]*/g, ' '));
}

/** The bytes that go to NinjaTrader's folder: Windows line ends, as in NinjaTrader's own files. */
export function bytesForDisk(addon: ShippedAddon): Buffer {
  return Buffer.from(plain(addon.text).replaceAll('\n', '\r\n'), 'utf8');
}

/** What a text found in the AddOn's place is, against the shipped one. */
export function compareSource(text: string, shipped: ShippedAddon): PresentAddon {
  const version = versionIn(text);
  const fingerprint = fingerprintOf(text);
  if (fingerprint === shipped.fingerprint) return { state: 'current', version };
  const order = version === null ? null : compareVersions(version, shipped.version);
  if (order !== null && order > 0) return { state: 'newer', version };
  return { state: shipped.earlier.has(fingerprint) ? 'older' : 'edited', version };
}

const Releases = z.strictObject({
  releases: z.array(
    z.strictObject({ version: z.string().min(1), fingerprint: z.string().regex(RELEASE_HASH) }),
  ),
});

/** Reads the AddOn and the list of its releases; the error is one sentence. */
export async function loadShippedAddon(
  files: Files,
  place: { readonly source: string; readonly releases: string },
): Promise<Result<ShippedAddon, string>> {
  const read = await attempt(async () => ({
    text: (await files.read(place.source)).toString('utf8'),
    list: (await files.read(place.releases)).toString('utf8'),
  }));
  if (!read.ok)
    return err(`The AddOn that came with the app cannot be read: ${reasonOf(read.error)}.`);
  const version = versionIn(read.value.text);
  if (version === null || compareVersions(version, version) === null) {
    return err('The AddOn that came with the app does not state its version.');
  }
  const releases = parseReleases(read.value.list);
  if (releases === null) return err("The list of the AddOn's releases cannot be read.");
  const { text } = read.value;
  const fingerprint = fingerprintOf(text);
  return ok({ version, text, fingerprint, earlier: releases });
}

function parseReleases(text: string): ReadonlySet<string> | null {
  try {
    const { releases } = Releases.parse(JSON.parse(text));
    return new Set(releases.map(({ fingerprint }) => fingerprint));
  } catch {
    // Not JSON or of another shape; the caller says so in its own words.
    return null;
  }
}

function plain(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
}
