import { describe, expect, it } from 'vitest';
import { packWith, smallPack } from '../../../shared/testing/rule-packs.ts';
import { EXIT } from '../command.ts';
import { runToEnd } from '../testing/recorded-terminal.ts';
import { written } from '../testing/written-packs.ts';
import { rules } from './rules.ts';

const diff = (...words: readonly string[]) => runToEnd(rules, ['diff', ...words]);

const now = packWith({});
const tighter = packWith({ drawdown: { amount: 2_000, lock: { trigger: 52_100 } } });

describe('apex rules diff', () => {
  it('tells what became of each template in words', async () => {
    const { code, said } = await diff(...written(now, tighter));
    expect(code).toBe(EXIT.done);
    expect(said).toEqual([
      'Acme 4.0 50K intraday: drawdown 2,500 → 2,000; peak that locks the floor 52,600 → 52,100',
      'Acme Funding, 2026-11-01 to 2026-11-01: 1 template differs',
    ]);
  });

  it('tells a program the same', async () => {
    const { said } = await diff(...written(now, tighter), '--json');
    expect(JSON.parse(said.join(''))).toMatchObject({
      ...{ firm: 'acme', from: '2026-11-01', to: '2026-11-01' },
      changes: [{ template: 'acme.4_0.intraday.eval.50k', kind: 'changed' }],
    });
  });

  it('is done when nothing differs', async () => {
    const { code, said } = await diff(...written(now, now));
    expect(code).toBe(EXIT.done);
    expect(said).toEqual(['Acme Funding, 2026-11-01 to 2026-11-01: 0 templates differ']);
  });

  it('fails on a pack with an error, which is not to be trusted', async () => {
    const broken = packWith({ drawdown: { amount: -1 } });
    const { code, said, noted } = await diff(...written(now, broken));
    expect([code, said.length]).toEqual([EXIT.failed, 0]);
    expect(noted.join()).toContain('has an error: families.0.rules.drawdown.amount: ');
  });

  it('answers 2 to packs of two firms', async () => {
    const pack = smallPack();
    const other = JSON.stringify({ ...pack, firm: { ...pack.firm, id: 'other' } });
    expect((await diff(...written(now, other))).code).toBe(EXIT.usage);
  });

  it.each([[[]], [['one.json']], [['/nowhere/a.json', '/nowhere/b.json']], [['--loud']]])(
    'answers 2 to %j',
    async (words) => {
      const { code, said } = await diff(...words);
      expect([code, said.length]).toEqual([EXIT.usage, 0]);
    },
  );
});
