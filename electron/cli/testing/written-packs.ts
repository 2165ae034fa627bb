import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolder } from '../../store/testing/temp-folder.ts';

/** Writes rule packs into files of a folder that goes when the test ends; gives their paths. */
export function written(...texts: readonly string[]): readonly string[] {
  const folder = tempFolder();
  return texts.map((text, index) => {
    const file = join(folder, `pack-${index}.json`);
    writeFileSync(file, text);
    return file;
  });
}
