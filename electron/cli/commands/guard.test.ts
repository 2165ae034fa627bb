import { describe, expect, it } from 'vitest';
import { SIM } from '../../../shared/testing/desk-facts.ts';
import { locked } from '../../risk/testing/locked-world.ts';
import { riskWorld } from '../../risk/testing/risk-world.ts';
import { tempFolder } from '../../store/testing/temp-folder.ts';
import { EXIT } from '../command.ts';
import { startPairedPlatform } from '../testing/paired-platform.ts';
import { runToEnd } from '../testing/recorded-terminal.ts';
import { guard } from './guard.ts';

const SOON = '2026-01-05T22:00:00Z';

const run = (...words: readonly string[]) => runToEnd(guard, words);

describe('apex guard', () => {
  it('locks an account, shows it as armed to the next desk, and clears it, over real sockets', async () => {
    const folder = tempFolder();
    await startPairedPlatform(folder);
    const at = ['--folder', folder, '--port', '0', '--wait', '30'];
    const until = '2099-01-05T22:00:00+01:00';
    const limits = ['--lock-until', until, '--reason', 'daily limit', '--floor', '47500.125'];
    const set = await run('set', '--account', 'Sim101', ...limits, '--flatten-at-floor', ...at);
    expect(set).toMatchObject({ code: EXIT.done, noted: [] });
    expect(set.said).toEqual([
      'Sim101: armed, entries locked until 2099-01-05 21:00 UTC (daily limit), floor 47,500.13, flatten at the floor',
    ]);

    const shown = await run('show', ...at, '--json');
    expect(JSON.parse(shown.said.join())).toMatchObject({
      revision: 1,
      synced: true,
      accounts: [{ account: 'Sim101', state: 'armed', limits: { hardFloor: 475_001_250 } }],
    });

    const cleared = await run('clear', '--account', 'Sim101', ...at);
    expect(cleared).toEqual({ code: EXIT.done, said: ['No account has a guard.'], noted: [] });
  }, 90_000);

  it('keeps what it could not bring to NinjaTrader, says so and exits 1', async () => {
    const at = ['--folder', tempFolder(), '--port', '0', '--wait', '0.2'];
    const set = await run('set', '--account', 'Sim101', '--lock', ...at);
    expect(set).toMatchObject({
      code: EXIT.failed,
      said: ['Sim101: not synced: NinjaTrader is not connected; entries locked until cleared'],
    });
    const shown = await run('show', ...at);
    expect(shown).toMatchObject({ code: EXIT.failed, said: set.said });
  });

  it('takes no lock of the rules off, and names its end', async () => {
    const world = locked();
    world.close();
    const at = ['--account', SIM, '--folder', world.folder, '--port', '0', '--wait', '0.2'];
    for (const words of [
      ['clear'],
      ['set', '--max-contracts', '2'],
      ['set', '--lock-until', SOON],
    ]) {
      const { code, noted } = await run(...words, ...at);
      expect(code).toBe(EXIT.failed);
      expect(noted.join()).toContain('is locked until 2026-01-05T23:00Z');
    }
  });

  it('takes the floor of the rules off neither, and lets a higher one be', async () => {
    const world = riskWorld();
    world.connect();
    world.assign();
    world.clock.advance(2_000);
    world.close();
    const at = ['--account', SIM, '--folder', world.folder, '--port', '0', '--wait', '0.2'];
    const floor = (amount: string) => ['set', '--floor', amount, '--flatten-at-floor', ...at];
    for (const words of [['clear', ...at], floor('47000')]) {
      const { code, noted } = await run(...words);
      expect(code).toBe(EXIT.failed);
      expect(noted.join()).toContain('48000.00 is that of its rules');
    }
    const higher = await run(...floor('48500'));
    expect(higher.said.join()).toContain('floor 48,500.00');
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
    expect(noted.join()).toContain(sentence);
  });

  it.each([
    [[], 'Nothing to guard'],
    [['--lock-until', '2020-01-01T00:00:00Z'], 'ended already'],
    [['--max-contracts', '1', '--flatten-at-floor'], 'needs --floor'],
  ])('refuses limits that cannot be wanted: %j', async (words, sentence) => {
    const at = ['--folder', tempFolder(), '--port', '0'];
    const { code, noted } = await run('set', '--account', 'A', ...words, ...at);
    expect(code).toBe(EXIT.usage);
    expect(noted.join()).toContain(sentence);
  });
});
