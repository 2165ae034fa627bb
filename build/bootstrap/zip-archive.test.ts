import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readZip } from './zip-archive.ts';

interface Member {
  readonly path: string;
  readonly content: string;
  readonly mode: number;
  readonly deflated: boolean;
}

let file: string;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zip-'));
  file = join(folder, 'sample.zip');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes the fields of a zip header: [offset, size, value] each, in a buffer of the given length. */
function header(length: number, fields: readonly (readonly [number, 2 | 4, number])[]): Buffer {
  const buffer = Buffer.alloc(length);
  for (const [at, size, value] of fields) {
    if (size === 2) buffer.writeUInt16LE(value, at);
    else buffer.writeUInt32LE(value >>> 0, at);
  }
  return buffer;
}

function zip(members: readonly Member[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { path, content, mode, deflated } of members) {
    const packed = deflated ? deflateRawSync(content) : Buffer.from(content);
    const method = deflated ? 8 : 0;
    const local = header(30, [
      [0, 4, 0x04034b50],
      [8, 2, method],
      [18, 4, packed.length],
      [26, 2, path.length],
    ]);
    const body = Buffer.concat([local, Buffer.from(path), packed]);
    const entry = header(46, [
      [0, 4, 0x02014b50],
      [10, 2, method],
      [20, 4, packed.length],
      [28, 2, path.length],
      [38, 4, mode << 16],
      [42, 4, at],
    ]);
    bodies.push(body);
    directory.push(entry, Buffer.from(path));
    at += body.length;
  }
  const listing = Buffer.concat(directory);
  const end = header(22, [
    [0, 4, 0x06054b50],
    [12, 4, listing.length],
    [16, 4, at],
  ]);
  return Buffer.concat([...bodies, listing, end]);
}

it('reads stored and deflated entries with their permissions', () => {
  writeFileSync(
    file,
    zip([
      { path: 'app/', content: '', mode: 0o40755, deflated: false },
      { path: 'app/run', content: 'stored bytes', mode: 0o100755, deflated: false },
      { path: 'app/data', content: 'deflated '.repeat(50), mode: 0o100644, deflated: true },
    ]),
  );
  const seen: unknown[] = [];
  readZip(file, (entry) => {
    seen.push([
      entry.path,
      entry.isFolder,
      entry.mode,
      entry.isFolder ? '' : entry.content().toString(),
    ]);
  });
  expect(seen).toEqual([
    ['app/', true, 0o755, ''],
    ['app/run', false, 0o755, 'stored bytes'],
    ['app/data', false, 0o644, 'deflated '.repeat(50)],
  ]);
});

it('refuses a file that is no zip, or ends too early', () => {
  writeFileSync(file, 'x'.repeat(100));
  expect(() => readZip(file, () => undefined)).toThrow(/zip/);
  const whole = zip([{ path: 'a', content: 'b', mode: 0, deflated: false }]);
  writeFileSync(file, whole.subarray(0, whole.length - 4));
  expect(() => readZip(file, () => undefined)).toThrow(/zip/);
});
