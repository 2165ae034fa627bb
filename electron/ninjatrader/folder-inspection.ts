import type { PlatformPath } from 'node:path';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { attempt, attemptIfPresent, reasonOf } from './file-failure.ts';
import type { FileFacts, Files } from './files.ts';
import { layoutOf, type Layout } from './layout.ts';
import type { Candidate } from './user-folder-candidates.ts';

export type FolderCaution = 'readOnly' | 'linked' | 'tooLong' | 'onlineOnly';

/** A user folder of NinjaTrader, with what speaks for and against it. */
export interface UserFolder extends Candidate {
  /** The folder that the path leads to in the end; two names of one folder agree here. */
  readonly realPath: string;
  readonly hasDatabase: boolean;
  readonly hasAssembly: boolean;
  /** When NinjaTrader last wrote one of the things that it writes on every run; null when there is none. */
  readonly usedAt: EpochMs | null;
  readonly cautions: readonly FolderCaution[];
}

/** Windows programs without a special manifest cannot open a path of 260 characters or more. */
const LONGEST_PATH = 259;
/** What the longest name that is written for a moment adds to that of the AddOn's file. */
const DRAFT_ROOM = 14;

/** Looks at one candidate; the error says why it does not count. */
export async function inspectFolder(
  candidate: Candidate,
  files: Files,
  path: PlatformPath,
): Promise<Result<UserFolder, string>> {
  const layout = layoutOf(candidate.path, path);
  const custom = await attemptIfPresent(() => files.facts(layout.custom, true));
  if (!custom.ok) return err(`it cannot be read: ${reasonOf(custom.error)}`);
  if (custom.value === null) return err('there is no bin\\Custom folder in it');
  if (custom.value.kind !== 'folder') return err('its bin\\Custom is not a folder');
  const real = await attempt(() => files.realPath(candidate.path));
  if (!real.ok) return err(`it cannot be read: ${reasonOf(real.error)}`);
  const signs = await signsOf(layout, files);
  return ok({
    ...candidate,
    realPath: real.value,
    hasDatabase: signs.database?.kind === 'folder',
    hasAssembly: signs.assembly?.kind === 'file',
    usedAt: signs.usedAt,
    cautions: await cautionsOf(layout, signs.assembly, files, path),
  });
}

interface Signs {
  readonly database: FileFacts | null;
  readonly assembly: FileFacts | null;
  readonly usedAt: EpochMs | null;
}

async function signsOf(layout: Layout, files: Files): Promise<Signs> {
  const look = (path: string): Promise<FileFacts | null> => factsOrNull(path, files);
  const [database, assembly, logs, traces] = await Promise.all(
    [layout.database, layout.assembly, layout.logs, layout.traces].map(look),
  );
  const times = [database, assembly, logs, traces].flatMap((facts) =>
    facts === null || facts === undefined ? [] : [facts.writtenAt],
  );
  return {
    database: database ?? null,
    assembly: assembly ?? null,
    usedAt: times.length === 0 ? null : (Math.max(...times) as EpochMs),
  };
}

async function cautionsOf(
  layout: Layout,
  assembly: FileFacts | null,
  files: Files,
  path: PlatformPath,
): Promise<readonly FolderCaution[]> {
  const cautions: FolderCaution[] = [];
  const addons = await factsOrNull(layout.addons, files);
  const target = addons === null ? layout.custom : layout.addons;
  if (!(await attempt(() => files.checkWritable(target))).ok) cautions.push('readOnly');
  const steps = [layout.root, path.dirname(layout.custom), layout.custom, layout.addons];
  const kinds = await Promise.all(steps.map((step) => factsOrNull(step, files, false)));
  if (kinds.some((facts) => facts?.kind === 'link')) cautions.push('linked');
  if (layout.addonFile.length + DRAFT_ROOM > LONGEST_PATH) cautions.push('tooLong');
  if (assembly?.isHollow === true) cautions.push('onlineOnly');
  return cautions;
}

/** Facts about what may be missing or forbidden: signs only, so their absence says enough. */
async function factsOrNull(path: string, files: Files, follow = true): Promise<FileFacts | null> {
  const facts = await attempt(() => files.facts(path, follow));
  return facts.ok ? facts.value : null;
}
