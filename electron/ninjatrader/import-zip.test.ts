import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../store/testing/temp-folder.ts';
import { fingerprintOf, type ShippedAddon } from './addon-source.ts';
import { importZip } from './import-zip.ts';
import { addonText, put } from './testing/documents-tree.ts';

const text = addonText('1.2.0', '/* '.padEnd(3_000, 'x') + ' */');
const addon: ShippedAddon = {
  version: '1.2.0',
  text,
  fingerprint: fingerprintOf(text),
  earlier: new Set(),
};

interface Entry {
  readonly name: string;
  readonly system: number;
  readonly method: number;
  readonly flags: number;
  readonly stamp: number;
  readonly content: Buffer;
}

/** A reader of its own, byte by byte after the format's description, that shares nothing with the writer. */
function entriesOf(zip: Buffer): readonly Entry[] {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  return Array.from({ length: count }, () => {
    expect(zip.toString('latin1', at, at + 4)).toBe('PK\x01\x02');
    const nameLength = zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const found = {
      name: zip.toString('latin1', at + 46, at + 46 + nameLength),
      system: zip.readUInt8(at + 5),
      flags: zip.readUInt16LE(at + 8),
      method: zip.readUInt16LE(at + 10),
      stamp: zip.readUInt32LE(at + 12),
      content: inflateRawSync(zip.subarray(begin, begin + zip.readUInt32LE(at + 20))),
    };
    expect(zip.toString('latin1', local + 30, local + 30 + nameLength)).toBe(found.name);
    expect(found.content).toHaveLength(zip.readUInt32LE(at + 24));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    return found;
  });
}

describe('the archive for NinjaTrader to import', () => {
  const entries = entriesOf(Buffer.from(importZip(addon)));

  it('holds the info file and the source under a backslash, deflated, as from a FAT system', () => {
    expect(entries.map(({ name }) => name)).toEqual(['Info.xml', 'AddOns\\EnigmaApexBridge.cs']);
    for (const { system, method, flags } of entries)
      expect([system, method, flags]).toEqual([0, 8, 0]);
  });

  it('carries the source with the line ends of Windows and nothing else changed', () => {
    const source = entries[1]!.content.toString('utf8');
    expect(source).toBe(text.replaceAll('\n', '\r\n'));
    expect(source).not.toContain('\uFEFF');
  });

  it('carries an info file with a byte order mark, CRLF and a low version', () => {
    const info = entries[0]!.content;
    expect([...info.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = info.toString('utf8').slice(1).split('\r\n');
    expect(lines.join('')).not.toContain('\n');
    expect(lines.map((line) => line.trim()).join('')).toBe(
      '<?xml version="1.0" encoding="utf-8"?><NinjaTrader><Export><Version>8.0.23.0</Version><Agile>None</Agile></Export></NinjaTrader>',
    );
  });

  it('is the same in every time zone', () => {
    const zone = process.env['TZ'];
    try {
      const made = ['UTC', 'America/Chicago', 'Pacific/Apia'].map((name) => {
        process.env['TZ'] = name;
        return Buffer.from(importZip(addon)).toString('hex');
      });
      expect(new Set(made).size).toBe(1);
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
    // 2020-01-01 12:00:00 in the format's own notation, whose years begin in 1980.
    for (const { stamp } of entries)
      expect(stamp).toBe(((40 << 9) | (1 << 5) | 1) * 65_536 + (12 << 11));
  });

  it('passes the check of another program where one is installed', () => {
    const file = put(join(tempFolder(), 'addon.zip'), importZip(addon));
    const tools: readonly (readonly [string, readonly string[]])[] = [
      ['unzip', ['-t', file]],
      ['python3', ['-m', 'zipfile', '-t', file]],
    ];
    for (const [tool, words] of tools) {
      try {
        execFileSync(tool, words, { stdio: 'pipe' });
      } catch (error) {
        // Only the absence of the tool is allowed; a complaint about the archive is not.
        expect((error as { code?: unknown }).code).toBe('ENOENT');
      }
    }
  });
});
