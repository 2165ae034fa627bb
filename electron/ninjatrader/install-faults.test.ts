import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Result } from '../../shared/kernel/result.ts';
import { tempFolder } from '../store/testing/temp-folder.ts';
import { bytesForDisk } from './addon-source.ts';
import { diskFiles, type Files } from './files.ts';
import { installAddon, type Installed, type InstallFailure } from './install.ts';
import { describeInstallFailure } from './install-words.ts';
import { layoutOf, type Layout } from './layout.ts';
import { earlierText, shippedAddon, toolsOver } from './testing/addon-samples.ts';
import { addonText, ninjaTraderTree, put } from './testing/documents-tree.ts';
import { failingFiles, type Fault } from './testing/failing-files.ts';

let layout: Layout;
beforeEach(() => {
  layout = layoutOf(ninjaTraderTree(join(tempFolder(), 'Documents')), posix);
});

const fresh = bytesForDisk(shippedAddon);
const install = (files: Files) =>
  installAddon(layout, shippedAddon, toolsOver(files), { replaceNewer: false });

function failed(result: Result<unknown, InstallFailure>): InstallFailure {
  if (result.ok) throw new Error('it succeeded');
  return result.error;
}

const CODES = ['EBUSY', 'EPERM', 'EACCES', 'ENOSPC', 'EROFS', 'EIO'];
const OLD = [null, earlierText, addonText('1.1.0', 'int mine;')];

describe('a failing disk', () => {
  /** Runs an installation over every call that can fail, and hands each outcome to the check. */
  async function everyFault(
    times: number,
    check: (result: Result<Installed, InstallFailure>, before: string | null, fault: Fault) => void,
  ): Promise<void> {
    const most = 40;
    for (const text of OLD) {
      for (const code of CODES) {
        for (let from = 0; from < most; from += 1) {
          rmSync(layout.addonFile, { force: true });
          rmSync(layout.ownFolder, { recursive: true, force: true });
          if (text !== null) writeFileSync(layout.addonFile, text);
          const fault: Fault = { code, from, times };
          const files = failingFiles(diskFiles, fault);
          const result = await install(files);
          check(result, text, fault);
          if (files.calls() <= from) break;
        }
      }
    }
  }

  /** Whatever lies below the user folder that an installation made and should not have left. */
  const strays = (): readonly string[] =>
    readdirSync(layout.root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /EnigmaApexBridge/.test(entry.name))
      .map(({ name }) => name)
      .filter((name) => name !== 'EnigmaApexBridge.cs' && !name.endsWith('.cs.bak'));

  const standing = (): string | null =>
    existsSync(layout.addonFile) ? readFileSync(layout.addonFile, 'utf8') : null;

  it('for one call never loses the old file nor leaves a draft', async () => {
    await everyFault(1, (result, before, fault) => {
      const what = JSON.stringify([result, fault]);
      expect(standing(), what).toBe(result.ok ? fresh.toString('utf8') : before);
      if (result.ok && before !== null) {
        expect(readFileSync(result.value.backup ?? '', 'utf8'), what).toBe(before);
      }
      expect(strays(), what).toEqual([]);
    });
  });

  it('for good is told as it is: done, nothing changed, or torn with the way to the copy', async () => {
    await everyFault(Infinity, (result, before, fault) => {
      const what = JSON.stringify([result, fault]);
      if (result.ok) {
        expect(standing(), what).toBe(fresh.toString('utf8'));
      } else if (result.error.code !== 'TORN') {
        expect(standing(), what).toBe(before);
      } else if (before !== null) {
        expect(readFileSync(result.error.backup ?? '', 'utf8'), what).toBe(before);
      }
    });
  });

  it('answers with one sentence that names the cause', async () => {
    const words = new Set<string>();
    await everyFault(Infinity, (result) => {
      if (result.ok) return;
      const sentence = describeInstallFailure(result.error);
      expect(sentence).toMatch(/^[A-Z].*\.$/s);
      for (const code of CODES) if (sentence.includes(code)) words.add(code);
    });
    expect([...words].sort()).toEqual([...CODES].sort());
  });

  it('whose folder vanishes midway ends in a sentence, whenever that is', async () => {
    for (let at = 0; at < 12; at += 1) {
      mkdirSync(layout.addons, { recursive: true });
      writeFileSync(layout.addonFile, earlierText);
      const gone = failingFiles(diskFiles, { code: 'ENOENT', from: Infinity, times: 0 });
      const files: Files = {
        ...gone,
        rename: (from, to) => vanish(at, gone.calls()).then(() => gone.rename(from, to)),
        read: (path) => vanish(at, gone.calls()).then(() => gone.read(path)),
        writeNew: (path, bytes) => vanish(at, gone.calls()).then(() => gone.writeNew(path, bytes)),
      };
      const result = await install(files);
      if (result.ok) expect(readFileSync(layout.addonFile)).toEqual(fresh);
      else expect(describeInstallFailure(result.error)).toMatch(/not there|ENOENT|no bin/);
    }
  });

  async function vanish(at: number, calls: number): Promise<void> {
    if (calls === at) rmSync(layout.addons, { recursive: true, force: true });
  }

  it('that holds the draft for a moment is waited for', async () => {
    let refusals = 3;
    const files: Files = {
      ...diskFiles,
      rename: (from, to) => {
        if (refusals-- <= 0) return diskFiles.rename(from, to);
        return Promise.reject(Object.assign(new Error('held'), { code: 'EPERM' }));
      },
    };
    expect(await install(files)).toMatchObject({ ok: true, value: { outcome: 'installed' } });
  });

  it('or scanner that alters the file is noticed, and the old file comes back', async () => {
    writeFileSync(layout.addonFile, earlierText);
    let isFirst = true;
    const files: Files = {
      ...diskFiles,
      async rename(from, to) {
        await diskFiles.rename(from, to);
        if (to !== layout.addonFile || !isFirst) return;
        isFirst = false;
        writeFileSync(to, '');
      },
    };
    const failure = failed(await install(files));
    expect(failure).toMatchObject({ code: 'NOT_WRITTEN', cause: { code: 'ALTERED' } });
    expect(describeInstallFailure(failure)).toContain('virus scanner');
    expect(readFileSync(layout.addonFile, 'utf8')).toBe(earlierText);
  });

  it('that keeps half of the draft never sees it put in place', async () => {
    writeFileSync(layout.addonFile, earlierText);
    let renames = 0;
    const files: Files = {
      ...diskFiles,
      writeNew: (path, content) =>
        diskFiles.writeNew(path, path.startsWith(layout.addons) ? content.subarray(9) : content),
      rename: (from, to) => {
        if (to === layout.addonFile) renames += 1;
        return diskFiles.rename(from, to);
      },
    };
    expect(failed(await install(files))).toMatchObject({ cause: { code: 'ALTERED' } });
    expect(renames).toBe(0);
    expect(readFileSync(layout.addonFile, 'utf8')).toBe(earlierText);
  });

  it('that eats the new file is noticed', async () => {
    const files: Files = {
      ...diskFiles,
      async rename(from, to) {
        await diskFiles.rename(from, to);
        rmSync(to);
      },
    };
    expect(failed(await install(files))).toMatchObject({
      code: 'NOT_WRITTEN',
      cause: { code: 'GONE' },
    });
    expect(existsSync(layout.addonFile)).toBe(false);
  });
});

describe('the disk', () => {
  it('takes a draft only under a name that is free', async () => {
    const file = put(join(layout.root, 'x.new'), 'of another installation');
    await expect(diskFiles.writeNew(file, fresh)).rejects.toMatchObject({ code: 'EEXIST' });
    expect(readFileSync(file, 'utf8')).toBe('of another installation');
  });
});
