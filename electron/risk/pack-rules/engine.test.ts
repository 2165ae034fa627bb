import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../shared/kernel/clock.ts';
import { money, ZERO_MONEY } from '../../../shared/domain/money/money.ts';
import { openAccount, step } from '../../../shared/domain/risk/engine.ts';
import { exchangeCalendar } from '../../../shared/domain/risk/exchange-calendar.ts';
import { DEFAULT_LADDER, type Verdict } from '../../../shared/domain/risk/verdict.ts';
import { shippedPacks } from '../testing/shipped-packs.ts';
import { rulebookOf } from './rulebook.ts';

const packs = shippedPacks('2026-11-21').flatMap(({ pack }) => (pack === null ? [] : [pack]));
/** A Wednesday morning in the middle of a session. */
const OPEN = Date.parse('2026-11-18T15:00:00Z');
const MINUTE = 60_000;

/** The floor and whether it is breached, mark by mark, within one session of a fresh account. */
function floorsOf(id: string, equities: readonly number[]): readonly string[] {
  const pack = packs.find(({ templates }) => templates.some((template) => template.id === id));
  const template = pack?.templates.find((one) => one.id === id);
  if (pack === undefined || template === undefined) throw new Error(`There is no ${id}.`);
  const { rules } = template;
  const { sources } = pack;
  const made = rulebookOf({ template, sources, rules, calendarRoot: 'ES', hasDailyLimit: false });
  if (!made.ok || typeof rules.startBalance !== 'number') throw new Error('No start balance.');
  const start = money(rules.startBalance * 10_000);
  const engine = {
    rulebook: made.value.book,
    calendar: exchangeCalendar('ES'),
    ladder: DEFAULT_LADDER,
  };
  let state = openAccount(engine, {
    at: OPEN as EpochMs,
    balance: start,
    dayReference: start,
    isFresh: true,
    peaks: {},
    references: {},
  });
  return equities.map((equity, index) => {
    const taken = step(engine, state, {
      kind: 'mark',
      at: (OPEN + (index + 1) * MINUTE) as EpochMs,
      balance: start,
      open: money(Math.round(equity * 10_000) - start),
      fees: ZERO_MONEY,
      high: null,
      low: null,
      worstTrade: null,
      quality: 'fresh',
    });
    if (!taken.ok) throw new Error(taken.error.code);
    state = taken.value.state;
    return told(taken.value.verdicts.find(({ rule }) => rule === 'drawdown'));
  });
}

function told(verdict: Verdict | undefined): string {
  if (verdict === undefined) return 'no floor';
  const floor = verdict.readings['F'];
  const amount = floor?.unit === 'money' && floor.value !== null ? floor.value / 10_000 : '?';
  return `${amount}${verdict.severity === 'breach' ? ' breach' : ''}`;
}

describe('a shipped template in the engine', () => {
  it.each<[string, readonly number[], readonly string[]]>([
    [
      'apex.4_0.intraday.pa.50k',
      [50_000, 50_900, 50_300, 52_100, 52_600, 50_150, 50_100],
      ['48000', '48900', '48900', '50100', '50100', '50100', '50100 breach'],
    ],
    [
      'take_profit_trader.2026.standard.pro.25k',
      [25_000, 26_000, 25_500, 26_500, 25_000],
      ['23500', '24500', '24500', '25000', '25000 breach'],
    ],
    [
      'apex.4_0.intraday.eval.50k.rithmic',
      [52_999.75, 55_000, 55_400, 53_400, 53_000],
      ['50999.75', '53000', '53000', '53000', '53000 breach'],
    ],
    [
      'apex.4_0.intraday.eval.50k.tradovate',
      [52_999.75, 55_000, 55_400, 53_400.25, 53_400],
      ['50999.75', '53000', '53400', '53400', '53400 breach'],
    ],
    [
      'my_funded_futures.2026.rapid.sim.50k',
      [1_500, -400, 2_100, 5_000, 100, 99.5],
      ['-500', '-500', '100', '100', '100', '100 breach'],
    ],
    [
      'apex.legacy.static.pa.100k',
      [99_400, 101_700, 99_800, 99_375],
      ['99375', '99375', '99375', '99375 breach'],
    ],
    [
      'ftmo.2026.two_step.challenge.100k',
      [96_000, 90_000, 89_999.99],
      ['90000', '90000', '90000 breach'],
    ],
    [
      'the5ers.classic.high_stakes.step_1.50k',
      [52_000, 45_000.01, 45_000],
      ['45000', '45000', '45000 breach'],
    ],
  ])('%s keeps the floor that the firm publishes', (id, equities, floors) => {
    expect(floorsOf(id, equities)).toEqual(floors);
  });
});
