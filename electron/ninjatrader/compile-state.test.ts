import { rmSync } from 'node:fs';
import { join, posix } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import { tempFolder } from '../store/testing/temp-folder.ts';
import { describeCompile } from './compile-words.ts';
import { inspectCompile, type CompileReport } from './compile-state.ts';
import { complaintsIn } from './compile-log.ts';
import { diskFiles } from './files.ts';
import { layoutOf, type Layout } from './layout.ts';
import { scanSources } from './source-scan.ts';
import { ninjaTraderTree, put } from './testing/documents-tree.ts';

const installedAt = Date.UTC(2026, 0, 5, 15, 0, 0);
const SECOND = 1_000;
const HOUR = 3_600_000;

let layout: Layout;
beforeEach(() => {
  layout = layoutOf(ninjaTraderTree(tempFolder(), installedAt - HOUR), posix);
});

/** Metadata as a compiler lays it down: names in UTF-8 between zeros, constants in UTF-16. */
function compile(at: number, className: string | null, version: string | null): void {
  const names = Buffer.from(`MZ\0SMA\0${className ?? ''}\0OnBarUpdate\0`, 'utf8');
  put(layout.assembly, Buffer.concat([names, Buffer.from(version ?? '', 'utf16le')]), at);
}

async function look(after: number): Promise<CompileReport> {
  return inspectCompile({
    layout,
    files: diskFiles,
    path: posix,
    addon: { version: '1.1.0', writtenAt: installedAt as EpochMs },
    scan: await scanSources(layout, diskFiles, posix),
    now: (installedAt + after) as EpochMs,
  });
}

describe("NinjaTrader's compile", () => {
  it('took the AddOn in when the assembly is younger and holds class and version', async () => {
    compile(installedAt + SECOND, 'EnigmaApexBridge', '1.1.0');
    expect(await look(HOUR)).toEqual({
      verdict: { state: 'compiled' },
      suspects: [],
      complaints: [],
      sawFailedAttempt: false,
    });
  });

  it.each([
    ['without the class', null, '1.1.0'],
    ['with a class whose name only begins alike', 'EnigmaApexBridgeTwo', '1.1.0'],
    ['with the class of another version', 'EnigmaApexBridge', '1.0.0'],
  ])('left it out when the assembly is younger and %s', async (_what, name, version) => {
    compile(installedAt + SECOND, name, version);
    expect((await look(HOUR)).verdict).toEqual({ state: 'leftOut' });
  });

  it.each([
    [0, 'waiting'],
    [119 * SECOND, 'waiting'],
    [121 * SECOND, 'notCompiled'],
    [HOUR, 'notCompiled'],
    [-HOUR, 'waiting'],
  ])('that is still due %i ms after the installation is %s', async (after, state) => {
    compile(installedAt - SECOND, 'EnigmaApexBridge', '1.0.0');
    expect((await look(after)).verdict).toEqual({ state, since: installedAt });
  });

  it('is unknown while there is no assembly, never "not compiled"', async () => {
    rmSync(layout.assembly);
    expect((await look(HOUR)).verdict).toEqual({ state: 'unknown' });
  });

  it('has nothing to say where no AddOn is installed', async () => {
    const scan = await scanSources(layout, diskFiles, posix);
    const now = installedAt as EpochMs;
    const nothing = { layout, files: diskFiles, path: posix, addon: null, scan, now };
    expect((await inspectCompile(nothing)).verdict).toEqual({ state: 'unknown' });
  });
});

describe('who stops the compile', () => {
  it('may be a script changed after the last good one; the latest comes first', async () => {
    put(join(layout.custom, 'Strategies', 'Old.cs'), 'class Old {}', installedAt - 2 * HOUR);
    put(join(layout.custom, 'Strategies', 'Broken.cs'), 'class Broken {', installedAt - SECOND);
    put(join(layout.custom, 'Indicators', 'Newer.cs'), 'class Newer {}', installedAt + SECOND);
    const report = await look(HOUR);
    expect(report.suspects).toEqual(['Indicators/Newer.cs', 'Strategies/Broken.cs']);
    expect(describeCompile(report).join(' ')).toContain('another script may stop it');
  });

  it("is named by NinjaTrader's log, without the rest of the line", async () => {
    const local = new Date(installedAt + 5 * SECOND);
    const stamp = (date: Date): string => {
      const two = (part: number): string => String(part).padStart(2, '0');
      const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
      return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}:123`;
    };
    const before = new Date(installedAt - HOUR);
    put(
      join(layout.logs, 'log.20260105.00000.txt'),
      [
        `${stamp(before)}|3|4|C:\\Custom\\Indicators\\Gone.cs(3,4): error CS0246`,
        '  and of the same entry: Gone2.cs CS0246',
        `${stamp(local)}|3|4|PA-APEX-123456-01 C:\\Docs\\bin\\Custom\\Strategies\\Big Loss.cs(12,7): error CS1002: ; expected`,
      ].join('\r\n'),
      installedAt + 6 * SECOND,
    );
    put(join(layout.traces, 'trace.20260104.00000.txt'), 'Elder.cs CS0101', installedAt - HOUR);
    const report = await look(HOUR);
    expect(report.complaints).toEqual([{ file: 'Big Loss.cs', error: 'CS1002' }]);
    expect(JSON.stringify(report) + describeCompile(report).join()).not.toContain('APEX');
  });

  it('is hinted at by an empty assembly in the tmp folder', async () => {
    put(join(layout.root, 'tmp', 'guid.dll'), '', installedAt + SECOND);
    expect((await look(HOUR)).sawFailedAttempt).toBe(true);
    put(join(layout.root, 'tmp', 'guid.dll'), 'MZ', installedAt + SECOND);
    expect((await look(HOUR)).sawFailedAttempt).toBe(false);
  });

  it.each([
    ['', []],
    ['Loading C:\\x\\NinjaTrader.Custom.dll...', []],
    ["'My Script.cs' error CS0101", [{ file: 'My Script.cs', error: 'CS0101' }]],
    [
      'One.cs(1,2): error CS1002\nTwo.cs: cs0103',
      [
        { file: 'One.cs', error: 'CS1002' },
        { file: 'Two.cs', error: 'CS0103' },
      ],
    ],
  ])('is read from the log text %j', (text, complaints) => {
    expect(complaintsIn(text)).toEqual(complaints);
  });
});

describe('a second copy of the AddOn', () => {
  it.each([
    [
      'under another name',
      'AddOns/EnigmaApexBridge (2).cs',
      'public class EnigmaApexBridge : X {}',
      true,
    ],
    ['in another folder', 'Indicators/Old/EnigmaApexBridge.cs', 'class  EnigmaApexBridge{}', true],
    ['in capitals', 'AddOns/BACKUP.CS', 'class EnigmaApexBridge {}', true],
    [
      'only in a comment',
      'AddOns/Notes.cs',
      '// class EnigmaApexBridge\n/* class EnigmaApexBridge */',
      false,
    ],
    ['with a longer name', 'AddOns/Other.cs', 'class EnigmaApexBridgeTwo {}', false],
    ['with another ending', 'AddOns/EnigmaApexBridge.cs.bak', 'class EnigmaApexBridge {}', false],
  ])('%s', async (_what, name, text, isCopy) => {
    put(layout.addonFile, 'class EnigmaApexBridge {}');
    put(join(layout.custom, name), text);
    const { sources, isComplete } = await scanSources(layout, diskFiles, posix);
    expect(isComplete).toBe(true);
    expect(sources.filter(({ definesAddon }) => definesAddon).map((source) => source.name)).toEqual(
      isCopy ? [name] : [],
    );
  });

  it('that cannot be looked for is not denied', async () => {
    put(join(layout.custom, ...'abcdefghij'.split(''), 'Deep.cs'), 'class EnigmaApexBridge {}');
    expect((await scanSources(layout, diskFiles, posix)).isComplete).toBe(false);
  });
});
