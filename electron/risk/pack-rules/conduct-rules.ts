import {
  gapOf,
  headOf,
  joined,
  NOTHING,
  rulesOf,
  unknownOf,
  type Terms,
  type Translated,
} from './terms.ts';

/** Products that every firm that bans hedging counts as one. */
const SAME_PRODUCT: readonly (readonly string[])[] = [
  ['ES', 'MES'],
  ['NQ', 'MNQ'],
  ['RTY', 'M2K'],
  ['YM', 'MYM'],
  ['CL', 'MCL'],
  ['GC', 'MGC'],
  ['SI', 'SIL'],
  ['HG', 'MHG'],
  ['NG', 'MNG'],
  ['BTC', 'MBT'],
];

/** A stop is placed within seconds of an entry, not in the same message. */
const STOP_GRACE_MS = 30_000;

/** The manner of trading. */
export function conductRules(terms: Terms): Translated {
  const { conduct } = terms.rules;
  return joined(
    hedging(terms),
    // A stop in the trader's head satisfies the firms that ask for one, so that its absence can only be a warning.
    conduct.stopRequired === true
      ? rulesOf({
          ...headOf(terms, 'conduct.stopRequired', 'warn'),
          kind: 'stop-required',
          grace: STOP_GRACE_MS,
        })
      : NOTHING,
    typeof conduct.maxTradesPerDay === 'number'
      ? rulesOf({
          ...headOf(terms, 'conduct.maxTradesPerDay', 'refuse'),
          kind: 'trade-count',
          max: conduct.maxTradesPerDay,
          reset: terms.roll,
        })
      : NOTHING,
    inactivity(terms),
    leftToTheTrader(terms),
  );
}

function hedging(terms: Terms): Translated {
  const { hedging: rule } = terms.rules.conduct;
  if (rule === 'unknown') return unknownOf('conduct.hedging');
  if (rule === 'allowed') return NOTHING;
  const head = headOf(terms, 'conduct.hedging', 'refuse');
  return rulesOf({ ...head, kind: 'hedging', groups: SAME_PRODUCT });
}

/** Days without a trade. Firms that ask for more than one trade are left to the trader. */
function inactivity(terms: Terms): Translated {
  const { inactivity: rule } = terms.rules;
  if (!isSimple(rule)) return NOTHING;
  const head = headOf(terms, 'inactivity', 'warn');
  return rulesOf({ ...head, kind: 'inactivity', maxDays: rule.calendarDays });
}

function isSimple(rule: Terms['rules']['inactivity']): rule is Exclude<typeof rule, string> {
  return typeof rule === 'object' && rule.activeDays === 1 && rule.minimumNet === undefined;
}

/** What the engine does not judge; shown beside the rules so that nobody takes its silence for leave. */
function leftToTheTrader({ rules }: Terms): Translated {
  const said: readonly (readonly [string, boolean])[] = [
    ['holding.shortTrades', typeof rules.holding.shortTrades === 'object'],
    ['holding.priceLimitPercent', typeof rules.holding.priceLimitPercent === 'number'],
    ['inactivity', typeof rules.inactivity === 'object' && !isSimple(rules.inactivity)],
    ['timeLimit', typeof rules.timeLimit === 'object'],
    ['conduct.copying', rules.conduct.copying !== 'unknown'],
    ['conduct.maxAccounts', typeof rules.conduct.maxAccounts === 'number'],
  ];
  const stated = said.filter(([, isStated]) => isStated);
  const sentence = 'The app does not watch this rule.';
  return joined(...stated.map(([path]) => gapOf('not-evaluated', path, sentence)));
}
