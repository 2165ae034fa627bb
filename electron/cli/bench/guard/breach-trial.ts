import { money, MONEY_SCALE, type Money } from '../../../../shared/domain/money/money.ts';
import { NO_FAULTS } from '../../../../shared/simulation/faults/fault-script.ts';
import { marketEntry } from '../../../../shared/simulation/exchange/market-entry.ts';
import { SimulatedPlatform } from '../../../../shared/simulation/simulated-platform.ts';
import type { PackLibrary } from '../../../risk/pack-library.ts';
import { AccountTruth, type TrueBreach } from './account-truth.ts';
import type { BreachPlan } from './breach-draw.ts';
import { GuardedWorld } from './guarded-world.ts';
import { PollingGuard } from './polling-guard.ts';
import { TapeSource, type Tape } from './tapes.ts';

/** Ticks of the whole position beyond the own limit's level; negative is short of it. */
export interface Overshoot {
  /** At the moment of the first flatten frame. */
  readonly frame: number;
  /** After the fill that closed the position, its costs included. */
  readonly fill: number;
  /** Virtual milliseconds from the breach to the frame; a touch that the desk values otherwise counts, too. */
  readonly tookMs: number;
  /** For how long the books had stood beyond the limit by more than the spread when the frame left, in virtual milliseconds. */
  readonly beyondMs: number;
}

export interface BreachMeasured {
  /**
   * How far the update that broke the limit went beyond it by itself: nobody can act before it. Null where the
   * guard's own closing costs broke it: the desk counts the side at which it could close, the books the last price.
   */
  readonly jump: number | null;
  /** Null: it never acted. */
  readonly guard: Overshoot | null;
  readonly poll: Overshoot | null;
  /** The guard's flatten was proven, and the broker's books agree. */
  readonly isFlat: boolean;
  readonly guardTouchedFloor: boolean;
  readonly pollTouchedFloor: boolean;
}

/** What a trial is called off for; the plan's look ahead knows neither fill prices nor the desk's reserve. */
export type BreachVerdict = BreachMeasured | 'not reached';

export const POLL_MS = 2_500;

const GUARDED = 'Sim101';
const POLLED = 'Sim102';
const CONNECTED_MS = 1_500;
/** From the platform's start to the entry: connecting and a first trusted figure. */
const LEAD_MS = 3_000;
const HORIZON_MS = 10 * 60_000;
/** After the breach a proof of flat takes ten seconds and a little. */
const AFTER_MS = 20_000;
/** Past this time after the breach nobody is waited for: the market has turned before it was acted on. */
const GIVEN_UP_MS = 90_000;
const STEP_MS = 100;
/**
 * The books mark at the last price and the desk at the side at which it could close, so each has a highest equity of
 * its own: a touch that goes no further than this beyond the books' level is none for the desk.
 */
const SPREAD_TICKS = 2;

/** Plays one breach with a guarded and a polled account side by side in the same market. */
export function playBreach(plan: BreachPlan, library: PackLibrary): BreachVerdict {
  return new BreachTrial(plan, library).run();
}

/** One of the two accounts and what came of its breach. */
class Contender {
  readonly truth: AccountTruth;
  frameAt: number | null = null;
  beyondMs = 0;
  frameEquity: Money | null = null;
  fillEquity: Money | null = null;

  constructor(truth: AccountTruth) {
    this.truth = truth;
  }

  sent(now: number): void {
    if (this.frameAt !== null) return;
    this.frameAt = now;
    this.beyondMs = now - (this.truth.beyondSince ?? now);
    this.frameEquity = this.truth.equity;
  }

  overshoot(breach: TrueBreach, tick: number): Overshoot | null {
    const { frameAt, frameEquity, fillEquity, beyondMs } = this;
    if (frameAt === null || frameEquity === null || fillEquity === null) return null;
    const beyond = (equity: Money): number => (breach.level - equity) / tick;
    const tookMs = frameAt - breach.at;
    return { frame: beyond(frameEquity), fill: beyond(fillEquity), tookMs, beyondMs };
  }
}

class BreachTrial {
  readonly #plan: BreachPlan;
  readonly #platform: SimulatedPlatform;
  readonly #world: GuardedWorld;
  readonly #guarded: Contender;
  readonly #polled: Contender;
  readonly #instrument: string;
  #ownLimit: Money | null = null;

  constructor(plan: BreachPlan, library: PackLibrary) {
    this.#plan = plan;
    const { tape, template } = plan;
    this.#instrument = tape.contract.instrument.name;
    const startsAt = (tape.ticks[plan.from]?.at ?? 0) - LEAD_MS;
    this.#platform = platformFor(plan, startsAt);
    const contender = (account: string): Contender => {
      const books = this.#platform.broker.account(account);
      const room = money(template.amount * MONEY_SCALE);
      const margin = money(SPREAD_TICKS * this.#tick());
      return new Contender(new AccountTruth(books, { room, margin }));
    };
    this.#guarded = contender(GUARDED);
    this.#polled = contender(POLLED);
    this.#watchBooks();
    this.#world = new GuardedWorld({
      platform: this.#platform,
      startsAt,
      library,
      onFlatten: (account) => this.#contender(account).sent(this.#platform.queue.now),
    });
  }

  run(): BreachVerdict {
    const { template, safety, phase } = this.#plan;
    this.#platform.advanceTo(CONNECTED_MS);
    this.#world.guard({ account: GUARDED, template: template.id, safety });
    this.#platform.advanceTo(LEAD_MS);
    for (const account of [GUARDED, POLLED]) this.#enter(account);
    this.#platform.queue.after(phase * POLL_MS, () => this.#startPolling());
    while (!this.#isOver()) {
      this.#world.advance(STEP_MS);
      this.#readLimit();
    }
    return this.#verdict();
  }

  #verdict(): BreachVerdict {
    const { breach } = this.#guarded.truth;
    const polledBreach = this.#polled.truth.breach;
    if (breach === null || polledBreach === null) return 'not reached';
    const tick = this.#tick();
    const deepest = (breach.level - this.#guarded.truth.lowest) / tick;
    if (this.#guarded.frameAt === null && deepest <= SPREAD_TICKS) return 'not reached';
    const isAhead = (this.#guarded.frameAt ?? Infinity) < breach.at;
    return {
      jump: isAhead ? null : (breach.level - breach.equity) / tick,
      guard: this.#guarded.overshoot(breach, tick),
      poll: this.#polled.overshoot(polledBreach, tick),
      isFlat: this.#isProven() && this.#isFlat(GUARDED),
      guardTouchedFloor: this.#guarded.truth.hasTouchedFloor,
      pollTouchedFloor: this.#polled.truth.hasTouchedFloor,
    };
  }

  #isOver(): boolean {
    const { breach } = this.#guarded.truth;
    const { now } = this.#platform.queue;
    if (breach === null) return now >= HORIZON_MS;
    const sinceMs = now - breach.at;
    const isDone = this.#isProven() && this.#polled.fillEquity !== null;
    return sinceMs > GIVEN_UP_MS || (sinceMs > AFTER_MS && isDone);
  }

  #isProven(): boolean {
    return this.#world.flattenState(GUARDED) === 'confirmed';
  }

  #isFlat(account: string): boolean {
    const { broker } = this.#platform;
    const isOf = (order: { readonly account: string }): boolean => order.account === account;
    return (
      broker.account(account).position(this.#instrument) === 0 &&
      !broker.orders.liveIn(this.#instrument).some(isOf)
    );
  }

  /** The desk's own word on how much may be lost; it counts from the moment at which the size is known. */
  #readLimit(): void {
    const { breach } = this.#guarded.truth;
    const own = this.#world.risk(GUARDED)?.own ?? null;
    if (breach === null && own !== null && own.reserve > 0) this.#ownLimit = money(own.limit);
  }

  #watchBooks(): void {
    const look = (): void => {
      const { now } = this.#platform.queue;
      this.#guarded.truth.look(now, this.#ownLimit);
      this.#polled.truth.look(now, this.#ownLimit);
    };
    // Before the desk's line listens, so that the books are read before the desk hears of a tick.
    this.#platform.listen(({ kind }) => {
      if (kind === 'quote') look();
    });
    this.#platform.onFill(({ account, positionAfter }) => {
      look();
      const contender = this.#contender(account);
      if (positionAfter === 0) contender.fillEquity ??= contender.truth.equity;
    });
  }

  #startPolling(): void {
    const { broker, queue } = this.#platform;
    const { startCash } = broker.account(POLLED);
    const judge = new PollingGuard(startCash);
    const look = (): void => {
      const isUsedUp = judge.look(this.#polled.truth.equity, this.#ownLimit);
      if (!isUsedUp || broker.account(POLLED).position(this.#instrument) === 0) return;
      this.#world.engine.flatten({ kind: 'account', account: POLLED }, 'headless');
    };
    look();
    queue.every(POLL_MS, look);
  }

  #enter(account: string): void {
    const { quantity } = this.#plan;
    this.#platform.broker.submit(marketEntry(account, this.#instrument, quantity));
  }

  #contender(account: string): Contender {
    return account === GUARDED ? this.#guarded : this.#polled;
  }

  /** Value of one tick of the whole position. */
  #tick(): number {
    const { tape, quantity } = this.#plan;
    return tape.contract.instrument.tickValue * Math.abs(quantity);
  }
}

function platformFor(
  { seed, tape, template, from }: BreachPlan,
  startsAt: number,
): SimulatedPlatform {
  return new SimulatedPlatform({
    seed,
    startsAt,
    speed: 1,
    accounts: [GUARDED, POLLED].map((name) => ({
      name,
      profile: 'sim',
      startCash: money(template.start * MONEY_SCALE),
      trader: null,
      size: 1,
    })),
    instruments: [tape.contract.instrument.name],
    openMarket: () => new TapeSource(tape, firstAfter(tape, from, startsAt)),
    faults: NO_FAULTS,
  });
}

/** First tick at or after a time that lies before tick `from`. */
function firstAfter({ ticks }: Tape, from: number, at: number): number {
  let first = from;
  while ((ticks[first - 1]?.at ?? -Infinity) >= at) first -= 1;
  return first;
}
