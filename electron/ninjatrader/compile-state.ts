import type { PlatformPath } from 'node:path';
import type { CompileState } from '../../shared/domain/addon/facts.ts';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import { findComplaints, type CompileComplaint } from './compile-log.ts';
import { readAssembly, type CompiledAssembly } from './compiled-assembly.ts';
import { attempt } from './file-failure.ts';
import type { Files } from './files.ts';
import type { Layout } from './layout.ts';
import type { SourceScan } from './source-scan.ts';

/** What can be seen from outside of NinjaTrader's compile. */
export interface CompileReport {
  readonly verdict: CompileState;
  /** Other scripts changed after the last good compile, the latest first: one of them may be broken. */
  readonly suspects: readonly string[];
  /** What NinjaTrader's logs name; a hint, no proof. */
  readonly complaints: readonly CompileComplaint[];
  /** NinjaTrader began a compile since and made nothing of it; a hint, no proof. */
  readonly sawFailedAttempt: boolean;
}

export interface CompileQuestion {
  readonly layout: Layout;
  readonly files: Files;
  readonly path: PlatformPath;
  /** The AddOn's file on the disk; null when there is none. */
  readonly addon: { readonly version: string | null; readonly writtenAt: EpochMs } | null;
  readonly scan: SourceScan;
  readonly now: EpochMs;
}

/** NinjaTrader's own watcher was seen to compile within half a minute; a person takes longer to press F5. */
const PATIENCE_MS = 120_000;
const MOST_SUSPECTS = 10;

/** Reads NinjaTrader's traces of its last compile. */
export async function inspectCompile(question: CompileQuestion): Promise<CompileReport> {
  const { layout, files, path, addon, scan, now } = question;
  const quiet = { suspects: [], complaints: [], sawFailedAttempt: false };
  if (addon === null) return { verdict: { state: 'unknown' }, ...quiet };
  const assembly = await readAssembly(layout, addon.version ?? '', files);
  const verdict = judge(addon.writtenAt, assembly, now);
  if (verdict.state === 'compiled') return { verdict, ...quiet };
  const compiledAt = assembly?.writtenAt ?? addon.writtenAt;
  return {
    verdict,
    suspects: suspectsSince(compiledAt, scan),
    complaints: await findComplaints(layout, addon.writtenAt, files, path),
    sawFailedAttempt: await hasFailedAttempt(layout, addon.writtenAt, files, path),
  };
}

function judge(writtenAt: EpochMs, assembly: CompiledAssembly | null, now: EpochMs): CompileState {
  if (assembly === null) return { state: 'unknown' };
  const isHeld = assembly.holdsAddon && assembly.mayHoldVersion;
  if (assembly.writtenAt >= writtenAt) return { state: isHeld ? 'compiled' : 'leftOut' };
  const isPatient = now - writtenAt < PATIENCE_MS;
  return { state: isPatient ? 'waiting' : 'notCompiled', since: writtenAt };
}

function suspectsSince(compiledAt: number, { sources }: SourceScan): readonly string[] {
  return sources
    .filter(({ writtenAt, definesAddon }) => writtenAt > compiledAt && !definesAddon)
    .toSorted((left, right) => right.writtenAt - left.writtenAt)
    .slice(0, MOST_SUSPECTS)
    .map(({ name }) => name);
}

/** A compile was seen to go into NinjaTrader's tmp folder first; one that failed leaves an empty file there. */
async function hasFailedAttempt(
  layout: Layout,
  since: number,
  files: Files,
  path: PlatformPath,
): Promise<boolean> {
  const folder = path.join(layout.root, 'tmp');
  const entries = await attempt(() => files.list(folder));
  for (const { name, kind } of entries.ok ? entries.value : []) {
    if (kind !== 'file' || !/\.dll$/i.test(name)) continue;
    const facts = await attempt(() => files.facts(path.join(folder, name)));
    if (facts.ok && facts.value.bytes === 0 && facts.value.writtenAt >= since) return true;
  }
  return false;
}
