import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tempFolder } from '../store/testing/temp-folder.ts';
import { EXIT } from './command.ts';
import { flatten } from './commands/flatten.ts';
import { guard } from './commands/guard.ts';
import { rules } from './commands/rules.ts';
import { openHeadlessDesk } from './headless-desk.ts';
import { runToEnd } from './testing/recorded-terminal.ts';

const ACCOUNT = ['--account', 'Sim101'];

/** A folder with a desk at work over it, as while the app runs. */
async function folderInUse(): Promise<string> {
  const folder = tempFolder();
  const opened = await openHeadlessDesk({ folder, port: 0 });
  if (!opened.ok) throw new Error(opened.error);
  onTestFinished(() => opened.value.stop());
  return folder;
}

describe('a folder whose desk is at work', () => {
  it.each([
    ['rules', rules, ['assign', ...ACCOUNT, '--template', 'apex.4_0.eod.pa.50k']],
    ['rules', rules, ['record', 'payout', ...ACCOUNT, '--amount', '100']],
    ['rules', rules, ['show']],
    ['guard', guard, ['set', ...ACCOUNT, '--lock', '--port', '0', '--wait', '0.2']],
  ])('is refused to %s, and its pairing file stays as it is', async (_, command, words) => {
    const folder = await folderInUse();
    const pairing = readFileSync(join(folder, 'pairing.json'), 'utf8');
    const { code, said, noted } = await runToEnd(command, [...words, '--folder', folder]);
    expect({ code, said }).toEqual({ code: EXIT.failed, said: [] });
    expect(noted).toHaveLength(1);
    expect(noted[0]).toContain('in use');
    expect(readFileSync(join(folder, 'pairing.json'), 'utf8')).toBe(pairing);
  });

  it('is not refused to a flatten, because that desk may hang', async () => {
    const words = ['--all', '--port', '0', '--wait', '0.2', '--folder', await folderInUse()];
    const { noted } = await runToEnd(flatten, words);
    expect(noted.join()).not.toContain('in use');
  });

  it('keeps the pairing file after a question, when it is free', async () => {
    const folder = tempFolder();
    const opened = await openHeadlessDesk({ folder, port: 0 });
    if (opened.ok) await opened.value.stop();
    const pairing = readFileSync(join(folder, 'pairing.json'), 'utf8');
    expect((await runToEnd(rules, ['show', '--folder', folder])).code).toBe(EXIT.done);
    expect(readFileSync(join(folder, 'pairing.json'), 'utf8')).toBe(pairing);
  });
});
