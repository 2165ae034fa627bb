import { readPack } from '../protocol/rule-pack/read-pack.ts';
import type { PackFile } from '../protocol/rule-pack/pack-file.ts';
import type { RulePack, Template } from '../protocol/rule-pack/template.ts';
import { overlay } from '../protocol/rule-pack/paths.ts';

/** The day on which the small pack is read in tests. */
export const PACK_DAY = '2026-11-21';

/** A sound pack of one firm with one template, `acme.4_0.intraday.eval.50k`. */
export function smallPack(): PackFile {
  return JSON.parse(JSON.stringify(SMALL)) as PackFile;
}

/** The small pack with other rules laid over those of its only family. */
export function packWith(rules: Readonly<Record<string, unknown>>): string {
  const pack = smallPack();
  const [family] = pack.families;
  if (family === undefined) throw new Error('The small pack has one family.');
  return JSON.stringify({
    ...pack,
    families: [{ ...family, rules: overlay(family.rules, rules) }],
  });
}

/** Reads a pack that is known to be sound. */
export function soundPack(text: string): RulePack {
  const { pack, issues } = readPack(text, PACK_DAY);
  const [first] = issues.filter(({ severity }) => severity === 'error');
  if (pack === null || first !== undefined) throw new Error(first?.sentence ?? 'No pack.');
  return pack;
}

export function onlyTemplate(text: string): Template {
  const [template] = soundPack(text).templates;
  if (template === undefined) throw new Error('The pack has no template.');
  return template;
}

const SMALL: PackFile = {
  format: 1,
  firm: { id: 'acme', name: 'Acme Funding', shortName: 'Acme', status: 'active' },
  edition: '2026-11-01',
  sources: { help: { title: 'Help page', url: 'https://example.com/help' } },
  families: [
    {
      generation: '4_0',
      product: 'intraday',
      stage: 'eval',
      name: '4.0 {size} intraday',
      availability: 'sold',
      rules: {
        currency: 'USD',
        profitTarget: 3_000,
        drawdown: {
          type: 'intraday',
          amount: 2_500,
          operator: '<=',
          effect: 'hard',
          lock: { floor: 50_100, trigger: 52_600, on: ['peak'] },
        },
        dailyLoss: 'none',
        contracts: { minis: 6, microsPerMini: 10 },
        mae: 'none',
        growthGuard: 'none',
        consistency: 'none',
        days: { toPass: 'none', toPayout: 'none', halfDays: 'count' },
        session: {
          rollsAt: '18:00 America/New_York',
          flatBy: '16:59 America/New_York',
          atFlatBy: 'breach',
          earlyClose: 'traderDuty',
        },
        holding: {
          overnight: false,
          weekend: false,
          shortTrades: 'none',
          priceLimitPercent: 'none',
        },
        news: 'free',
        conduct: {
          automation: 'allowed',
          protection: 'guard',
          copying: 'ownAccounts',
          hedging: 'forbidden',
          stopRequired: false,
          maxAccounts: 'none',
          accountsOf: 'person',
          maxTradesPerDay: 'none',
        },
        payout: 'none',
        inactivity: 'none',
        timeLimit: 'none',
        evidence: { sources: ['help'], verifiedOn: '2026-10-20', confidence: 'H' },
      },
      sizes: { '50k': { startBalance: 50_000 } },
    },
  ],
};
