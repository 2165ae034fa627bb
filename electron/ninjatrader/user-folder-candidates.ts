import type { PlatformPath } from 'node:path';

export type CandidateSource = 'chosen' | 'shellFolder' | 'oneDrive' | 'profile' | 'public';

/** A place where NinjaTrader's user folder may be. */
export interface Candidate {
  readonly path: string;
  readonly source: CandidateSource;
}

export interface WhereToLook {
  /** The documents folder that Windows names; null when it names none. */
  readonly shellFolder: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const FOLDER = 'NinjaTrader 8';
const CLOUD_VARIABLES = ['OneDrive', 'OneDriveConsumer', 'OneDriveCommercial'];

/**
 * Every place worth a look, the likeliest first, each once. NinjaTrader asks Windows for the documents folder; the
 * others catch a redirection that was switched on or off after NinjaTrader had made its folder.
 */
export function userFolderCandidates(
  { shellFolder, env }: WhereToLook,
  path: PlatformPath,
): readonly Candidate[] {
  const shellName = shellFolder === null ? 'Documents' : path.basename(shellFolder);
  const names = ['Documents', shellName];
  const under = (base: string | undefined, source: CandidateSource): readonly Candidate[] =>
    base === undefined || base === ''
      ? []
      : names.map((name) => ({ path: path.join(base, name, FOLDER), source }));
  const profile = env['USERPROFILE'];
  const clouds = CLOUD_VARIABLES.map((name) => env[name]);
  if (profile !== undefined && profile !== '') clouds.push(path.join(profile, 'OneDrive'));
  const all = [
    ...(shellFolder === null
      ? []
      : [{ path: path.join(shellFolder, FOLDER), source: 'shellFolder' as const }]),
    ...clouds.flatMap((base) => under(base, 'oneDrive')),
    ...under(profile, 'profile'),
    ...under(env['PUBLIC'], 'public'),
  ];
  return distinct(all, path);
}

function distinct(all: readonly Candidate[], path: PlatformPath): readonly Candidate[] {
  const seen = new Set<string>();
  return all.filter((candidate) => {
    const key = path.normalize(candidate.path).toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
}
