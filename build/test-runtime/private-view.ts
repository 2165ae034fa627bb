import { statSync } from 'node:fs';
import { dirname } from 'node:path';

const OTHERS_MAY_PASS = 0o001;

/**
 * Wraps a command of root so that the given paths can be reached by every user, at the places where
 * they are, in this command's own view of the file system and nowhere else. A checkout below a
 * private folder (a home, a mktemp folder) needs it before another user can work there.
 */
export function inPrivateView(
  paths: readonly string[],
  command: readonly string[],
): readonly string[] {
  const closed = outermost(paths.flatMap((path) => closedAncestors(path)));
  if (closed.length === 0) return command;
  const covered = paths.filter((path) => closed.some((folder) => path.startsWith(`${folder}/`)));
  const script = [
    'set -e',
    'shelf=$(mktemp -d -p /tmp)',
    'mount -t tmpfs -o mode=755 tmpfs "$shelf"',
    ...covered.flatMap((path, n) => [
      `mkdir "$shelf/${n}"`,
      `mount --bind ${quoted(path)} "$shelf/${n}"`,
    ]),
    ...closed.map((folder) => `mount -t tmpfs -o mode=755 tmpfs ${quoted(folder)}`),
    ...covered.flatMap((path, n) => [
      `mkdir -p ${quoted(path)}`,
      `mount --bind "$shelf/${n}" ${quoted(path)}`,
    ]),
    'umount -l "$shelf"',
    'rmdir "$shelf"',
    'cd "$1"; shift',
    'exec "$@"',
  ].join('\n');
  const view = ['unshare', '--mount', '--propagation', 'private', '--', 'bash', '-c', script];
  return [...view, 'private-view', process.cwd(), ...command];
}

function closedAncestors(path: string): readonly string[] {
  const parent = dirname(path);
  if (parent === path) return [];
  const isClosed = (statSync(parent).mode & OTHERS_MAY_PASS) === 0;
  return [...closedAncestors(parent), ...(isClosed ? [parent] : [])];
}

function outermost(folders: readonly string[]): readonly string[] {
  const distinct = [...new Set(folders)];
  return distinct.filter(
    (folder) => !distinct.some((other) => other !== folder && folder.startsWith(`${other}/`)),
  );
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
