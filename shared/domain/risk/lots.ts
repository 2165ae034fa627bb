import type { HeldPosition, WorkingOrder } from './event.ts';
import { LOT, type ContractWeights, type Lots } from './rule-parts.ts';

type Contracts = Pick<HeldPosition, 'root' | 'quantity'>;

/** One contract of a root in minis. What is not named counts as a mini: never less than it may be. */
export function weightOf({ byRoot }: ContractWeights, root: string): Lots {
  return (Object.hasOwn(byRoot, root) ? byRoot[root] : undefined) ?? (LOT as Lots);
}

/** Positions in minis; long and short of different instruments add. */
export function lotsOf(positions: readonly Contracts[], weights: ContractWeights): Lots {
  return positions.reduce(
    (sum, { root, quantity }) => sum + Math.abs(quantity) * weightOf(weights, root),
    0,
  ) as Lots;
}

/** The most that can be held if every working entry of one side fills, root by root. */
export function worstExposure(
  positions: readonly Contracts[],
  orders: readonly WorkingOrder[],
): readonly Contracts[] {
  const roots = new Set([...positions, ...orders].map(({ root }) => root));
  return [...roots].sort().map((root) => {
    const held = sumOf(positions, root, () => true);
    const entries = orders.filter(({ isExit }) => !isExit);
    const long = held + sumOf(entries, root, (quantity) => quantity > 0);
    const short = held + sumOf(entries, root, (quantity) => quantity < 0);
    return { root, quantity: Math.abs(long) >= Math.abs(short) ? long : short };
  });
}

function sumOf(
  contracts: readonly Contracts[],
  root: string,
  isCounted: (quantity: number) => boolean,
): number {
  return contracts
    .filter((one) => one.root === root && isCounted(one.quantity))
    .reduce((sum, { quantity }) => sum + quantity, 0);
}

/** Root symbols of the micro contracts that the exchange lists. */
const MICRO_ROOTS: readonly string[] = [
  ...['MES', 'MNQ', 'M2K', 'MYM'],
  ...['MCL', 'MNG', 'MGC', 'SIL', 'MHG'],
  ...['M6A', 'M6B', 'M6E', 'M6J', 'MCD', 'MJY', 'MSF', 'MBT', 'MET'],
];

/** The weights of a firm: micros so many to a mini (1 to 10), and roots that the firm counts otherwise. */
export function contractWeights(
  microsPerMini: number,
  overrides: Readonly<Record<string, Lots>>,
): ContractWeights {
  const micro = Math.ceil(LOT / microsPerMini) as Lots;
  const micros = Object.fromEntries(MICRO_ROOTS.map((root) => [root, micro]));
  return { byRoot: { ...micros, ...overrides } };
}
