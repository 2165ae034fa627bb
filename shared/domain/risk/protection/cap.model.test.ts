import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  history,
  play,
  underCap,
  worstLoad,
  type Moment,
} from '../../../testing/protection-histories.ts';
import {
  order,
  NQ,
  ES,
  position,
  protectionSettings,
  readingAt,
  sessionAt,
  sizeCap,
  stamp,
  START_EQUITY,
} from '../../../testing/protection-world.ts';
import type { LiveOrder, OpenPosition } from './account-reading.ts';
import { classOf, holdingOf } from './bypass.ts';
import type { ProtectionAction } from './outcome.ts';
import type { ProtectionLevel } from './permission.ts';
import { protect } from './protect.ts';
import type { ProtectionEvent } from './protection-event.ts';
import type { ProtectionSettings } from './settings.ts';
import { calendarTime } from './time-trust.ts';

const CAP = 3;
const STEP_MS = 100;
/** Longer than an order may wait for its cancel, twice. */
const REST_MS = 12_000;

/** The broker's books. */
interface Books {
  readonly positions: readonly OpenPosition[];
  readonly orders: readonly LiveOrder[];
}

type Move =
  | { readonly kind: 'place'; readonly quantity: number; readonly isOther: boolean }
  | { readonly kind: 'fill' | 'grow'; readonly which: number }
  | { readonly kind: 'wait' };

const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('place' as const),
      quantity: fc.constantFrom(-4, -2, -1, 1, 2, 4),
      isOther: fc.boolean(),
    }),
    fc.record({ kind: fc.constantFrom('fill' as const, 'grow' as const), which: fc.nat(3) }),
    fc.constant({ kind: 'wait' as const }),
  ),
  { maxLength: 12 },
);

describe('with a platform that obeys', () => {
  it.each<ProtectionLevel>(['guard', 'protect'])(
    'at the level %s no working entry takes an account at rest over its cap',
    (level) => {
      const { standing } = protectionSettings();
      const by = protectionSettings({ standing: { ...standing, level } });
      fc.assert(
        fc.property(history, moves, (steps, done) => {
          const last = play(steps, by).at(-1)!;
          const { positions, orders } = settled(last, by, done);
          const holding = holdingOf(positions);
          const rest = orders.filter(
            (one) => classOf(one, holding[one.instrument] ?? 0) !== 'entry',
          );
          const { most, weights } = sizeCap(CAP);
          const unavoidable = worstLoad(positions, rest, weights);
          expect(worstLoad(positions, orders, weights)).toBeLessThanOrEqual(
            Math.max(most, unavoidable),
          );
          if (level === 'protect')
            expect(worstLoad(positions, [], weights)).toBeLessThanOrEqual(most);
        }),
      );
    },
  );
});

/** The books once the trader's moves are made and everything that was asked for is done. */
function settled(from: Moment, by: ProtectionSettings, done: readonly Move[]): Books {
  let { ms } = from;
  let { state } = from.outcome;
  let books: Books = { positions: [], orders: [] };
  // A flatten that the history left under way holds back the closing of an excess until its end is told.
  let ended: ProtectionEvent[] = [{ kind: 'flatten-ended', outcome: 'unproven' }];
  const rest: readonly Move[] = Array.from({ length: REST_MS / STEP_MS }, () => ({ kind: 'wait' }));
  for (const [n, move] of [...done, ...rest].entries()) {
    ms += STEP_MS;
    books = moved(books, move, `m${n}`);
    const at = stamp(ms);
    const told = underCap({ equity: START_EQUITY, second: START_EQUITY, ...books }, CAP);
    const session = sessionAt(calendarTime(state, at));
    const outcome = protect(state, { at, session, events: [...ended, readingAt(ms, told)] }, by);
    ({ state } = outcome);
    books = outcome.actions.reduce(obeyed, books);
    const isFlattened = outcome.actions.some(isAccountFlatten);
    ended = isFlattened ? [{ kind: 'flatten-ended', outcome: 'proven' }] : [];
  }
  return books;
}

function isAccountFlatten(action: ProtectionAction): boolean {
  return action.kind === 'flatten' && action.instruments === null;
}

function moved({ positions, orders }: Books, move: Move, id: string): Books {
  if (move.kind === 'wait') return { positions, orders };
  if (move.kind === 'place') {
    const placed = order(id, move.quantity, move.isOther ? NQ : ES);
    return { positions, orders: [...orders, placed] };
  }
  const found = orders[move.which];
  if (found === undefined) return { positions, orders };
  const others = orders.filter((one) => one !== found);
  if (move.kind === 'fill') return { positions: filled(positions, found), orders: others };
  const larger = { ...found, quantity: found.quantity + Math.sign(found.quantity) };
  return { positions, orders: orders.map((one) => (one === found ? larger : one)) };
}

function filled(
  positions: readonly OpenPosition[],
  { instrument, quantity }: Pick<LiveOrder, 'instrument' | 'quantity'>,
): readonly OpenPosition[] {
  const held = (holdingOf(positions)[instrument] ?? 0) + quantity;
  const others = positions.filter((one) => one.instrument !== instrument);
  return held === 0 ? others : [...others, position(held, { instrument })];
}

/** What the platform makes of an action, at once. */
function obeyed(books: Books, action: ProtectionAction): Books {
  const { positions, orders } = books;
  switch (action.kind) {
    case 'flatten': {
      const { instruments } = action;
      const isLeft = ({ instrument }: OpenPosition | LiveOrder) =>
        instruments !== null && !instruments.includes(instrument);
      return { positions: positions.filter(isLeft), orders: orders.filter(isLeft) };
    }
    case 'cancel-entries':
      return { positions, orders: orders.filter(({ id }) => !action.orders.includes(id)) };
    case 'reduce-excess': {
      const { instrument, keep } = action;
      const quantity = keep - (holdingOf(positions)[instrument] ?? 0);
      return { positions: filled(positions, { instrument, quantity }), orders };
    }
    case 'lock-entries':
    case 'loosen-lock':
    case 'release-lock':
    case 'keep-locks':
      return books;
  }
}
