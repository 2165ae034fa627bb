import { isPart } from './values.ts';

/** How people call a value; what is not listed is called by its path. */
const LABELS: Readonly<Record<string, string>> = {
  startBalance: 'start balance',
  displayOffset: 'display offset',
  profitTarget: 'profit target',
  drawdown: 'drawdown',
  'drawdown.amount': 'drawdown',
  'drawdown.type': 'kind of drawdown',
  'drawdown.operator': 'breach of the floor',
  'drawdown.effect': 'effect of the drawdown',
  'drawdown.lock': 'lock of the floor',
  'drawdown.lock.floor': 'locked floor',
  'drawdown.lock.trigger': 'peak that locks the floor',
  'drawdown.lock.on': 'events that lock the floor',
  'drawdown.recalculatedAt': 'time the floor moves',
  dailyLoss: 'daily loss limit',
  'dailyLoss.amount': 'daily loss limit',
  'dailyLoss.tiers': 'daily loss tiers',
  'dailyLoss.effect': 'effect of the daily loss limit',
  'dailyLoss.basis': 'basis of the daily loss limit',
  'dailyLoss.resetsAt': 'reset of the daily loss limit',
  contracts: 'contract cap',
  'contracts.minis': 'contract cap in minis',
  'contracts.micros': 'contract cap in micros',
  'contracts.microsPerMini': 'micros per mini',
  'contracts.tiers': 'scaling tiers',
  'contracts.weights': 'contract weights',
  consistency: 'consistency rule',
  'consistency.percent': 'consistency percentage',
  'consistency.percentByPayout': 'consistency percentages by payout',
  mae: 'limit on the open loss of a trade',
  growthGuard: 'growth guard',
  days: 'days',
  'days.toPass': 'days to pass',
  'days.toPayout': 'days to a payout',
  session: 'session',
  'session.flatBy': 'flat by',
  'session.rollsAt': 'day roll',
  'session.earlyClose': 'early close',
  holding: 'holding',
  'holding.overnight': 'overnight positions',
  'holding.weekend': 'weekend positions',
  news: 'news rule',
  'conduct.automation': 'automation',
  'conduct.protection': 'protection to begin with',
  'conduct.copying': 'copying',
  'conduct.hedging': 'hedging',
  'conduct.maxAccounts': 'most accounts',
  payout: 'payout rule',
  'payout.safetyNet': 'safety net',
  'payout.minimumBalance': 'balance to ask for a payout',
  'payout.minimumRequest': 'smallest payout',
  'payout.caps': 'payout caps',
  'payout.maximumCount': 'number of payouts',
  'payout.splitPercent': "trader's share",
  inactivity: 'inactivity rule',
  timeLimit: 'time limit',
  notes: 'notes',
};

export function labelOf(path: string): string {
  return Object.hasOwn(LABELS, path) ? (LABELS[path] ?? path) : path;
}

/** A value in words: 2500 is 2,500, tiers are "0: 2, 1,500: 3", a share is "5% of the start balance". */
export function valueWords(value: unknown): string {
  if (typeof value === 'number') return grouped(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(entryWords).join(', ');
  if (!isPart(value)) return 'not given';
  return partWords(value);
}

/** The value that says most about a rule which appears as a whole. */
export function headline(part: object): string {
  const rule = part as Readonly<Record<string, unknown>>;
  if (rule['of'] !== undefined) return valueWords(part);
  const telling = [
    'amount',
    'tiers',
    'minis',
    'percent',
    'percentByPayout',
    'rule',
    'calendarDays',
  ];
  const [first] = telling.filter((key) => rule[key] !== undefined);
  return first === undefined ? '' : valueWords(rule[first]);
}

function entryWords(entry: unknown): string {
  if (!isPart(entry)) return valueWords(entry);
  const tier = entry as Readonly<Record<string, unknown>>;
  const value = valueWords(tier['amount'] ?? tier['minis']);
  if (tier['from'] !== undefined) return `${valueWords(tier['from'])}: ${value}`;
  return `above ${valueWords(tier['above'])}: ${value}`;
}

function partWords(part: Readonly<Record<string, unknown>>): string {
  const { percent, of } = part;
  if (percent !== undefined && of !== undefined)
    return `${valueWords(percent)}% of the ${of === 'startBalance' ? 'start balance' : "day's reference"}`;
  return Object.entries(part)
    .map(([key, value]) => `${key} ${valueWords(value)}`)
    .join(', ');
}

/** Thousands with commas whatever the machine's language, as everywhere in the app's texts. */
function grouped(value: number): string {
  const [whole = '', decimals] = String(Math.abs(value)).split('.');
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${value < 0 ? '−' : ''}${thousands}${decimals === undefined ? '' : `.${decimals}`}`;
}
