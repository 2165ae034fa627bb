const SOURCE_FOLDERS = new Set(['electron', 'renderer', 'shared', 'resources', 'build']);
const OTHER_FOLDERS = new Set(['docs', '.ci', '.github']);
const EMPTY_NAMES = /^(utils?|helpers?|managers?|common|misc)$/;
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;

/** What is wrong with the names and places of the tracked files. */
export function misplaced(files: readonly string[]): readonly string[] {
  return files.flatMap((file) => {
    const folders = file.split('/');
    const name = folders.pop() ?? '';
    const top = folders[0];
    if (top !== undefined && !SOURCE_FOLDERS.has(top) && !OTHER_FOLDERS.has(top)) {
      return [`${file}: ${top}/ is not one of the project's top-level folders`];
    }
    if (!/\.(ts|tsx|mjs|css|sql)$/.test(name)) return [];
    const words = [...folders, name.replace(/\..*$/, '')];
    const empty = words.find((word) => EMPTY_NAMES.test(word));
    if (empty !== undefined) return [`${file}: "${empty}" says nothing about what is in it`];
    const odd = [...folders, name].find((word) => !KEBAB.test(word) && !word.startsWith('.'));
    return odd === undefined ? [] : [`${file}: "${odd}" is not in kebab-case`];
  });
}
