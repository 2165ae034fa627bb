import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { packWith } from '../../../shared/testing/rule-packs.ts';
import { EXIT } from '../command.ts';
import { recordedTerminal, type Told } from '../testing/recorded-terminal.ts';
import { written } from '../testing/written-packs.ts';
import { validateOn } from './rules-validate.ts';

function validate(words: readonly string[], day = '2026-11-21'): Told {
  const terminal = recordedTerminal();
  const code = validateOn(day, words, terminal);
  return { code, said: terminal.said, noted: terminal.noted };
}

const Report = z.object({
  errors: z.number(),
  warnings: z.number(),
  packs: z.array(z.object({ firm: z.string().nullable(), templates: z.array(z.string()) })),
});

describe('apex rules validate', () => {
  it('passes the shipped packs, with warnings for what is old, weak or unknown', () => {
    const { code, said } = validate(['--json']);
    expect(code).toBe(EXIT.done);
    const report = Report.parse(JSON.parse(said.join('')));
    expect(report.errors).toBe(0);
    expect(report.warnings).toBeGreaterThan(0);
    expect(report.packs).toHaveLength(14);
    expect(new Set(report.packs.flatMap(({ templates }) => templates)).size).toBe(303);
  });

  it('passes a named pack that is sound, without a word but its summary', () => {
    const [file = ''] = written(packWith({}));
    expect(validate([file])).toEqual({
      code: EXIT.done,
      said: [`${file}: 1 template, 0 errors, 0 warnings`],
      noted: [],
    });
  });

  it('fails a pack with an error and says where and what', () => {
    const [good = '', bad = ''] = written(packWith({}), packWith({ drawdown: { amount: -1 } }));
    const { code, said } = validate([good, bad]);
    expect(code).toBe(EXIT.failed);
    expect(said.at(-1)).toMatch(/^ {2}error SCHEMA families\.0\.rules\.drawdown\.amount: .+\.$/);
  });

  it('warns from the 91st day on, which is no failure', () => {
    const [file = ''] = written(packWith({}));
    const { code, said } = validate([file], '2027-01-19');
    expect(code).toBe(EXIT.done);
    expect(said[1]).toContain('warning STALE acme.4_0.intraday.eval.50k: Read 91 days ago');
  });

  it('tells one warning of each kind unless all are wanted', () => {
    const brief = validate([]).said;
    const all = validate(['--all']).said;
    expect(brief.length).toBeLessThan(all.length);
    expect(brief.some((line) => / And \d+ more like it\.$/.test(line))).toBe(true);
  });

  it.each([[['/nowhere/pack.json']], [['--loud']]])('answers 2 to %j', (words) => {
    const { code, said, noted } = validate(words);
    expect([code, said.length, noted.length]).toEqual([EXIT.usage, 0, 1]);
  });
});
