import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../store/testing/temp-folder.ts';
import { EXIT } from '../command.ts';
import { startPairedPlatform } from '../testing/paired-platform.ts';
import { runToEnd } from '../testing/recorded-terminal.ts';
import { flatten } from './flatten.ts';
import { journal } from './journal.ts';

describe('apex flatten', () => {
  it('proves the accounts flat over real sockets and leaves a journal that verifies', async () => {
    const folder = tempFolder();
    await startPairedPlatform(folder);
    const at = ['--folder', folder, '--port', '0', '--wait', '60', '--json'];
    const { code, said } = await runToEnd(flatten, ['--all', ...at]);
    const answer = JSON.parse(said.at(-1) ?? '') as {
      confirmed: boolean;
      proof: { accounts: string[]; watchMs: number };
    };
    expect(code).toBe(EXIT.done);
    expect(answer.confirmed).toBe(true);
    expect(answer.proof.accounts).toEqual(['Sim101', 'Sim102']);
    expect(answer.proof.watchMs).toBeGreaterThanOrEqual(10_000);

    const file = ['--file', join(folder, 'journal.db')];
    expect((await runToEnd(journal, ['verify', ...file])).code).toBe(EXIT.done);
    const exported = await runToEnd(journal, ['export', ...file]);
    expect(exported.said.some((line) => line.includes('"flatten.confirmed"'))).toBe(true);
  }, 90_000);

  it('exits 1 and says what to do by hand when nobody is there to flatten', async () => {
    const words = ['--account', 'Sim101', '--folder', tempFolder(), '--port', '0', '--wait', '0.3'];
    const { code, said } = await runToEnd(flatten, words);
    expect(code).toBe(EXIT.failed);
    expect(said.join(' ')).toContain('Flatten Everything');
  });

  it.each([
    [[], 'Name what to flatten'],
    [['--all', '--account', 'Sim101'], '--all goes without --account'],
    [['--account'], '--account'],
    [['--everything'], 'everything'],
  ])('refuses %j with one sentence', async (words, sentence) => {
    const { code, noted } = await runToEnd(flatten, words);
    expect(code).toBe(EXIT.usage);
    expect(noted.join(' ')).toContain(sentence);
  });
});

describe('apex journal', () => {
  it.each([
    [['verify'], '--file is missing. Use: apex journal'],
    [['verify', '--fast'], "Unknown option '--fast'. Use: apex journal"],
    [['verify', '--file', 'journal.db', '--from', 'x'], '--from: '],
  ])('refuses %j with one sentence', async (words, sentence) => {
    const { code, noted } = await runToEnd(journal, words);
    expect(code).toBe(EXIT.usage);
    expect(noted.join()).toContain(sentence);
  });

  it('says which file is missing', async () => {
    const file = join(tempFolder(), 'none.db');
    const { code, noted } = await runToEnd(journal, ['verify', '--file', file]);
    expect(code).toBe(EXIT.failed);
    expect(noted.join(' ')).toContain(file);
  });
});
