import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../store/testing/temp-folder.ts';
import { EXIT } from '../command.ts';
import { runToEnd } from '../testing/recorded-terminal.ts';
import { news } from './news.ts';

const run = (...words: readonly string[]) => runToEnd(news, words);

function calendar(...lines: readonly string[]): string {
  const file = join(tempFolder(), 'calendar.csv');
  writeFileSync(file, ['time,class,name', ...lines].join('\r\n'));
  return file;
}

describe('apex news', () => {
  it('imports a calendar, times in UTC or on a wall clock, and shows it in order', async () => {
    const at = ['--folder', tempFolder()];
    const file = calendar(
      '2026-12-10T13:30:00Z,cpi,Consumer prices',
      '2026-12-04T08:30 America/New_York,nfp,Payrolls, November',
      '2026-12-09T20:00:00+01:00,fomc,Rate decision',
    );
    const done = await run('import', file, ...at);
    const span = '3 releases from 2026-12-04T13:30:00.000Z to 2026-12-10T13:30:00.000Z.';
    expect(done).toEqual({ code: EXIT.done, said: [span], noted: [] });
    expect((await run('show', ...at)).said).toEqual([
      span,
      '2026-12-04T13:30:00.000Z nfp Payrolls, November',
      '2026-12-09T19:00:00.000Z fomc Rate decision',
      '2026-12-10T13:30:00.000Z cpi Consumer prices',
    ]);
  });

  it.each([
    ['2026-12-04T08:30,nfp,Payrolls'],
    ['2026-12-04T08:30 EST,nfp,Payrolls'],
    ['2026-13-04T08:30 America/New_York,nfp,Payrolls'],
    ['2026-12-04T25:30 America/New_York,nfp,Payrolls'],
    ['2026-12-04T13:30:00Z,,Payrolls'],
    ['2026-12-04T13:30:00Z,nfp'],
  ])('refuses %j by its line, and keeps the calendar of before', async (line) => {
    const at = ['--folder', tempFolder()];
    await run('import', calendar('2026-12-10T13:30:00Z,cpi,CPI'), ...at);
    const refused = await run('import', calendar('2026-12-11T13:30:00Z,ppi,PPI', line), ...at);
    expect(refused.code).toBe(EXIT.usage);
    expect(refused.noted[0]).toContain('Line 3');
    expect((await run('show', ...at)).said[1]).toContain('cpi CPI');
  });

  it('shows that none was imported, and does not understand anything else', async () => {
    expect((await run('show', '--folder', tempFolder())).code).toBe(EXIT.failed);
    for (const words of [[], ['import'], ['show', 'x'], ['import', join(tempFolder(), 'none')]]) {
      expect((await run(...words)).code).toBe(EXIT.usage);
    }
  });
});
