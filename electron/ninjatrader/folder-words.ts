import type { FolderCaution, UserFolder } from './folder-inspection.ts';
import type { CandidateSource } from './user-folder-candidates.ts';

const SOURCES: Readonly<Record<CandidateSource, string>> = {
  chosen: 'chosen by you',
  shellFolder: "Windows' documents folder",
  oneDrive: 'documents in OneDrive',
  profile: 'documents in your user folder',
  public: 'public documents',
};

const CAUTIONS: Readonly<Record<FolderCaution, string>> = {
  readOnly: 'it cannot be written to',
  linked: 'it is reached over a link to another place',
  tooLong: "its path is too long for Windows' limit of 259 characters",
  onlineOnly:
    'its files seem to be in the cloud only; choose "Always keep on this device" for it in OneDrive',
};

/** Where the folder was found and what to know about it, as a clause. */
export function describeFolder(folder: UserFolder): string {
  const life =
    folder.usedAt === null
      ? 'NinjaTrader has written nothing there yet'
      : `last used ${new Date(folder.usedAt).toISOString()}`;
  return [SOURCES[folder.source], life, ...folder.cautions.map((code) => CAUTIONS[code])].join(
    ', ',
  );
}
