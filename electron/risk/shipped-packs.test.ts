import { describe, expect, it } from 'vitest';
import { valueAt } from '../../shared/protocol/rule-pack/paths.ts';
import { evidenceOf } from '../../shared/protocol/rule-pack/evidence.ts';
import { usableTemplates } from './pack-folder.ts';
import { figures } from './testing/figures.ts';
import { shippedPacks } from './testing/shipped-packs.ts';

const packs = shippedPacks('2026-11-21');
const templates = usableTemplates(packs);

describe('the shipped packs', () => {
  it('are all sound', () => {
    const errors = packs.flatMap(({ issues }) => issues.filter((i) => i.severity === 'error'));
    expect(errors).toEqual([]);
  });

  it('rest on no page that is newer than the day it was read', () => {
    const newer = packs.flatMap(({ issues }) =>
      issues.filter(({ code }) => code === 'PAGE_NEWER_THAN_READ'),
    );
    expect(newer.map(({ path, sentence }) => `${path} ${sentence}`)).toEqual([]);
  });

  it('cover twelve active firms, one inactive firm and an account of another firm', () => {
    const firms = packs.flatMap(({ pack }) => (pack === null ? [] : [pack]));
    const active = firms.filter(({ firm }) => firm.status === 'active').map(({ firm }) => firm.id);
    expect(active.filter((id) => id !== 'custom')).toEqual([
      'apex',
      'bulenox',
      'earn2trade',
      'elite_trader_funding',
      'ftmo',
      'funded_next',
      'my_funded_futures',
      'take_profit_trader',
      'the5ers',
      'topstep',
      'tradeday',
      'tradeify',
    ]);
    const [inactive, ...others] = firms.filter(({ firm }) => firm.status === 'inactive');
    expect(others).toEqual([]);
    expect(inactive?.firm.id).toBe('my_forex_funds');
    expect(inactive?.templates).toEqual([]);
  });

  it('hold at least 150 figures that were picked from the firms by hand', () => {
    expect(figures.length).toBeGreaterThanOrEqual(150);
    expect(new Set(figures.map(([id]) => id.split('.')[0])).size).toBe(12);
  });

  it.each(figures)('%s %s is %j', (id, path, expected) => {
    const template = templates.get(id);
    expect(template, `no template ${id}`).toBeDefined();
    expect(valueAt(template?.rules, path)).toEqual(expected);
  });

  it('begin with observing wherever the firm does not clearly allow automation', () => {
    for (const { id, rules } of templates.values()) {
      const mayAct = ['allowed', 'ownOnly'].includes(rules.conduct.automation);
      if (!mayAct) expect([id, rules.conduct.protection]).toEqual([id, 'observe']);
    }
  });

  it('let the account of another firm claim nothing', () => {
    const own = templates.get('custom.own.any.any.any');
    expect(own?.rules).toMatchObject({ startBalance: 'unknown', dailyLoss: 'unknown' });
    expect(own?.rules.drawdown).toMatchObject({ amount: 'unknown', lock: 'unknown' });
    expect(own?.evidence.confidence).toBe('L');
  });

  it.each([
    ['apex.4_0.eod.eval.50k.rithmic', 'drawdown.lock.floor', 'H'],
    ['apex.4_0.eod.eval.25k.rithmic', 'drawdown.lock.floor', 'M'],
    ['apex.legacy.intraday.pa.50k', 'mae.belowSafetyNet', 'L'],
    ['take_profit_trader.2026.standard.pro.100k', 'drawdown.amount', 'L'],
    ['take_profit_trader.2026.standard.pro.50k', 'drawdown.amount', 'H'],
    ['tradeday.2026.quick_pay_eod.eval.150k', 'drawdown.amount', 'L'],
    ['tradeday.2026.quick_pay_eod.eval.50k', 'drawdown.amount', 'M'],
    ['tradeday.2026.quick_pay_eod.eval.50k', 'drawdown.type', 'H'],
    ['tradeday.2026.quick_pay_eod.eval.100k', 'contracts.minis', 'L'],
    ['tradeify.3_0.growth.eval.100k', 'contracts.minis', 'L'],
    ['tradeify.3_0.growth.eval.150k', 'dailyLoss.tiers', 'L'],
    ['my_funded_futures.2026.rapid.eval.50k', 'contracts.minis', 'L'],
    ['funded_next.2026.legacy.eval.50k', 'drawdown.type', 'L'],
    ['earn2trade.2026.gau.eval.150k', 'profitTarget', 'L'],
    ['earn2trade.2026.tcp.eval.50k', 'dailyLoss.effect', 'L'],
    ['topstep.2026.live.live.50k', 'dailyLoss.amount', 'L'],
    ['ftmo.2026.one_step.challenge.100k', 'dailyLoss.amount.percent', 'M'],
    ['ftmo.2026.two_step.challenge.100k', 'drawdown.type', 'L'],
    ['ftmo.2026.two_step.challenge.100k', 'dailyLoss.amount.percent', 'H'],
    ['my_funded_futures.2026.rapid.eval.50k', 'drawdown.lock.floor', 'M'],
    ['my_funded_futures.2026.rapid.eval.25k', 'drawdown.lock.floor', 'H'],
  ])('%s %s is of confidence %s', (id, path, confidence) => {
    const template = templates.get(id);
    expect(template && evidenceOf(template, path).confidence).toBe(confidence);
  });
});
