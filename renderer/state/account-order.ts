import type { AccountView, DeskView } from '../../shared/protocol/ipc/views.ts';
import type { RuleView } from '../../shared/protocol/ipc/risk-view.ts';
import { alarms } from './selectors.ts';

/** A notice is no reason to push aside an account with something open. */
const WORRY: Readonly<Record<RuleView['severity'], number>> = {
  ok: 0,
  notice: 0,
  warning: 1,
  unknown: 2,
  critical: 3,
  breach: 4,
};

interface Place {
  readonly name: string;
  /** Rising importance, compared one after the other. */
  readonly ranks: readonly number[];
}

/**
 * Account names, the worst first: an unresolved flatten, then the worst rule, then what is open, then doubt. Within a rank
 * the order is that of the names and never depends on prices.
 */
export function accountOrder(view: DeskView | null): readonly string[] {
  if (view === null) return [];
  const troubled = new Set(
    alarms(view).flatMap((flatten) => flatten.remaining.map((left) => left.account)),
  );
  return view.accounts
    .map((account): Place => {
      const ranks = [
        Number(troubled.has(account.name)),
        worryOf(account),
        openness(account),
        Number(isDoubted(account)),
        Number(account.risk.severity === 'notice'),
      ];
      return { name: account.name, ranks };
    })
    .sort((a, b) => byRanks(a, b) || a.name.localeCompare(b.name, 'en', { numeric: true }))
    .map(({ name }) => name);
}

/** What nobody can judge is a worry as soon as something is open in it. */
function worryOf(account: AccountView): number {
  const { risk } = account;
  const blind = openness(account) > 0 ? WORRY.unknown : WORRY.ok;
  const byRules = risk.rules === null ? blind : WORRY[risk.severity];
  return isDoubted(account) ? Math.max(byRules, blind) : byRules;
}

function isDoubted({ freshness, doubts }: AccountView): boolean {
  return freshness !== 'live' || doubts.length > 0;
}

function openness({ positions, orders }: AccountView): number {
  if (positions.length > 0) return 2;
  return orders.length > 0 ? 1 : 0;
}

function byRanks(a: Place, b: Place): number {
  for (const [place, rank] of a.ranks.entries()) {
    const difference = (b.ranks[place] ?? 0) - rank;
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The order that was held, without what is gone and with what came at its end. */
export function heldOrder(held: readonly string[], order: readonly string[]): readonly string[] {
  const present = new Set(order);
  const known = new Set(held);
  return [...held.filter((name) => present.has(name)), ...order.filter((name) => !known.has(name))];
}
