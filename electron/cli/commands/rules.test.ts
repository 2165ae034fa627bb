import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../store/testing/temp-folder.ts';
import { EXIT } from '../command.ts';
import { runToEnd } from '../testing/recorded-terminal.ts';
import { rules } from './rules.ts';

const vector = {
  id: 'one',
  rule: 'STA',
  params: { F: '48000', D: '2000' },
  start: { B: '50000' },
  events: [{ t: '2026-11-18T15:00:00Z', B: '48000.01', U: '0' }],
  expect: [{ C: '0.01', breach: false }],
};

function fileWith(content: unknown): string {
  const file = join(tempFolder(), 'vectors.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const run = (...words: readonly string[]) => runToEnd(rules, words);

describe('apex rules', () => {
  it.each(['--help', '-h', 'help'])('tells its actions when it is asked with %s', async (word) => {
    const { code, said } = await run(word);
    expect(code).toBe(EXIT.done);
    expect(said).toEqual([expect.stringContaining('apex rules replay <vectors.json>')]);
  });
});

describe('apex rules replay', () => {
  it('tells the verdict of every event and exits 0 when all figures agree', async () => {
    const { code, said } = await run('replay', fileWith(vector), fileWith([vector]));
    expect(code).toBe(EXIT.done);
    expect(said).toEqual([
      'one 0 2026-11-18T15:00:00.000Z critical: STA critical',
      'one 0 2026-11-18T15:00:00.000Z critical: STA critical',
      '2 vectors, 2 events, 0 mismatches',
    ]);
  });

  it('exits 1 on a mismatch and names file, vector, event, field and both figures', async () => {
    const file = fileWith({ ...vector, expect: [{ C: '0.02', breach: false, X: 1 }] });
    const { code, said } = await run('replay', file);
    expect(code).toBe(EXIT.failed);
    expect(said).toContain(`MISMATCH ${file} one event 0 C: expected 0.02, got 0.01`);
    expect(said).toContain(`MISMATCH ${file} one event 0 X: expected 1, got no such figure`);
  });

  it('writes one JSON object with the verdicts', async () => {
    const { code, said } = await run('replay', fileWith(vector), '--json');
    expect(code).toBe(EXIT.done);
    expect(JSON.parse(said.join())).toMatchObject({
      ok: true,
      ...{ vectors: 1, events: 1, mismatches: 0 },
      files: [{ vectors: [{ events: [{ verdicts: [{ rule: 'STA', left: 100 }] }] }] }],
    });
  });

  it.each([
    ['no file', []],
    ['a file that is not there', ['/nowhere/vectors.json']],
    ['an unknown flag', ['--fast']],
  ])('exits 2 on %s', async (_, words) => {
    expect((await run('replay', ...words)).code).toBe(EXIT.usage);
  });

  it('exits 2 on a file that is not in the format, and replays nothing of the others', async () => {
    const bad = fileWith({ ...vector, params: { F: 48_000, D: '2000' } });
    const { code, said, noted } = await run('replay', fileWith(vector), bad);
    expect(code).toBe(EXIT.usage);
    expect(said).toEqual([]);
    expect(noted.join()).toContain(`${bad}: vector one: params.F: `);
  });
});
