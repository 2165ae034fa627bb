import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { EXIT, type Terminal } from '../command.ts';
import { rules } from './rules.ts';

const folders: string[] = [];

const vector = {
  id: 'one',
  rule: 'STA',
  params: { F: '48000', D: '2000' },
  start: { B: '50000' },
  events: [{ t: '2026-11-18T15:00:00Z', B: '48000.01', U: '0' }],
  expect: [{ C: '0.01', breach: false }],
};

function fileWith(content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'apex-'));
  folders.push(folder);
  const file = join(folder, 'vectors.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

async function run(...words: string[]): Promise<{ code: number; said: string; noted: string }> {
  const said: string[] = [];
  const noted: string[] = [];
  const terminal: Terminal = {
    out: (line) => void said.push(line),
    note: (line) => void noted.push(line),
    interrupted: new Promise(() => undefined),
  };
  const code = await rules(words, terminal);
  return { code, said: said.join('\n'), noted: noted.join('\n') };
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('apex rules replay', () => {
  it('tells the verdict of every event and exits 0 when all figures agree', async () => {
    const { code, said } = await run('replay', fileWith(vector), fileWith([vector]));
    expect(code).toBe(EXIT.done);
    expect(said.split('\n')).toEqual([
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
    expect(JSON.parse(said)).toMatchObject({
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
    expect(said).toBe('');
    expect(noted).toContain(`${bad}: vector one: params.F: `);
  });
});
