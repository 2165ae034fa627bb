import { join } from 'node:path';
import { packFilesIn, readPackFile, type PackAtHand } from '../pack-folder.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'resources', 'prop-firms');

/** The packs as they are shipped, read as on a day. */
export function shippedPacks(today: string): readonly PackAtHand[] {
  const files = packFilesIn(folder);
  if (!files.ok) throw new Error(files.error.detail);
  return files.value.map((file) => {
    const read = readPackFile(file, today);
    if (!read.ok) throw new Error(read.error.detail);
    return read.value;
  });
}
