import { constants } from 'node:fs';
import {
  access,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  stat,
  unlink,
} from 'node:fs/promises';

export interface FileFacts {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly bytes: number;
  /** Last write, wall clock in epoch milliseconds. */
  readonly writtenAt: number;
  /** The file has a length and no bytes on this disk, as a cloud folder's placeholder has. */
  readonly isHollow: boolean;
}

export interface FolderEntry {
  readonly name: string;
  readonly kind: FileFacts['kind'];
}

/**
 * The disk as these services use it; every method fails with Node's own error. All of it is asynchronous, because a
 * virus scanner or a cloud folder can hold a call for seconds and the same process has to flatten meanwhile.
 */
export interface Files {
  /** What lies at the path; a link is followed only when asked. */
  facts(path: string, follow?: boolean): Promise<FileFacts>;
  read(path: string): Promise<Buffer>;
  /** The last bytes of a file that another program may be writing. */
  readTail(path: string, bytes: number): Promise<Buffer>;
  list(folder: string): Promise<readonly FolderEntry[]>;
  /** Writes a file that must not be there yet and waits until the disk has it. */
  writeNew(path: string, content: Uint8Array): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  makeFolder(path: string): Promise<void>;
  realPath(path: string): Promise<string>;
  /** Fails when the system already knows that nothing can be written; on Windows it seldom knows. */
  checkWritable(path: string): Promise<void>;
}

/** Below this size Windows keeps a file inside its directory record, where it takes no blocks of its own. */
const SMALLEST_HOLLOW = 4_096;

export const diskFiles: Files = {
  async facts(path, follow = false) {
    const found = await (follow ? stat(path) : lstat(path));
    return {
      kind: kindOf(found),
      bytes: found.size,
      writtenAt: Math.floor(found.mtimeMs),
      isHollow: found.isFile() && found.size > SMALLEST_HOLLOW && found.blocks === 0,
    };
  },
  read: (path) => readFile(path),
  async readTail(path, bytes) {
    const handle = await open(path, 'r');
    try {
      const { size } = await handle.stat();
      const length = Math.min(size, bytes);
      const { buffer, bytesRead } = await handle.read({
        buffer: Buffer.alloc(length),
        position: size - length,
      });
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  },
  async list(folder) {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) }));
  },
  async writeNew(path, content) {
    const handle = await open(path, 'wx');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  rename,
  remove: unlink,
  async makeFolder(path) {
    await mkdir(path, { recursive: true });
  },
  realPath: (path) => realpath(path),
  checkWritable: (path) => access(path, constants.W_OK),
};

function kindOf(found: {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}): FileFacts['kind'] {
  if (found.isFile()) return 'file';
  if (found.isDirectory()) return 'folder';
  return found.isSymbolicLink() ? 'link' : 'other';
}
