import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Override } from '../../shared/protocol/rule-pack/overrides.ts';
import { onlyTemplate, packWith } from '../../shared/testing/rule-packs.ts';
import { readOverrides, writeOverrides } from './override-file.ts';
import { contentOf, PackArchive } from './pack-content.ts';
import { packFilesIn, readPackFile, usableTemplates } from './pack-folder.ts';

const folders: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'apex-packs-'));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const { rules } = onlyTemplate(packWith({}));

describe('the folder of packs', () => {
  it('gives the templates of sound packs only, and leaves other files alone', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'b.json'), packWith({}));
    writeFileSync(join(folder, 'a.json'), packWith({ drawdown: { type: 'static' } }));
    writeFileSync(join(folder, 'notes.txt'), 'hello');
    const files = packFilesIn(folder);
    const packs = files.ok ? files.value.map((file) => readPackFile(file, '2026-11-21')) : [];
    expect(packs.map((read) => read.ok && read.value.issues.length)).toEqual([1, 0]);
    const read = packs.flatMap((pack) => (pack.ok ? [pack.value] : []));
    expect([...usableTemplates(read).keys()]).toEqual(['acme.4_0.intraday.eval.50k']);
    expect(usableTemplates(read.slice(0, 1)).size).toBe(0);
  });

  it('that cannot be read is an error with the words of the disk', () => {
    const missing = join(newFolder(), 'nothing');
    expect(packFilesIn(missing)).toMatchObject({ ok: false, error: { code: 'UNREADABLE' } });
    expect(readPackFile(missing, '2026-11-21')).toMatchObject({ ok: false });
  });
});

describe('the contents of rules', () => {
  it('have one hash whatever the order of the keys, and another for any other value', () => {
    const { currency, ...rest } = rules;
    expect(contentOf({ ...rest, currency })).toBe(contentOf(rules));
    expect(contentOf({ ...rules, profitTarget: 3_001 })).not.toBe(contentOf(rules));
  });

  it('are kept once and given back as they were', () => {
    const folder = join(newFolder(), 'kept');
    const archive = new PackArchive(folder);
    const first = archive.keep(rules);
    expect(archive.keep(rules)).toEqual(first);
    expect(readdirSync(folder)).toEqual([`${contentOf(rules)}.json`]);
    expect(new PackArchive(folder).read(contentOf(rules))).toEqual({ ok: true, value: rules });
  });

  it('that were altered or lost are not believed, and can be kept again', () => {
    const folder = newFolder();
    const archive = new PackArchive(folder);
    const content = contentOf(rules);
    expect(archive.read(content)).toMatchObject({ ok: false, error: { code: 'NOT_KEPT' } });
    archive.keep(rules);
    const file = join(folder, `${content}.json`);
    writeFileSync(file, readFileSync(file, 'utf8').replace('3000', '9000'));
    expect(archive.read(content)).toMatchObject({ ok: false, error: { code: 'ALTERED' } });
    expect(archive.keep(rules)).toEqual({ ok: true, value: content });
    expect(archive.read(content)).toMatchObject({ ok: true });
  });

  it('say so when the disk refuses', () => {
    const file = join(newFolder(), 'a-file');
    writeFileSync(file, '');
    expect(new PackArchive(file).keep(rules)).toMatchObject({ ok: false, error: { code: 'DISK' } });
  });
});

describe('the file of overrides', () => {
  const override: Override = {
    template: 'acme.4_0.intraday.eval.50k',
    path: 'contracts.minis',
    value: 4,
    packValue: 6,
    by: 'trader',
    at: 1_790_000_000_000,
    reason: 'agreement',
  };

  it('gives back what was written, and nothing where nothing was', () => {
    const file = join(newFolder(), 'risk', 'overrides.json');
    expect(readOverrides(file)).toEqual({ ok: true, value: [] });
    expect(writeOverrides(file, [override])).toEqual({ ok: true, value: null });
    expect(readOverrides(file)).toEqual({ ok: true, value: [override] });
    expect(readdirSync(join(file, '..'))).toEqual(['overrides.json']);
  });

  it.each([
    ['{', 'NOT_UNDERSTOOD'],
    ['{"format":2,"overrides":[]}', 'NOT_UNDERSTOOD'],
    ['{"format":1,"overrides":[{"template":"x"}]}', 'NOT_UNDERSTOOD'],
  ])('that is damaged is an error and never taken for empty: %s', (text, code) => {
    const file = join(newFolder(), 'overrides.json');
    writeFileSync(file, text);
    expect(readOverrides(file)).toMatchObject({ ok: false, error: { code } });
  });

  it('that is a folder can be neither read nor written', () => {
    const file = join(newFolder(), 'overrides.json');
    mkdirSync(join(file, 'inside'), { recursive: true });
    expect(readOverrides(file)).toMatchObject({ ok: false, error: { code: 'UNREADABLE' } });
    expect(writeOverrides(file, [])).toMatchObject({ ok: false, error: { code: 'NOT_WRITTEN' } });
  });
});
