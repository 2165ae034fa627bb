import { weightOf } from '../lots.ts';
import type { LiveOrder, OpenPosition, SizeCap } from './account-reading.ts';
import { classOf, type Holding } from './bypass.ts';

/** What is held of a root, signed, if everything that waits on one side fills. */
interface Sides {
  readonly long: number;
  readonly short: number;
}

type Exposure = ReadonlyMap<string, Sides>;

const FLAT: Sides = { long: 0, short: 0 };

/**
 * The entry orders that do not fit under a cap beside what is held and the entries before them. An order that closes
 * anything is never among them, but what it would open counts. Both sides of a root cannot be held at once, so an
 * entry that adds nothing to the larger side fits.
 * @param orders in the order in which they ask for room
 */
export function ordersOverCap(
  orders: readonly LiveOrder[],
  positions: readonly OpenPosition[],
  holding: Holding,
  { most, weights }: SizeCap,
): readonly LiveOrder[] {
  const held = (instrument: string) => holding[instrument] ?? 0;
  const entries = orders.filter((one) => classOf(one, held(one.instrument)) === 'entry');
  let taken = turned(orders, holding, positionsOf(positions));
  let load = loadOf(taken, weights);
  const over: LiveOrder[] = [];
  for (const entry of entries) {
    const next = withFilled(taken, entry.root, entry.quantity);
    const nextLoad = loadOf(next, weights);
    if (nextLoad > most && nextLoad > load) {
      over.push(entry);
      continue;
    }
    taken = next;
    load = nextLoad;
  }
  return over;
}

function positionsOf(positions: readonly OpenPosition[]): Exposure {
  const exposure = new Map<string, Sides>();
  for (const { root, quantity } of positions) {
    const { long, short } = exposure.get(root) ?? FLAT;
    exposure.set(root, { long: long + quantity, short: short + quantity });
  }
  return exposure;
}

/** With what reversing orders would open. Of a group, as a stop and its target, only one can fill. */
function turned(orders: readonly LiveOrder[], holding: Holding, base: Exposure): Exposure {
  const groups = new Map<string, LiveOrder>();
  for (const order of orders) {
    if (classOf(order, holding[order.instrument] ?? 0) !== 'mixed') continue;
    const key = order.oco === '' ? `order ${order.id}` : `group ${order.instrument} ${order.oco}`;
    const largest = groups.get(key);
    if (largest === undefined || Math.abs(order.quantity) > Math.abs(largest.quantity)) {
      groups.set(key, order);
    }
  }
  return [...groups.values()].reduce(
    (exposure, { root, quantity }) => withFilled(exposure, root, quantity),
    base,
  );
}

function withFilled(exposure: Exposure, root: string, quantity: number): Exposure {
  const { long, short } = exposure.get(root) ?? FLAT;
  const sides = quantity > 0 ? { long: long + quantity, short } : { long, short: short + quantity };
  return new Map(exposure).set(root, sides);
}

function loadOf(exposure: Exposure, weights: SizeCap['weights']): number {
  let load = 0;
  for (const [root, { long, short }] of exposure) {
    load += Math.max(Math.abs(long), Math.abs(short)) * weightOf(weights, root);
  }
  return load;
}
