import { describe, expect, it } from 'vitest';
import { replayed, vectorNamed, withParams, type Written } from './testing/written-vectors.ts';

interface Claim {
  readonly claim: string;
  readonly vector: string;
  /** The vector as the claim would have it. */
  readonly wrong: Written;
  /** A figure that then comes out otherwise. */
  readonly field: string;
}

function claims(
  vector: string,
  claim: string,
  params: Record<string, unknown>,
  field: string,
): Claim {
  return { claim, vector, wrong: withParams(vector, params), field };
}

function written(
  vector: string,
  claim: string,
  change: (right: Written) => Written,
  field: string,
): Claim {
  return { claim, vector, wrong: change(vectorNamed(vector)), field };
}

/** What many pages say of the firms and what their own texts do not. */
const CLAIMS: readonly Claim[] = [
  claims(
    'DL-9-ftmo-profit',
    'FTMO counts from the higher of balance and equity',
    { reference: 'higher-of-balance-and-equity' },
    'F',
  ),
  claims('DL-9-the5ers-profit', 'The5ers counts from the balance', { reference: 'balance' }, 'F'),
  claims('DL-7', "FTMO's limit grows with the balance", { share: '0.05', Lim: undefined }, 'F'),
  written(
    'ED-1',
    'an end-of-day drawdown cannot fail during the day',
    // The wrong engine sees the account at its snapshots alone.
    (right) => ({ ...right, events: right.events.map(({ t, clock }) => ({ t, clock })) }),
    'breach',
  ),
  claims('IT-1', 'the drawdown of Apex 4.0 50K is 2,500', { D: '2500' }, 'F'),
  claims('AP-one-day', 'Apex 4.0 asks for seven days', { required: 7 }, 'left'),
  claims('CO-4', 'Apex 4.0 has the 30 % rule', { share: '0.30' }, 'passes'),
  written(
    'TS-no-daily-limit',
    "Topstep's daily loss limit is mandatory",
    (right) => {
      const limit = { rule: 'DLL', params: { S: '50000', Lim: '1000' } };
      return { ...right, rules: [...(right.rules ?? []), limit] };
    },
    'state',
  ),
  claims('CO-1', "Topstep's best day may be 50 %", { share: '0.50' }, 'passes'),
  written(
    'TD-quick-pay',
    'TradeDay stays end-of-day when funded',
    (right) => ({ ...right, rule: 'EOD' }),
    'F',
  ),
  claims('ED-2', 'Topstep locks at S + 100', { K: '50100' }, 'F'),
  claims('ED-5', 'Take Profit Trader locks at S + 100', { K: '25100' }, 'F'),
  claims('IT-2', 'its funded account locks at S + 100', { K: '25100' }, 'locked'),
  claims('LK-tradeday', 'TradeDay locks at S + 100', { K: '50100' }, 'F'),
  claims('LK-earn2trade', 'Earn2Trade locks at S + 100', { K: '50100' }, 'F'),
  claims('LK-funded-next-legacy', 'FundedNext Legacy locks at S + 100', { K: '50100' }, 'F'),
  claims('IT-3-rithmic', 'an Apex evaluation locks at S + 100', { K: '50100' }, 'F'),
  claims('IT-3-tradovate', 'an Apex evaluation on Tradovate locks', { K: '53000' }, 'F'),
  claims('LK-tradeify-eval', 'a Tradeify evaluation locks at S + 100', { K: '50100' }, 'F'),
  claims('LK-bulenox-qualification', 'a Bulenox qualification locks', { K: '50100' }, 'F'),
];

/** Formulas that are easily written wrong. */
const SLIPS: readonly Claim[] = [
  claims('IT-4', 'the peak follows the balance alone', { peak: 'balance' }, 'F'),
  claims('IT-1', 'a touch does not breach', { op: '<' }, 'breach'),
  claims('ST-2', 'a touch breaches everywhere', { op: '<=' }, 'breach'),
  claims('CO-8', 'a strict share passes at the share', { op: '<=' }, 'passes'),
  claims('DL-1', 'the daily limit sees closed results alone', { includesOpen: false }, 'breach'),
  written(
    'SC-8',
    'a boundary belongs to the higher tier',
    (right) => {
      const tiers = right.params?.['tiers'] as object;
      return { ...right, params: { ...right.params, tiers: { ...tiers, operator: '>=' } } };
    },
    'cap',
  ),
  written(
    'PY-6',
    'a payout is a loss of the day',
    // The naive engine sees the balance fall and hears of no payout.
    (right) => ({
      ...right,
      events: right.events.map((event) =>
        'cash' in event ? { t: event['t'], B: '51100', U: '0' } : event,
      ),
    }),
    'breach',
  ),
];

describe.each([
  ['a claim that is often made', CLAIMS],
  ['a slip that is easily made', SLIPS],
])('%s', (_, list) => {
  it.each(list)('fails $vector: $claim', ({ vector, wrong, field }) => {
    expect(replayed(vectorNamed(vector))).toEqual([]);
    expect(replayed(wrong).map((mismatch) => mismatch.field)).toContain(field);
  });
});
