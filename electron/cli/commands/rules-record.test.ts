import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../store/testing/temp-folder.ts';
import { EXIT } from '../command.ts';
import { runToEnd } from '../testing/recorded-terminal.ts';
import { rules } from './rules.ts';

const run = (...words: readonly string[]) => runToEnd(rules, words);

const ACCOUNT = ['--account', 'Sim101'];
const TEMPLATE = 'apex.4_0.eod.pa.50k';

async function assigned(): Promise<readonly string[]> {
  const words = [...ACCOUNT, '--folder', tempFolder()];
  await run('assign', ...words, '--template', TEMPLATE);
  return words;
}

function daysFile(text: string): string {
  const file = join(tempFolder(), 'days.csv');
  writeFileSync(file, text);
  return file;
}

describe('apex rules record', () => {
  it.each([
    ['deposit', '--amount', '100.50'],
    ['adjustment', '--amount', '35'],
    ['payout-request'],
    ['peak', '--amount', '50700'],
  ])('takes a %s', async (...record) => {
    const done = await run('record', ...record, ...(await assigned()));
    expect(done).toEqual({ code: EXIT.done, said: ['Sim101: The rules know of it.'], noted: [] });
  });

  it('takes a payout whose cash is not heard without its amount', async () => {
    const done = await run('record', 'payout', '--amount', '1500', ...(await assigned()));
    expect(done.code).toBe(EXIT.done);
    expect(done.said[0]).toContain('The cash of today does not show it');
  });

  it.each([
    ['adjustment', '--amount=-35'],
    ['reset', '--amount', '50000'],
    ['end-of-day', '--amount', '50250'],
  ])('refuses what gives room while the account is not heard: %s', async (...record) => {
    const refused = await run('record', ...record, ...(await assigned()));
    expect(refused).toMatchObject({ code: EXIT.failed, noted: [] });
  });

  it('takes the days of before once', async () => {
    const words = await assigned();
    const file = daysFile('day,net,fills,kind\n2025-11-03,250.50,4,full\n2025-11-28,-10,2,half\n');
    const history = ['record', 'history', '--file', file, ...words];
    expect((await run(...history)).code).toBe(EXIT.done);
    const again = await run(...history);
    expect(again.said).toEqual(['Sim101: The earlier days of this account are known already.']);
    expect(again.code).toBe(EXIT.failed);
  });

  it.each([
    ['day,net\n2025-11-03,1', 'Line 1'],
    ['day,net,fills,kind\n2025-11-03,1,1,full\n2025-02-30,1,1,full', 'Line 3'],
    ['day,net,fills,kind\n2025-11-03,1 000,1,full', 'Line 2'],
    ['day,net,fills,kind\n2025-11-03,10,many,full', 'Line 2'],
  ])('names the line of %j that it cannot read', async (text, line) => {
    const words = ['record', 'history', '--file', daysFile(text), ...ACCOUNT];
    const refused = await run(...words);
    expect(refused.code).toBe(EXIT.usage);
    expect(refused.noted[0]).toContain(line);
  });

  it.each([
    [['record', 'payout', ...ACCOUNT]],
    [['record', 'payout', ...ACCOUNT, '--amount', '-5']],
    [['record', 'bonus', ...ACCOUNT, '--amount', '5']],
    [['record', ...ACCOUNT]],
  ])('does not understand %j', async (words) => {
    expect((await run(...words)).code).toBe(EXIT.usage);
  });

  it('refuses to make trading of cash that nobody took for something else', async () => {
    const refused = await run('record', 'was-trading', '--amount', '1500', ...(await assigned()));
    expect(refused.code).toBe(EXIT.failed);
    expect(refused.said[0]).toContain('No change of cash of this amount');
  });

  it('refuses what is of an account without rules', async () => {
    const words = [...ACCOUNT, '--folder', tempFolder()];
    expect((await run('record', 'payout-request', ...words)).code).toBe(EXIT.failed);
  });
});
