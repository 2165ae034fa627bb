import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createDeskCore } from '../../desk/desk-core.ts';
import { SystemClock } from '../../platform/system-clock.ts';
import { UuidIds } from '../../platform/uuid-ids.ts';
import { parseOptions } from '../../simulator/simulator-options.ts';
import { runSimulator, type Simulator } from '../../simulator/simulator.ts';
import { EXIT, type Terminal } from '../command.ts';
import { shippedPacks } from '../shipped-packs.ts';
import { guard } from './guard.ts';

const folders: string[] = [];
let simulator: Simulator | null = null;

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'apex-'));
  folders.push(folder);
  return folder;
}

async function run(...words: string[]): Promise<{ code: number; said: string; noted: string }> {
  const said: string[] = [];
  const noted: string[] = [];
  const terminal: Terminal = {
    out: (line) => void said.push(line),
    note: (line) => void noted.push(line),
    interrupted: new Promise(() => undefined),
  };
  const code = await guard(words, terminal);
  return { code, said: said.join('\n'), noted: noted.join('\n') };
}

/** A pairing file has to exist before the platform can find the desk that the command opens. */
async function startPlatform(folder: string): Promise<void> {
  const packs = shippedPacks;
  const wish = { folder, packs, demo: false, port: 0, version: '0.0.0', nativeBinding: undefined };
  const core = createDeskCore(wish);
  await core.bridge.start();
  await core.stop();
  const options = parseOptions(['--pairing', core.pairingFile, '--accounts', '2']);
  if (!options.ok) throw new Error(options.error);
  const parts = { world: new SystemClock(), ids: new UuidIds(), say: () => undefined };
  const started = runSimulator(options.value, parts);
  if (!started.ok) throw new Error(started.error);
  simulator = started.value;
}

afterEach(() => {
  simulator?.stop('the test ended');
  simulator = null;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('apex guard', () => {
  it('locks an account, shows it as armed to the next desk, and clears it, over real sockets', async () => {
    const folder = newFolder();
    await startPlatform(folder);
    const at = ['--folder', folder, '--port', '0', '--wait', '30'];
    const until = '2099-01-05T22:00:00+01:00';
    const limits = ['--lock-until', until, '--reason', 'daily limit', '--floor', '47500.125'];
    const set = await run('set', '--account', 'Sim101', ...limits, '--flatten-at-floor', ...at);
    expect(set).toMatchObject({ code: EXIT.done, noted: '' });
    expect(set.said).toBe(
      'Sim101: armed, entries locked until 2099-01-05 21:00 UTC (daily limit), floor 47,500.13, flatten at the floor',
    );

    const shown = await run('show', ...at, '--json');
    expect(JSON.parse(shown.said)).toMatchObject({
      revision: 1,
      synced: true,
      accounts: [{ account: 'Sim101', state: 'armed', limits: { hardFloor: 475_001_250 } }],
    });

    const cleared = await run('clear', '--account', 'Sim101', ...at);
    expect(cleared).toEqual({ code: EXIT.done, said: 'No account has a guard.', noted: '' });
  }, 90_000);

  it('keeps what it could not bring to NinjaTrader, says so and exits 1', async () => {
    const at = ['--folder', newFolder(), '--port', '0', '--wait', '0.2'];
    const set = await run('set', '--account', 'Sim101', '--lock', ...at);
    expect(set).toMatchObject({
      code: EXIT.failed,
      said: 'Sim101: not synced: NinjaTrader is not connected; entries locked until cleared',
    });
    const shown = await run('show', ...at);
    expect(shown).toMatchObject({ code: EXIT.failed, said: set.said });
  });

  it.each([
    [[], 'Name what to do'],
    [['set', '--lock'], 'Name the account'],
    [['set', 'show'], 'One action at a time'],
    [['set', '--account', 'A', '--lock-until', 'tomorrow'], '--lock-until'],
    [['set', '--account', 'A', '--max-contracts', '-1'], '--max-contracts'],
    [['set', '--account', 'A', '--floor', '1e300'], '--floor'],
  ])('refuses %j with one sentence', async (words, sentence) => {
    const { code, noted } = await run(...words);
    expect(code).toBe(EXIT.usage);
    expect(noted).toContain(sentence);
  });

  it.each([
    [[], 'Nothing to guard'],
    [['--lock-until', '2020-01-01T00:00:00Z'], 'ended already'],
    [['--max-contracts', '1', '--flatten-at-floor'], 'needs --floor'],
  ])('refuses limits that cannot be wanted: %j', async (words, sentence) => {
    const at = ['--folder', newFolder(), '--port', '0'];
    const { code, noted } = await run('set', '--account', 'A', ...words, ...at);
    expect(code).toBe(EXIT.usage);
    expect(noted).toContain(sentence);
  });
});
