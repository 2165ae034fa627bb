import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Result } from '../../shared/kernel/result.ts';
import { tempFolder } from '../store/testing/temp-folder.ts';
import { bytesForDisk } from './addon-source.ts';
import { diskFiles, type Files } from './files.ts';
import { installAddon, removeAddon, type Installed, type InstallFailure } from './install.ts';
import { describeInstalled, describeInstallFailure, describeRemoved } from './install-words.ts';
import { layoutOf, type Layout } from './layout.ts';
import { earlierText, shippedAddon, toolsOver } from './testing/addon-samples.ts';
import { addonText, ninjaTraderTree, put } from './testing/documents-tree.ts';

let layout: Layout;
beforeEach(() => {
  layout = layoutOf(ninjaTraderTree(join(tempFolder(), 'Documents')), posix);
});

const fresh = bytesForDisk(shippedAddon);
const install = (files: Files = diskFiles, replaceNewer = false) =>
  installAddon(layout, shippedAddon, toolsOver(files), { replaceNewer });
const remove = (files: Files = diskFiles) => removeAddon(layout, shippedAddon, toolsOver(files));

function done<T>(result: Result<T, InstallFailure>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

function failed(result: Result<unknown, InstallFailure>): InstallFailure {
  if (result.ok) throw new Error('it succeeded');
  return result.error;
}

/** Every file below the user folder and its content. */
function picture(folder = layout.root): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    files
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file, readFileSync(file, 'latin1')]),
  );
}

describe('installing the AddOn', () => {
  it('writes it with the line ends of Windows, and nothing else', async () => {
    const before = picture();
    const written: string[] = [];
    const files: Files = {
      ...diskFiles,
      writeNew: (path, content) => {
        written.push(path);
        return diskFiles.writeNew(path, content);
      },
    };
    expect(done(await install(files))).toEqual({
      outcome: 'installed',
      backup: null,
      replacedEdited: false,
    });
    expect(picture()).toEqual({ ...before, [layout.addonFile]: fresh.toString('latin1') });
    // NinjaTrader's watcher must never see a second source, not even for a moment.
    expect(written).toHaveLength(1);
    expect(written.filter((path) => path.endsWith('.cs'))).toEqual([]);
  });

  it('makes the AddOns folder where NinjaTrader has none yet', async () => {
    rmSync(layout.addons, { recursive: true });
    expect(done(await install()).outcome).toBe('installed');
  });

  it('twice changes nothing the second time', async () => {
    await install();
    const before = picture();
    expect(done(await install()).outcome).toBe('alreadyCurrent');
    expect(picture()).toEqual(before);
  });

  it.each([
    ['plain line feeds', shippedAddon.text],
    ['a byte order mark', `\uFEFF${shippedAddon.text.replaceAll('\n', '\r\n')}`],
  ])(
    'leaves the same text with %s alone, because a write would make NinjaTrader compile',
    async (_what, text) => {
      put(layout.addonFile, text);
      expect(done(await install()).outcome).toBe('alreadyCurrent');
      expect(readFileSync(layout.addonFile, 'utf8')).toBe(text);
    },
  );

  it.each([
    ['an earlier release', earlierText, false],
    ['an earlier release with other line ends', earlierText.replaceAll('\n', '\r\n'), false],
    ['a changed file', addonText('1.1.0', 'int mine;'), true],
    ['a changed earlier file', addonText('1.0.0', 'int mine;'), true],
    ['a file without a version', '// something else', true],
  ])('over %s keeps a copy far from the compiler', async (_what, text, replacedEdited) => {
    put(layout.addonFile, text);
    const result = done(await install());
    expect(result).toMatchObject({ outcome: 'updated', replacedEdited });
    const backup = result.backup ?? '';
    expect(readFileSync(backup, 'utf8')).toBe(text);
    expect(backup.startsWith(layout.custom)).toBe(false);
    expect(backup.endsWith('.cs')).toBe(false);
    expect(readFileSync(layout.addonFile)).toEqual(fresh);
  });

  it('keeps one copy of one text, however often it is replaced', async () => {
    for (let round = 0; round < 3; round += 1) {
      writeFileSync(layout.addonFile, earlierText);
      await install();
    }
    expect(readdirSync(layout.backups)).toHaveLength(1);
  });

  it('leaves a newer AddOn alone unless told to replace it', async () => {
    const text = addonText('2.0.0');
    put(layout.addonFile, text);
    expect(failed(await install())).toEqual({ code: 'NEWER_PRESENT', detail: '2.0.0' });
    expect(readFileSync(layout.addonFile, 'utf8')).toBe(text);
    expect(done(await install(diskFiles, true)).outcome).toBe('updated');
  });

  it('clears away the drafts of an interrupted installation and no other file', async () => {
    put(join(layout.addons, 'EnigmaApexBridge.0badcafe.new'), 'half');
    put(join(layout.addons, 'Other.new'), 'of somebody else');
    await install();
    expect(readdirSync(layout.addons).sort()).toEqual(
      ['@AddOns.cs', 'EnigmaApexBridge.cs', 'Other.new'].sort(),
    );
  });

  it('refuses a folder that is not of NinjaTrader', async () => {
    rmSync(layout.custom, { recursive: true });
    const failure = failed(await install());
    expect(failure.code).toBe('NO_NINJATRADER');
    expect(existsSync(layout.custom)).toBe(false);
  });

  it.each([
    [
      'a link',
      () => symlinkSync(put(join(dirname(layout.root), 'mine.cs'), 'x'), layout.addonFile),
    ],
    ['a folder', () => mkdirSync(layout.addonFile)],
  ])('refuses to replace %s', async (_what, lay) => {
    lay();
    const failure = failed(await install());
    expect(failure).toMatchObject({ code: 'UNREADABLE', cause: { code: 'NOT_A_FILE' } });
    expect(describeInstallFailure(failure)).toContain('instead of a file');
  });
});

describe('removing the AddOn', () => {
  it('deletes its file only', async () => {
    const before = picture();
    await install();
    put(join(layout.ownFolder, 'guard.json'), 'signed');
    expect(done(await remove())).toEqual({ outcome: 'removed', backup: null });
    expect(picture()).toEqual({ ...before, [join(layout.ownFolder, 'guard.json')]: 'signed' });
  });

  it('that is not there is no failure', async () => {
    expect(done(await remove()).outcome).toBe('wasAbsent');
  });

  it('keeps a copy of a changed one', async () => {
    const text = addonText('1.1.0', 'int mine;');
    put(layout.addonFile, text);
    const { backup } = done(await remove());
    expect(readFileSync(backup ?? '', 'utf8')).toBe(text);
    expect(existsSync(layout.addonFile)).toBe(false);
  });

  it('leaves a file alone that is not the AddOn', async () => {
    put(layout.addonFile, '// class EnigmaApexBridge was here');
    expect(failed(await remove()).code).toBe('NOT_OURS');
    expect(existsSync(layout.addonFile)).toBe(true);
  });

  it.each(['EBUSY', 'EPERM', 'EROFS'])(
    'that the disk refuses with %s leaves it standing',
    async (code) => {
      await install();
      const files: Files = {
        ...diskFiles,
        remove: () => Promise.reject(Object.assign(new Error(code), { code })),
      };
      const failure = failed(await remove(files));
      expect(failure.code).toBe('NOT_REMOVED');
      expect(describeInstallFailure(failure)).toContain(code);
      expect(readFileSync(layout.addonFile)).toEqual(fresh);
    },
  );
});

describe('what was done is told', () => {
  const left = { ownFolder: '/own', pairingFile: '/pairing.json' };

  it.each<[Installed, readonly string[]]>([
    [{ outcome: 'installed', backup: null, replacedEdited: false }, ['is installed', 'F5']],
    [{ outcome: 'updated', backup: '/b', replacedEdited: true }, ['changed by hand', '/b', 'F5']],
    [{ outcome: 'alreadyCurrent', backup: null, replacedEdited: false }, ['already']],
  ])('of an installation: %j', (outcome, words) => {
    const told = describeInstalled(outcome, '1.1.0').join(' ');
    for (const word of words) expect(told).toContain(word);
  });

  it('of a removal: what stays, and that NinjaTrader still runs it', () => {
    const told = describeRemoved({ outcome: 'removed', backup: '/b' }, left).join(' ');
    for (const word of ['/b', '/own', '/pairing.json', 'restart', 'no lock']) {
      expect(told).toContain(word);
    }
    expect(describeRemoved({ outcome: 'wasAbsent', backup: null }, left)).toHaveLength(1);
  });
});
