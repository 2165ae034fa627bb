import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { verifyJournal } from './journal-verify.ts';
import { numbers, openJournal, readTemp } from './testing/store-world.ts';
import { tempFolder } from './testing/temp-folder.ts';

const RAW_TEXT = join(import.meta.dirname, 'testing', 'raw-text.ts');
const APPENDER = join(import.meta.dirname, 'testing', 'append-forever.ts');

/** Starts the appender, kills it in mid-work after so many words, and tells the last number it called safe. */
async function killAfter(path: string, words: number): Promise<number> {
  const child = fork(APPENDER, [path], {
    silent: true,
    execArgv: ['--import', RAW_TEXT],
  });
  let safe = 0;
  let heard = 0;
  let complaints = '';
  child.stderr?.on('data', (text: Buffer) => (complaints += text.toString()));
  const lines = createInterface({ input: child.stdout! });
  lines.on('line', (line) => {
    safe = Number(line);
    heard += 1;
    if (heard === words) child.kill('SIGKILL');
  });
  await Promise.all([once(child, 'exit'), once(lines, 'close')]);
  if (heard < words) throw new Error(`The appender ended early: ${complaints}`);
  return safe;
}

describe('a killed process', () => {
  it('has lost nothing that was flushed, and leaves whole batches in one chain', async () => {
    const path = join(tempFolder(), 'journal.db');
    let safe = 0;
    for (const words of [3, 40, 17, 90]) {
      const before = safe;
      safe = await killAfter(path, words);
      expect(safe).toBeGreaterThan(before);
    }
    const { journal } = openJournal(path, 'run-after');
    const held = numbers(journal);
    expect(held.length).toBeGreaterThanOrEqual(safe);
    expect(held).toEqual(held.map((_, index) => index + 1));
    expect(verifyJournal(readTemp(path)).flaws).toEqual([]);
  });
});
