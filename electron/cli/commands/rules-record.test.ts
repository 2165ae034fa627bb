import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { EXIT, type Terminal } from '../command.ts';
import { rules } from './rules.ts';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'apex-record-'));
  folders.push(folder);
  return folder;
}

async function run(...words: readonly string[]) {
  const out: string[] = [];
  const notes: string[] = [];
  const terminal: Terminal = {
    out: (line) => void out.push(line),
    note: (line) => void notes.push(line),
    interrupted: new Promise(() => undefined),
  };
  const code = await rules(words, terminal);
  return { code, out, notes };
}

const ACCOUNT = ['--account', 'Sim101'];
const TEMPLATE = 'apex.4_0.eod.pa.50k';

async function assigned(): Promise<readonly string[]> {
  const words = [...ACCOUNT, '--folder', newFolder()];
  await run('assign', ...words, '--template', TEMPLATE);
  return words;
}

function daysFile(text: string): string {
  const file = join(newFolder(), 'days.csv');
  writeFileSync(file, text);
  return file;
}

describe('apex rules record', () => {
  it.each([
    ['payout', '--amount', '1500'],
    ['deposit', '--amount', '100.50'],
    ['adjustment', '--amount=-35'],
    ['reset', '--amount', '50000'],
    ['end-of-day', '--amount', '50250'],
    ['payout-request'],
  ])('takes a %s', async (...record) => {
    const done = await run('record', ...record, ...(await assigned()));
    expect(done).toEqual({ code: EXIT.done, out: ['Sim101: The rules know of it.'], notes: [] });
  });

  it('takes the days of before once', async () => {
    const words = await assigned();
    const file = daysFile('day,net,fills,kind\n2025-11-03,250.50,4,full\n2025-11-28,-10,2,half\n');
    const history = ['record', 'history', '--file', file, ...words];
    expect((await run(...history)).code).toBe(EXIT.done);
    const again = await run(...history);
    expect(again.out).toEqual(['Sim101: The earlier days of this account are known already.']);
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
    expect(refused.notes[0]).toContain(line);
  });

  it.each([
    [['record', 'payout', ...ACCOUNT]],
    [['record', 'payout', ...ACCOUNT, '--amount', '-5']],
    [['record', 'bonus', ...ACCOUNT, '--amount', '5']],
    [['record', ...ACCOUNT]],
  ])('does not understand %j', async (words) => {
    expect((await run(...words)).code).toBe(EXIT.usage);
  });

  it('refuses what is of an account without rules', async () => {
    const words = [...ACCOUNT, '--folder', newFolder()];
    expect((await run('record', 'payout-request', ...words)).code).toBe(EXIT.failed);
  });
});
