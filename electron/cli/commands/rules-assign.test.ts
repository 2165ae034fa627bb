import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { EXIT, type Terminal } from '../command.ts';
import { rules } from './rules.ts';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'apex-rules-'));
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

const TEMPLATE = 'apex.4_0.intraday.eval.50k.rithmic';

describe('apex rules assign', () => {
  it('chooses rules that the next desk over the folder judges by', async () => {
    const folder = newFolder();
    const account = ['--account', 'Sim101', '--folder', folder];
    const chosen = await run('assign', ...account, '--template', TEMPLATE, '--fresh');
    expect(chosen).toMatchObject({ code: EXIT.done, notes: [] });
    const shown = await run('show', '--folder', folder);
    expect(shown.out).toHaveLength(1);
    expect(shown.out[0]).toMatch(/^Sim101: apex\.4_0\.intraday\.eval\.50k\.rithmic, edition \d{4}/);
    expect(shown.out[0]).toContain('observe at 70 %, unknown');
  });

  it('lets other rules wait for the next session, and refuses the same ones', async () => {
    const folder = newFolder();
    const words = ['--account', 'Sim101', '--folder', folder, '--json'];
    await run('assign', ...words, '--template', TEMPLATE);
    const same = await run('assign', ...words, '--template', TEMPLATE);
    expect(JSON.parse(same.out[0] ?? '')).toMatchObject({ outcome: 'refused', from: null });
    expect(same.code).toBe(EXIT.failed);
    const other = 'apex.4_0.intraday.pa.50k';
    const later = await run('assign', ...words, '--template', other);
    expect(JSON.parse(later.out[0] ?? '')).toMatchObject({ outcome: 'later' });
    const shown = await run('show', '--folder', folder, '--json');
    expect(JSON.parse(shown.out[0] ?? '')).toMatchObject([
      { account: 'Sim101', risk: { rules: { template: TEMPLATE } } },
    ]);
  });

  it.each([
    [['assign', '--account', 'Sim101'], 2],
    [['assign', '--account', 'Sim101', '--template', 'no.such.template'], 1],
    [['assign', '--account', 'A', '--template', TEMPLATE, '--fresh', '--peak', '51000'], 2],
    [['show', '--account', 'Sim101'], 2],
  ])('%j exits with %i', async (words, code) => {
    const folder = words.includes('--template') ? ['--folder', newFolder()] : [];
    expect((await run(...words, ...folder)).code).toBe(code);
  });
});
