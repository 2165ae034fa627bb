import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { netQuantity } from '../account/profit-ledger.ts';
import { ES, execution, opened, order, position, snapshot } from '../../testing/desk-facts.ts';
import { DeskWorld } from '../../testing/desk-world.ts';
import { contradictionsOf } from './contradictions.ts';
import type { Fact, SnapshotReceived } from './fact.ts';
import { exposuresIn } from './standing.ts';

/** What a platform knows of itself, told message by message. */
class Platform {
  held = 0;
  seq = 1;
  readonly working = new Map<string, number>();
  readonly fills: ReturnType<typeof execution>[] = [];

  /** Places an order, or fills the oldest working one by one contract. */
  act(step: { readonly place: boolean; readonly quantity: number }): Fact[] {
    if (step.place || this.working.size === 0) {
      const id = `o${this.seq}`;
      this.working.set(id, Math.abs(step.quantity) + 1);
      return [this.#ordered(id)];
    }
    const [[id, left] = ['', 0]] = this.working;
    if (left === 1) this.working.delete(id);
    else this.working.set(id, left - 1);
    const side = step.quantity < 0 ? 'sell' : 'buy';
    this.held += side === 'buy' ? 1 : -1;
    const fill = execution(`x${this.fills.length}`, { side });
    this.fills.push(fill);
    const told: Fact[] = [this.#ordered(id)];
    told.push({ kind: 'execution.reported', seq: this.#next(), execution: fill });
    told.push(position(this.#next(), this.held));
    return told;
  }

  snapshot(): SnapshotReceived {
    return snapshot(this.seq, {
      orders: [...this.working].map(([id, quantity]) => order(id, { quantity })),
      positions: this.held === 0 ? [] : [position(this.seq, this.held)],
      executions: this.fills,
    });
  }

  #ordered(id: string): Fact {
    const quantity = this.working.get(id);
    const over = quantity === undefined ? { state: 'filled' as const } : { quantity };
    return { kind: 'order.reported', seq: this.#next(), order: order(id, over) };
  }

  #next(): number {
    this.seq += 1;
    return this.seq;
  }
}

const steps = fc.record({
  place: fc.boolean(),
  quantity: fc.integer({ min: -3, max: 3 }),
  /** How many messages late each of its messages arrives; null is never. */
  delay: fc.option(fc.nat({ max: 30 }), { nil: null, freq: 5 }),
  again: fc.boolean(),
});

describe('a desk behind a bad line', () => {
  it('is where the platform is after a snapshot, and stays there whatever comes in late', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 40 }), fc.nat({ max: 120 }), (script, cut) => {
        const platform = new Platform();
        const line: { fact: Fact; at: number }[] = [];
        for (const { delay, again, ...step } of script) {
          for (const fact of platform.act(step)) {
            if (delay === null) continue;
            line.push({ fact, at: line.length + delay });
            if (again) line.push({ fact, at: line.length + 2 * delay });
          }
        }
        const heard = line.sort((a, b) => a.at - b.at).map(({ fact }) => fact);
        const desk = new DeskWorld().take(opened(), snapshot(1), ...heard.slice(0, cut));
        desk.take(platform.snapshot(), ...heard.slice(cut));
        expect(desk.held()).toBe(platform.held);
        expect(new Set(desk.account().liveOrders.keys())).toEqual(new Set(platform.working.keys()));
        const book = desk.account().books.get(ES);
        expect(book === undefined ? 0 : netQuantity(book.ledger)).toBe(platform.held);
        expect(book?.fills.size ?? 0).toBe(platform.fills.length);
        expect(contradictionsOf(desk.account())).toEqual([]);
        const open = platform.held !== 0 || platform.working.size > 0;
        expect(exposuresIn(desk.state, { kind: 'all' }).length).toBe(open ? 1 : 0);
      }),
      { numRuns: 300 },
    );
  });
});
