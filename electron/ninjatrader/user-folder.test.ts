import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { tempFolder } from '../store/testing/temp-folder.ts';
import { diskFiles, type Files } from './files.ts';
import { describeFolder } from './folder-words.ts';
import { ninjaTraderTree, put } from './testing/documents-tree.ts';
import { findUserFolder, type FoundFolders } from './user-folder.ts';

let home: string;
let shellFolder: string | null;
beforeEach(() => {
  home = tempFolder();
  shellFolder = null;
});

const find = (chosen: string | null = null, files: Files = diskFiles): Promise<FoundFolders> =>
  findUserFolder(
    {
      files,
      path: posix,
      shellFolder: async () => shellFolder,
      env: {
        USERPROFILE: home,
        OneDrive: join(home, 'OneDrive'),
        PUBLIC: join(home, 'Public'),
      },
    },
    chosen,
  );

function one(found: FoundFolders) {
  if (found.kind !== 'one') throw new Error(JSON.stringify(found));
  return found.folder;
}

describe("NinjaTrader's folder", () => {
  it('is found in the documents of the profile, with its signs of life', async () => {
    const usedAt = Date.UTC(2026, 1, 2);
    const root = ninjaTraderTree(join(home, 'Documents'), usedAt);
    expect(one(await find())).toEqual({
      path: root,
      realPath: root,
      source: 'profile',
      hasDatabase: true,
      hasAssembly: true,
      usedAt,
      cautions: [],
    });
  });

  it('is found where Windows says that the documents are', async () => {
    shellFolder = join(home, 'Daten', 'Dokumente');
    const root = ninjaTraderTree(shellFolder);
    expect(one(await find())).toMatchObject({ path: root, source: 'shellFolder' });
  });

  it('is found in OneDrive under its translated name', async () => {
    shellFolder = join(home, 'Dokumente');
    const root = ninjaTraderTree(join(home, 'OneDrive', 'Dokumente'));
    expect(one(await find())).toMatchObject({ path: root, source: 'oneDrive' });
  });

  it('is asked for when there are several, the one in use first', async () => {
    const old = ninjaTraderTree(join(home, 'Documents'), Date.UTC(2025, 0, 1));
    const used = ninjaTraderTree(join(home, 'Public', 'Documents'), Date.UTC(2026, 0, 1));
    const found = await find();
    if (found.kind !== 'several') throw new Error(found.kind);
    expect(found.folders.map(({ path }) => path)).toEqual([used, old]);
    expect(found.folders.map(describeFolder)).toEqual([
      'public documents, last used 2026-01-01T00:00:00.000Z',
      'documents in your user folder, last used 2025-01-01T00:00:00.000Z',
    ]);
  });

  it('with files in it is likelier than a bare one, however new that is', async () => {
    const full = ninjaTraderTree(join(home, 'Documents'), Date.UTC(2025, 0, 1));
    const bare = join(home, 'OneDrive', 'Documents', 'NinjaTrader 8');
    for (const name of ['bin/Custom', 'log']) mkdirSync(join(bare, name), { recursive: true });
    const found = await find();
    if (found.kind !== 'several') throw new Error(found.kind);
    expect(found.folders.map(({ path }) => path)).toEqual([full, bare]);
    rmSync(join(bare, 'log'), { recursive: true });
    const again = await find(bare);
    expect(describeFolder(one(again))).toContain('has written nothing there yet');
  });

  it('stays the chosen one while it is there, and the others are told', async () => {
    const usual = ninjaTraderTree(join(home, 'Documents'));
    const chosen = ninjaTraderTree(join(home, 'Elsewhere'), 0);
    const found = await find(chosen);
    expect(one(found)).toMatchObject({ path: chosen, source: 'chosen' });
    expect(found).toMatchObject({ lostChoice: null, others: [{ path: usual }] });
  });

  it('is searched for again when the chosen one is gone, and that is said', async () => {
    const usual = ninjaTraderTree(join(home, 'Documents'));
    const chosen = ninjaTraderTree(join(home, 'Elsewhere'));
    rmSync(chosen, { recursive: true });
    const found = await find(chosen);
    expect(one(found).path).toBe(usual);
    expect(found.lostChoice).toEqual({
      path: chosen,
      source: 'chosen',
      why: 'there is no bin\\Custom folder in it',
    });
  });

  it('under two names is one folder', async () => {
    const root = ninjaTraderTree(join(home, 'OneDrive', 'Documents'));
    symlinkSync(join(home, 'OneDrive', 'Documents'), join(home, 'Documents'));
    expect(one(await find())).toMatchObject({ path: root });
  });

  it('is not there: every place is told with the reason', async () => {
    put(join(home, 'Documents', 'NinjaTrader 8', 'bin', 'Custom'), 'a file');
    mkdirSync(join(home, 'OneDrive', 'Documents', 'NinjaTrader 8'), { recursive: true });
    const found = await find();
    if (found.kind !== 'none') throw new Error(found.kind);
    expect(found.lookedIn.map(({ path, why }) => `${path.slice(home.length)}: ${why}`)).toEqual([
      '/OneDrive/Documents/NinjaTrader 8: there is no bin\\Custom folder in it',
      '/Documents/NinjaTrader 8: its bin\\Custom is not a folder',
      '/Public/Documents/NinjaTrader 8: there is no bin\\Custom folder in it',
    ]);
  });

  it('that may not be looked into is told as such, never as missing', async () => {
    ninjaTraderTree(join(home, 'Documents'));
    const barred: Files = {
      ...diskFiles,
      facts: (path, follow) =>
        path.endsWith('Custom')
          ? Promise.reject(Object.assign(new Error('no'), { code: 'EACCES' }))
          : diskFiles.facts(path, follow),
    };
    const found = await find(null, barred);
    if (found.kind !== 'none') throw new Error(found.kind);
    expect(found.lookedIn[0]?.why).toBe(
      'it cannot be read: this Windows user may not use it (EACCES)',
    );
  });
});

describe('a folder with a catch is used and the catch is told:', () => {
  it('a link on the way', async () => {
    const real = ninjaTraderTree(join(home, 'Big disk'));
    mkdirSync(join(home, 'Documents'));
    symlinkSync(real, join(home, 'Documents', 'NinjaTrader 8'));
    expect(one(await find())).toMatchObject({ realPath: real, cautions: ['linked'] });
  });

  it('a path too long for Windows', async () => {
    const deep = join(home, 'd'.repeat(120), 'e'.repeat(120));
    const root = ninjaTraderTree(deep);
    expect(one(await find(root)).cautions).toEqual(['tooLong']);
  });

  it('files that are in the cloud only', async () => {
    const root = ninjaTraderTree(join(home, 'Documents'));
    const assembly = join(root, 'bin', 'Custom', 'NinjaTrader.Custom.dll');
    writeFileSync(assembly, '');
    truncateSync(assembly, 1_000_000);
    const folder = one(await find());
    expect(folder.cautions).toEqual(['onlineOnly']);
    expect(describeFolder(folder)).toContain('Always keep on this device');
  });

  it('a disk that takes nothing', async () => {
    ninjaTraderTree(join(home, 'Documents'));
    const readOnly: Files = {
      ...diskFiles,
      checkWritable: () => Promise.reject(Object.assign(new Error('no'), { code: 'EROFS' })),
    };
    expect(one(await find(null, readOnly)).cautions).toEqual(['readOnly']);
  });
});
