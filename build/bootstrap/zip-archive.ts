import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const END_SIZE = 22;
const LONGEST_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;

export interface ZipEntry {
  readonly path: string;
  readonly isFolder: boolean;
  /** Unix permission bits; 0 when the archive was made elsewhere. */
  readonly mode: number;
  content(): Buffer;
}

/** Reads a zip file's entries one at a time, without holding the whole archive in memory. */
export function readZip(file: string, each: (entry: ZipEntry) => void): void {
  const handle = openSync(file, 'r');
  try {
    const directory = readDirectory(handle);
    for (let at = 0; at + 46 <= directory.length;) {
      if (directory.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error('zip: bad entry');
      each(entryAt(handle, directory, at));
      at += 46 + sum(directory, [at + 28, at + 30, at + 32]);
    }
  } finally {
    closeSync(handle);
  }
}

function readDirectory(handle: number): Buffer {
  const size = fstatSync(handle).size;
  const tail = readAt(handle, Math.max(0, size - END_SIZE - LONGEST_COMMENT), size);
  for (let at = tail.length - END_SIZE; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== END_OF_DIRECTORY) continue;
    const begin = tail.readUInt32LE(at + 16);
    return readAt(handle, begin, begin + tail.readUInt32LE(at + 12));
  }
  throw new Error('zip: no directory');
}

function entryAt(handle: number, directory: Buffer, at: number): ZipEntry {
  const method = directory.readUInt16LE(at + 10);
  const packedSize = directory.readUInt32LE(at + 20);
  const path = directory.toString('utf8', at + 46, at + 46 + directory.readUInt16LE(at + 28));
  const mode = (directory.readUInt32LE(at + 38) >>> 16) & 0o777;
  const header = directory.readUInt32LE(at + 42);
  return {
    path,
    isFolder: path.endsWith('/'),
    mode,
    content() {
      const local = readAt(handle, header, header + 30);
      const begin = header + 30 + sum(local, [26, 28]);
      return unpack(method, readAt(handle, begin, begin + packedSize));
    },
  };
}

function unpack(method: number, packed: Buffer): Buffer {
  if (method === STORED) return packed;
  if (method === DEFLATED) return inflateRawSync(packed);
  throw new Error(`zip: compression method ${method} is not supported`);
}

function readAt(handle: number, begin: number, end: number): Buffer {
  const buffer = Buffer.alloc(end - begin);
  if (readSync(handle, buffer, 0, buffer.length, begin) !== buffer.length) {
    throw new Error('zip: the file ends too early');
  }
  return buffer;
}

function sum(buffer: Buffer, offsets: readonly number[]): number {
  return offsets.reduce((total, offset) => total + buffer.readUInt16LE(offset), 0);
}
