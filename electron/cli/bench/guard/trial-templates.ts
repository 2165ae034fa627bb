import type { PackLibrary } from '../../../risk/pack-library.ts';
import type { TrialTemplate } from './breach-draw.ts';

/** A family with a floor that follows every new high of the equity, in sizes from 25,000 to 300,000. */
const FAMILY = /^apex\.legacy\.intraday\.eval\.\w+\.rithmic$/;

/** Shipped templates for trials, smallest first. */
export function trialTemplates(library: PackLibrary): readonly TrialTemplate[] {
  const found: TrialTemplate[] = [];
  for (const { id, rules } of library.packs().flatMap(({ templates }) => templates)) {
    const { startBalance: start, drawdown, contracts } = rules;
    if (!FAMILY.test(id) || drawdown.type !== 'intraday') continue;
    const { amount } = drawdown;
    const minis = typeof contracts === 'object' && 'minis' in contracts ? contracts.minis : null;
    if (typeof start !== 'number' || typeof amount !== 'number' || typeof minis !== 'number') {
      throw new Error(`${id} does not tell its start, its floor or its contracts any more.`);
    }
    found.push({ id, start, amount, maxContracts: minis });
  }
  return found.sort((a, b) => a.start - b.start);
}
