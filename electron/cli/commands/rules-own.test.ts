import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../store/testing/temp-folder.ts';
import { EXIT } from '../command.ts';
import { runToEnd } from '../testing/recorded-terminal.ts';
import { rules } from './rules.ts';

const run = (...words: readonly string[]) => runToEnd(rules, words);

const ACCOUNT = ['--account', 'Sim101'];
const EXAMPLE = join(import.meta.dirname, '../../../docs/own-rules.example.json');
const TRADES = { id: 'own.trades', title: 'Trades', rule: 'TRADES', params: { max: 5 } };

async function assigned(): Promise<readonly string[]> {
  const words = [...ACCOUNT, '--folder', tempFolder()];
  await run('assign', ...words, '--template', 'apex.4_0.eod.pa.50k');
  return words;
}

function fileOf(content: unknown): readonly string[] {
  const file = join(tempFolder(), 'own-rules.json');
  writeFileSync(file, JSON.stringify(content));
  return ['--file', file];
}

describe('apex rules own', () => {
  it('takes the example, and prints it again as a file that changes nothing', async () => {
    const words = await assigned();
    const chosen = await run('own', ...words, '--file', EXAMPLE);
    expect(chosen).toMatchObject({ code: EXIT.done, noted: [] });
    expect(chosen.said).toEqual(['Sim101: The account is judged by your own rules, too.']);
    const shown = await run('own', ...words);
    const printed: unknown = JSON.parse(shown.said.join('\n'));
    const given = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as readonly object[];
    expect(printed).toMatchObject(given);
    const again = await run('own', ...words, ...fileOf(printed));
    expect(again.said).toEqual(['Sim101: Your own rules are these already.']);
  });

  it('shows them among the rules of the account', async () => {
    const words = await assigned();
    await run('own', ...words, '--file', EXAMPLE);
    const shown = await run('show', '--folder', words.at(-1) ?? '', '--json');
    const [{ risk }] = JSON.parse(shown.said[0] ?? '') as [
      { risk: { verdicts: { id: string; title: string; source: object }[] } },
    ];
    const own = risk.verdicts.filter(({ id }) => id.startsWith('own.'));
    expect(own).toHaveLength(11);
    expect(own[0]).toMatchObject({ title: 'Largest loss of the day', source: { name: 'own' } });
  });

  it('prints an empty list before any were chosen', async () => {
    const shown = await run('own', ...(await assigned()));
    expect(JSON.parse(shown.said.join(''))).toEqual([]);
  });

  it('lets looser ones wait, with a reason', async () => {
    const words = await assigned();
    await run('own', ...words, ...fileOf([TRADES]));
    const looser = fileOf([{ ...TRADES, params: { max: 9 } }]);
    const refused = await run('own', ...words, ...looser);
    expect(refused.code).toBe(EXIT.failed);
    expect(refused.said[0]).toContain('Give a reason');
    const later = await run('own', ...words, ...looser, '--reason', 'new plan', '--json');
    expect(JSON.parse(later.said[0] ?? '')).toMatchObject({ outcome: 'later' });
    const shown = await run('own', ...words);
    expect(JSON.parse(shown.said.join(''))).toMatchObject([{ params: { max: 5 } }]);
    expect(shown.noted[0]).toMatch(/^From .* others count: own\.trades\.$/);
  });

  it.each([
    ['a wrong field', [{ ...TRADES, params: { max: 'x' } }], 'own.trades: params.max: '],
    ['an object', TRADES, 'Expected a list of rules.'],
  ])('names what is wrong with %s', async (_name, content, words) => {
    const refused = await run('own', ...ACCOUNT, ...fileOf(content));
    expect(refused.code).toBe(EXIT.usage);
    expect(refused.noted[0]).toContain(words);
  });

  it.each([
    [['own']],
    [['own', ...ACCOUNT, 'more']],
    [['own', ...ACCOUNT, '--file', '/none.json']],
  ])('does not understand %j', async (words) => {
    expect((await run(...words)).code).toBe(EXIT.usage);
  });

  it('refuses an account without rules of a firm', async () => {
    const words = [...ACCOUNT, '--folder', tempFolder(), ...fileOf([TRADES])];
    expect((await run('own', ...words)).code).toBe(EXIT.failed);
  });
});
