import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { SystemClock } from '../../platform/system-clock.ts';
import { UuidIds } from '../../platform/uuid-ids.ts';
import { parseOptions } from '../../simulator/simulator-options.ts';
import { runSimulator, type Simulator } from '../../simulator/simulator.ts';
import { createDeskCore } from '../../desk/desk-core.ts';
import { EXIT, type Terminal } from '../command.ts';
import { shippedPacks } from '../shipped-packs.ts';
import { flatten } from './flatten.ts';
import { journal } from './journal.ts';

const folders: string[] = [];
let simulator: Simulator | null = null;

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'apex-'));
  folders.push(folder);
  return folder;
}

function listening(): Terminal & { readonly said: string[]; readonly noted: string[] } {
  const said: string[] = [];
  const noted: string[] = [];
  return {
    said,
    noted,
    out: (line) => void said.push(line),
    note: (line) => void noted.push(line),
    interrupted: new Promise(() => undefined),
  };
}

/** A pairing file has to exist before the platform can find the desk that the command opens. */
async function pair(folder: string): Promise<string> {
  const core = createDeskCore({
    folder,
    packs: shippedPacks,
    demo: false,
    port: 0,
    version: '0.0.0',
    nativeBinding: undefined,
  });
  await core.bridge.start();
  await core.stop();
  return core.pairingFile;
}

function startPlatform(pairing: string, ...more: string[]): void {
  const options = parseOptions(['--pairing', pairing, '--accounts', '2', ...more]);
  if (!options.ok) throw new Error(options.error);
  const started = runSimulator(options.value, {
    world: new SystemClock(),
    ids: new UuidIds(),
    say: () => undefined,
  });
  if (!started.ok) throw new Error(started.error);
  simulator = started.value;
}

afterEach(() => {
  simulator?.stop('the test ended');
  simulator = null;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('apex flatten', () => {
  it('proves the accounts flat over real sockets and leaves a journal that verifies', async () => {
    const folder = newFolder();
    startPlatform(await pair(folder));
    const terminal = listening();
    const code = await flatten(
      ['--all', '--folder', folder, '--port', '0', '--wait', '60', '--json'],
      terminal,
    );
    const answer = JSON.parse(terminal.said.at(-1) ?? '') as {
      confirmed: boolean;
      proof: { accounts: string[]; watchMs: number };
    };
    expect(code).toBe(EXIT.done);
    expect(answer.confirmed).toBe(true);
    expect(answer.proof.accounts).toEqual(['Sim101', 'Sim102']);
    expect(answer.proof.watchMs).toBeGreaterThanOrEqual(10_000);

    const verdict = listening();
    const verified = await journal(['verify', '--file', join(folder, 'journal.db')], verdict);
    expect(verified).toBe(EXIT.done);
    const exported = listening();
    await journal(['export', '--file', join(folder, 'journal.db')], exported);
    expect(exported.said.some((line) => line.includes('"flatten.confirmed"'))).toBe(true);
  }, 90_000);

  it('exits 1 and says what to do by hand when nobody is there to flatten', async () => {
    const terminal = listening();
    const words = ['--account', 'Sim101', '--folder', newFolder(), '--port', '0', '--wait', '0.3'];
    expect(await flatten(words, terminal)).toBe(EXIT.failed);
    expect(terminal.said.join(' ')).toContain('Flatten Everything');
  });

  it.each([
    [[], 'Name what to flatten'],
    [['--all', '--account', 'Sim101'], '--all goes without --account'],
    [['--account'], '--account'],
    [['--everything'], 'everything'],
  ])('refuses %j with one sentence', async (words, sentence) => {
    const terminal = listening();
    expect(await flatten(words, terminal)).toBe(EXIT.usage);
    expect(terminal.noted.join(' ')).toContain(sentence);
  });
});

describe('apex journal', () => {
  it('says which file is missing', async () => {
    const terminal = listening();
    const file = join(newFolder(), 'none.db');
    expect(await journal(['verify', '--file', file], terminal)).toBe(EXIT.failed);
    expect(terminal.noted.join(' ')).toContain(file);
  });
});
