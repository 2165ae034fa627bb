import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../store/testing/temp-folder.ts';
import { EXIT } from '../command.ts';
import { runToEnd } from '../testing/recorded-terminal.ts';
import { rules } from './rules.ts';

const run = (...words: readonly string[]) => runToEnd(rules, words);

const TEMPLATE = 'apex.4_0.intraday.eval.50k.rithmic';

describe('apex rules assign', () => {
  it('chooses rules that the next desk over the folder judges by', async () => {
    const folder = tempFolder();
    const account = ['--account', 'Sim101', '--folder', folder];
    const chosen = await run('assign', ...account, '--template', TEMPLATE, '--fresh');
    expect(chosen).toMatchObject({ code: EXIT.done, noted: [] });
    const shown = await run('show', '--folder', folder);
    expect(shown.said).toHaveLength(1);
    expect(shown.said[0]).toMatch(
      /^Sim101: apex\.4_0\.intraday\.eval\.50k\.rithmic, edition \d{4}/,
    );
    expect(shown.said[0]).toContain('observe at 70 %, unknown');
  });

  it('lets other rules wait for the next session, and refuses the same ones', async () => {
    const folder = tempFolder();
    const words = ['--account', 'Sim101', '--folder', folder, '--json'];
    await run('assign', ...words, '--template', TEMPLATE);
    const same = await run('assign', ...words, '--template', TEMPLATE);
    expect(JSON.parse(same.said[0] ?? '')).toMatchObject({ outcome: 'refused', from: null });
    expect(same.code).toBe(EXIT.failed);
    const other = 'apex.4_0.intraday.pa.50k';
    const later = await run('assign', ...words, '--template', other);
    expect(JSON.parse(later.said[0] ?? '')).toMatchObject({ outcome: 'later' });
    const shown = await run('show', '--folder', folder, '--json');
    expect(JSON.parse(shown.said[0] ?? '')).toMatchObject([
      { account: 'Sim101', risk: { rules: { template: TEMPLATE } } },
    ]);
  });

  it.each([
    [['assign', '--account', 'Sim101'], 2],
    [['assign', '--account', 'Sim101', '--template', 'no.such.template'], 1],
    [['assign', '--account', 'A', '--template', TEMPLATE, '--fresh', '--peak', '51000'], 2],
    [['show', '--account', 'Sim101'], 2],
  ])('%j exits with %i', async (words, code) => {
    const folder = words.includes('--template') ? ['--folder', tempFolder()] : [];
    expect((await run(...words, ...folder)).code).toBe(code);
  });
});
