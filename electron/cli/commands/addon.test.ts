import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ninjaTraderTree, put } from '../../ninjatrader/testing/documents-tree.ts';
import { tempFolder } from '../../store/testing/temp-folder.ts';
import { EXIT, type HeadlessCommand } from '../command.ts';
import { runToEnd } from '../testing/recorded-terminal.ts';
import { createAddonCommand } from './addon.ts';

let home: string;
let addon: HeadlessCommand;
beforeEach(() => {
  home = tempFolder();
  const env = {
    USERPROFILE: home,
    XDG_DATA_HOME: join(home, 'data'),
    LOCALAPPDATA: join(home, 'data'),
  };
  addon = createAddonCommand({
    env,
    home,
    platform: process.platform,
    shellFolder: async () => null,
  });
});

async function run(...words: readonly string[]) {
  const { code, said, noted } = await runToEnd(addon, words);
  return { code, said, noted, text: [...said, ...noted].join('\n') };
}

const pairingFile = () => join(home, 'data', 'Enigma Apex', 'pairing.json');

describe('apex addon', () => {
  it('installs, tells its state and removes, over one folder', async () => {
    const root = ninjaTraderTree(join(home, 'Documents'));
    const file = join(root, 'bin', 'Custom', 'AddOns', 'EnigmaApexBridge.cs');

    expect(await run('status')).toMatchObject({ code: EXIT.failed });
    const installed = await run('install');
    expect(installed).toMatchObject({ code: EXIT.done, noted: [] });
    expect(installed.text).toContain('Press F5');
    expect(existsSync(file)).toBe(true);

    const status = await run('status', '--json');
    const told = JSON.parse(status.said[0] ?? '') as Record<string, { readonly state?: string }>;
    expect(told).toMatchObject({
      folder: root,
      health: { state: 'compileDue' },
      disk: { state: 'current' },
      running: { seen: 'notWatched' },
      pairing: { state: 'ready', port: 8765 },
    });

    expect((await run('install')).text).toContain('already');
    const removed = await run('remove');
    expect(removed.code).toBe(EXIT.done);
    expect(removed.text).toContain(pairingFile());
    expect(existsSync(file)).toBe(false);
    expect((await run('remove')).text).toContain('no AddOn');
  });

  it('never prints the key of the pairing file that it makes', async () => {
    ninjaTraderTree(join(home, 'Documents'));
    const told = [await run('install', '--json'), await run('status', '--json')];
    const { key } = JSON.parse(readFileSync(pairingFile(), 'utf8')) as { key: string };
    for (const { text } of told) expect(text).not.toContain(key);
  });

  it('looks at the pairing without making it', async () => {
    ninjaTraderTree(join(home, 'Documents'));
    expect((await run('status')).text).toContain('no pairing file');
    expect(existsSync(pairingFile())).toBe(false);
  });

  it('lists the folders when there are several, and takes the one that is named', async () => {
    const one = ninjaTraderTree(join(home, 'Documents'));
    const two = ninjaTraderTree(join(home, 'OneDrive', 'Documents'));
    const asked = await run('install');
    expect(asked.code).toBe(EXIT.failed);
    for (const folder of [one, two]) expect(asked.text).toContain(folder);
    expect(await run('install', '--user-folder', two)).toMatchObject({ code: EXIT.done });
  });

  it('says where it looked when there is none', async () => {
    const { code, text } = await run('install');
    expect(code).toBe(EXIT.failed);
    expect(text).toContain(join(home, 'Documents', 'NinjaTrader 8'));
  });

  it('announces no list where there is no place to look', async () => {
    const user = { env: {}, home, platform: process.platform, shellFolder: async () => null };
    const { code, noted } = await runToEnd(createAddonCommand(user), ['status']);
    expect(code).toBe(EXIT.failed);
    expect(noted).toHaveLength(1);
    expect(noted[0]).toMatch(/--user-folder\.$/);
  });

  it('takes no other folder than the one that is named', async () => {
    ninjaTraderTree(join(home, 'Documents'));
    const { code, text } = await run('install', '--user-folder', join(home, 'Wrong'));
    expect(code).toBe(EXIT.failed);
    expect(text).toContain('Wrong');
  });

  it('leaves a newer AddOn alone and says that the app is older', async () => {
    const root = ninjaTraderTree(join(home, 'Documents'));
    const text = 'class EnigmaApexAddonInfo { internal const string Version = "99.0.0"; }';
    put(join(root, 'bin', 'Custom', 'AddOns', 'EnigmaApexBridge.cs'), text);
    const refused = await run('install', '--json');
    expect(refused.code).toBe(EXIT.failed);
    expect(JSON.parse(refused.text)).toMatchObject({ failure: { code: 'NEWER_PRESENT' } });
    expect((await run('install', '--replace-newer')).code).toBe(EXIT.done);
  });

  it('writes the archive for NinjaTrader to import', async () => {
    const file = join(home, 'addon.zip');
    expect(await run('zip', '--out', file)).toMatchObject({ code: EXIT.done });
    expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');
    const refused = await run('zip', '--out', join(home, 'none', 'addon.zip'));
    expect(refused).toMatchObject({ code: EXIT.failed });
    expect(refused.text).toContain('not there');
  });

  it.each([[[]], [['else']], [['status', 'zip']], [['status', '--user-folder']], [['--all']]])(
    'refuses %j with one sentence',
    async (words) => {
      const { code, noted } = await run(...words);
      expect(code).toBe(EXIT.usage);
      expect(noted.join()).toContain('apex addon');
    },
  );
});
