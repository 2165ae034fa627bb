import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../store/testing/temp-folder.ts';
import {
  bytesForDisk,
  compareSource,
  definesAddon,
  fingerprintOf,
  loadShippedAddon,
  versionIn,
} from './addon-source.ts';
import { readAssembly } from './compiled-assembly.ts';
import { diskFiles } from './files.ts';
import { layoutOf } from './layout.ts';
import { earlierText, shippedAddon } from './testing/addon-samples.ts';
import { addonText, put } from './testing/documents-tree.ts';

const folder = join(import.meta.dirname, '..', '..', 'resources', 'ninjatrader');
const place = {
  source: join(folder, 'EnigmaApexBridge.cs'),
  releases: join(folder, 'releases.json'),
};

describe('the AddOn that ships', () => {
  it('states its version and defines its class', async () => {
    const loaded = await loadShippedAddon(diskFiles, place);
    if (!loaded.ok) throw new Error(loaded.error);
    expect(loaded.value.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(definesAddon(loaded.value.text)).toBe(true);
  });

  it('is plain ASCII, which no editor and no compiler reads differently', () => {
    expect(readFileSync(place.source).every((byte) => byte < 128)).toBe(true);
  });

  it('keeps the text of a version that was released', () => {
    const text = readFileSync(place.source, 'utf8');
    const { releases } = JSON.parse(readFileSync(place.releases, 'utf8')) as {
      releases: readonly { readonly version: string; readonly fingerprint: string }[];
    };
    const same = releases.find(({ version }) => version === versionIn(text));
    expect(same?.fingerprint ?? fingerprintOf(text)).toBe(fingerprintOf(text));
  });

  it.each([
    ['that is missing', null, '{"releases":[]}', 'cannot be read'],
    ['without a version', 'class EnigmaApexBridge {}', '{"releases":[]}', 'version'],
    ['with an odd version', addonText('next'), '{"releases":[]}', 'version'],
    ['with a damaged list', addonText('1.0.0'), '{"releases":', 'releases'],
    ['with a list of another shape', addonText('1.0.0'), '{"releases":[1]}', 'releases'],
  ])('%s is refused in a sentence', async (_what, source, list, words) => {
    const root = tempFolder();
    const wrong = { source: join(root, 'a.cs'), releases: join(root, 'releases.json') };
    if (source !== null) put(wrong.source, source);
    put(wrong.releases, list);
    const loaded = await loadShippedAddon(diskFiles, wrong);
    expect(loaded.ok ? '' : loaded.error).toContain(words);
  });
});

describe('a file in the place of the AddOn', () => {
  it.each([
    ['current', shippedAddon.text, '1.1.0'],
    ['current', bytesForDisk(shippedAddon).toString(), '1.1.0'],
    ['current', `\uFEFF${shippedAddon.text}`, '1.1.0'],
    ['older', earlierText, '1.0.0'],
    ['newer', addonText('1.2.0'), '1.2.0'],
    ['edited', addonText('1.1.0', 'x'), '1.1.0'],
    ['edited', addonText('1.0.0', 'x'), '1.0.0'],
    ['edited', 'class Foreign {}', null],
    ['edited', addonText('odd'), 'odd'],
  ] as const)('is %s: %#', (state, text, version) => {
    expect(compareSource(text, shippedAddon)).toEqual({ state, version });
  });
});

/** The C# compiler of Mono; tests go without it where it is not installed. */
const compiler = 'mcs';

describe('the compiled assembly', () => {
  it('of a real compiler shows class and version, where one is installed', async () => {
    const root = tempFolder();
    const layout = layoutOf(root, posix);
    const code = `class EnigmaApexAddonInfo { internal const string Version = "7.8.9"; }
      public class EnigmaApexBridge { public string Hello() { return EnigmaApexAddonInfo.Version; } }`;
    const source = put(join(layout.custom, 'Addon.cs'), code);
    try {
      execFileSync(compiler, ['-langversion:5', '-t:library', `-out:${layout.assembly}`, source]);
    } catch (error) {
      expect((error as { code?: unknown }).code).toBe('ENOENT');
      return;
    }
    expect(await readAssembly(layout, '7.8.9', diskFiles)).toMatchObject({
      holdsAddon: true,
      mayHoldVersion: true,
    });
    expect(await readAssembly(layout, '7.8.10', diskFiles)).toMatchObject({
      mayHoldVersion: false,
    });
  });
});
