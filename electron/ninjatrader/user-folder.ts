import type { PlatformPath } from 'node:path';
import type { Files } from './files.ts';
import { inspectFolder, type UserFolder } from './folder-inspection.ts';
import type { ShellFolder } from './shell-folder.ts';
import { userFolderCandidates, type Candidate } from './user-folder-candidates.ts';

/** A place that was looked at and does not count. */
export interface LookedIn extends Candidate {
  readonly why: string;
}

/** Where NinjaTrader keeps its files. With several, the likeliest first: the person decides. */
export type FoundFolders = {
  /** The person's earlier choice, when it is not there any more; null otherwise. */
  readonly lostChoice: LookedIn | null;
} & (
  | { readonly kind: 'one'; readonly folder: UserFolder; readonly others: readonly UserFolder[] }
  | { readonly kind: 'several'; readonly folders: readonly UserFolder[] }
  | { readonly kind: 'none'; readonly lookedIn: readonly LookedIn[] }
);

export interface FolderSearch {
  readonly files: Files;
  readonly path: PlatformPath;
  readonly shellFolder: ShellFolder;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Finds NinjaTrader's user folder. What the person chose before wins as long as it is there. */
export async function findUserFolder(
  search: FolderSearch,
  chosen: string | null,
): Promise<FoundFolders> {
  const { files, path, env } = search;
  const shellFolder = await search.shellFolder();
  const candidates: readonly Candidate[] = [
    ...(chosen === null ? [] : [{ path: chosen, source: 'chosen' as const }]),
    ...userFolderCandidates({ shellFolder, env }, path),
  ];
  const found: UserFolder[] = [];
  const lookedIn: LookedIn[] = [];
  for (const candidate of candidates) {
    const inspected = await inspectFolder(candidate, files, path);
    if (!inspected.ok) lookedIn.push({ ...candidate, why: inspected.error });
    else if (!found.some((one) => sameFolder(one, inspected.value))) found.push(inspected.value);
  }
  const lostChoice = lookedIn.find(({ source }) => source === 'chosen') ?? null;
  return { lostChoice, ...choose(found, lookedIn) };
}

function choose(
  found: readonly UserFolder[],
  lookedIn: readonly LookedIn[],
):
  | { readonly kind: 'one'; readonly folder: UserFolder; readonly others: readonly UserFolder[] }
  | { readonly kind: 'several'; readonly folders: readonly UserFolder[] }
  | { readonly kind: 'none'; readonly lookedIn: readonly LookedIn[] } {
  const ranked = found.toSorted(byLikelihood);
  const first = ranked.find(({ source }) => source === 'chosen') ?? ranked[0];
  if (first === undefined) return { kind: 'none', lookedIn };
  if (first.source !== 'chosen' && ranked.length > 1) return { kind: 'several', folders: ranked };
  return { kind: 'one', folder: first, others: ranked.filter((folder) => folder !== first) };
}

/** A folder that NinjaTrader has filled before an empty shell, then the one used last. */
function byLikelihood(left: UserFolder, right: UserFolder): number {
  return life(right) - life(left) || (right.usedAt ?? 0) - (left.usedAt ?? 0);
}

function life(folder: UserFolder): number {
  return Number(folder.hasAssembly) + Number(folder.hasDatabase);
}

function sameFolder(left: UserFolder, right: UserFolder): boolean {
  return left.realPath.toLowerCase() === right.realPath.toLowerCase();
}
