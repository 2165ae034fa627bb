import { TraderHands, type Trader, type TraderParts } from './trader.ts';

/** In and out with a stop and a target on every trade. */
export class Scalper implements Trader {
  readonly #hands: TraderHands;

  constructor(parts: TraderParts) {
    this.#hands = new TraderHands(parts);
  }

  act(): void {
    const hands = this.#hands;
    const { random } = hands.parts;
    const live = hands.liveOrders;
    if (hands.position === 0) {
      // Legs that outlived their position would open a new one.
      if (live.some((order) => order.name !== 'Entry')) hands.cancelAll();
      else if (live.length === 0 && random.chance(0.12)) {
        const reach = hands.distance(0.00025);
        hands.send({
          side: hands.side(),
          quantity: random.int(1, hands.parts.size),
          bracket: { stopTicks: reach, targetTicks: reach + random.int(0, 3) },
        });
      }
      return;
    }
    const unprotected = live.length === 0;
    if (unprotected || random.chance(0.02)) {
      hands.cancelAll();
      const side = hands.position > 0 ? -1 : 1;
      if (unprotected) hands.send({ side, quantity: Math.abs(hands.position), name: 'Exit' });
    }
  }
}

/** Builds a position in steps and takes it off in steps. */
export class Scaler implements Trader {
  readonly #hands: TraderHands;
  #direction: 1 | -1 = 1;
  #isBuilding = true;

  constructor(parts: TraderParts) {
    this.#hands = new TraderHands(parts);
  }

  act(): void {
    const hands = this.#hands;
    if (hands.liveOrders.length > 0 || !hands.parts.random.chance(0.1)) return;
    const held = Math.abs(hands.position);
    if (held === 0) {
      this.#direction = hands.side();
      this.#isBuilding = true;
    } else {
      this.#direction = hands.position > 0 ? 1 : -1;
    }
    if (this.#isBuilding) {
      hands.send({ side: this.#direction, quantity: 1, name: 'Scale in' });
      this.#isBuilding = held + 1 < hands.parts.size + 1;
    } else {
      hands.send({ side: this.#direction === 1 ? -1 : 1, quantity: 1, name: 'Scale out' });
    }
  }
}

/** Always in the market: turns the whole position in one order. */
export class Reverser implements Trader {
  readonly #hands: TraderHands;

  constructor(parts: TraderParts) {
    this.#hands = new TraderHands(parts);
  }

  act(): void {
    const hands = this.#hands;
    const { random, size } = hands.parts;
    if (hands.liveOrders.length > 0 || !random.chance(0.04)) return;
    const held = hands.position;
    const side = held === 0 ? hands.side() : held > 0 ? -1 : 1;
    hands.send({ side, quantity: Math.abs(held) + size, name: 'Reverse' });
  }
}

/** Rests limit orders around the market, moves them after it and lets them fill. */
export class Patient implements Trader {
  readonly #hands: TraderHands;

  constructor(parts: TraderParts) {
    this.#hands = new TraderHands(parts);
  }

  act(): void {
    const hands = this.#hands;
    const { random, broker, size } = hands.parts;
    const price = hands.price;
    if (price === null) return;
    const live = hands.liveOrders;
    const oldest = live[0];
    if (oldest !== undefined && oldest.state === 'working' && random.chance(0.06)) {
      const away = oldest.side === 'buy' ? -random.int(2, 6) : random.int(2, 6);
      broker.change(oldest, { quantity: oldest.quantity, limit: price + away, stop: null });
      return;
    }
    if (live.length >= 3 || !random.chance(0.08)) return;
    const held = hands.position;
    const side = Math.abs(held) >= 2 * size ? (held > 0 ? -1 : 1) : hands.side();
    const limit = price - side * random.int(1, 6);
    hands.send({ side, type: 'limit', limit, quantity: random.int(1, size), name: 'Resting' });
  }
}
