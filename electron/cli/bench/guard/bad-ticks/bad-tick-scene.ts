import type { AccountItemName } from '../../../../../shared/domain/account/account.ts';
import { money, MONEY_SCALE, type Money } from '../../../../../shared/domain/money/money.ts';
import { marketEntry } from '../../../../../shared/simulation/exchange/market-entry.ts';
import type { MarketTick } from '../../../../../shared/simulation/market/market-tick.ts';
import type { PlatformEvent } from '../../../../../shared/simulation/platform-event.ts';
import { randomFrom, type Random } from '../../../../../shared/simulation/random.ts';
import type { TerminalAccount } from '../../../../../shared/simulation/terminal/terminal-account.ts';
import type { PackLibrary } from '../../../../risk/pack-library.ts';
import { AccountTruth } from '../account-truth.ts';
import { GuardedWorld } from '../guarded-world.ts';
import { contractNamed, TapeSource } from '../tapes.ts';
import { OWN_LIMIT_TICKS, type BadTickCase } from './bad-tick-case.ts';
import { SpoiltPlatform, type Spoiler } from './spoilt-platform.ts';

/** What the guard did, by the broker's books. Times are virtual milliseconds. */
export interface BadTickVerdict {
  /** When the books broke the limit; null: never. */
  readonly breachAt: number | null;
  /** When the desk was first told something true of the broken limit. */
  readonly toldAt: number | null;
  /** First flatten frame at the limit or beyond. */
  readonly actedAt: number | null;
  /** Flatten frames short of the limit. */
  readonly falseFlattens: number;
}

const ACCOUNT = 'Sim101';
const CONTRACT = contractNamed('ES 12-13');
const TEMPLATE = 'apex.legacy.intraday.eval.100k.rithmic';
const [START, FLOOR_ROOM] = [100_000, 3_000];
const SIZE = 4;
/** Ticks per contract that the desk keeps while it does not know how much the market moves. */
const RESERVE_TICKS = 16;
/** A Tuesday morning in the regular session. */
const STARTS_AT = Date.UTC(2013, 9, 8, 15);
const BEST_TICKS = 6_680;
/** The market comes from so many ticks below its best, so that the highest equity is not the start. */
const CLIMB_TICKS = 10;
const TICK_MS = 50;
/**
 * The books mark at the fill and then at the last price, the desk at the side at which it could close: around an
 * entry the two differ by the spread, and so can the highest equities that the limit is counted from.
 */
const SPREAD_TICKS = 2;
const [GUARDED_MS, ENTRY_MS, TROUBLE_MS, END_MS] = [1_500, 3_000, 8_000, 22_000];
const STEP_MS = 50;

/** A guarded account with a position in a scripted market, and everything that can be told falsely of it. */
export class BadTickScene {
  readonly random: Random;
  readonly platform: SpoiltPlatform;
  readonly world: GuardedWorld;
  /** +1 long, -1 short. */
  readonly sign: number;
  readonly #truth: AccountTruth;
  readonly #startsAt: number;
  #rewrite: (frame: string) => string = (frame) => frame;
  #ownLimit: Money | null = null;
  #toldAt: number | null = null;
  #actedAt: number | null = null;
  #falseFlattens = 0;

  constructor(play: BadTickCase, seed: string, library: PackLibrary) {
    this.random = randomFrom(seed);
    this.sign = this.random.chance(0.5) ? 1 : -1;
    // The platform's own clockwork begins at 0; the trouble finds it at another point every time.
    this.#startsAt = this.random.int(0, 1_000);
    this.platform = this.#createPlatform(play, seed);
    this.#truth = new AccountTruth(this.platform.broker.account(ACCOUNT), {
      room: money(FLOOR_ROOM * MONEY_SCALE),
      margin: money(-this.lossOf(SPREAD_TICKS)),
    });
    this.platform.watch(({ kind }) => {
      if (kind === 'quote') this.#look();
    });
    this.platform.onFill(() => this.#look());
    this.spoil((event) => [event]);
    this.world = new GuardedWorld({
      platform: this.platform,
      startsAt: STARTS_AT,
      library,
      onFlatten: () => this.#onFlatten(),
      rewrite: (frame) => this.#rewrite(frame),
    });
  }

  get terminal(): TerminalAccount {
    const account = this.platform.terminal.account(ACCOUNT);
    if (account === undefined) throw new Error(`${ACCOUNT} is gone.`);
    return account;
  }

  play({ trouble }: BadTickCase): BadTickVerdict {
    const { queue } = this.platform;
    queue.advanceTo(GUARDED_MS);
    this.world.guard({ account: ACCOUNT, template: TEMPLATE, safety: safety() });
    queue.at(ENTRY_MS + this.#startsAt, () => this.#enter());
    queue.at(TROUBLE_MS + this.#startsAt, () => trouble?.(this));
    while (queue.now < END_MS) {
      this.world.advance(STEP_MS);
      const own = this.world.risk(ACCOUNT)?.own ?? null;
      if (own !== null && own.reserve > 0) this.#ownLimit = money(own.limit);
    }
    return {
      breachAt: this.#truth.breach?.at ?? null,
      toldAt: this.#toldAt,
      actedAt: this.#actedAt,
      falseFlattens: this.#falseFlattens,
    };
  }

  after(ms: number, run: () => void): void {
    this.platform.queue.after(ms, run);
  }

  /** Repeats it so often, at once the first time. */
  repeat(times: number, everyMs: number, run: () => void): void {
    for (let n = 0; n < times; n += 1) this.after(n * everyMs, run);
  }

  /** Sends every report through the spoiler, for so long. */
  spoilFor(ms: number, spoiler: Spoiler): void {
    this.spoil(spoiler);
    this.after(ms, () => {
      this.spoil((event) => [event]);
      this.tellItems(0, [...this.terminal.items.keys()]);
    });
  }

  spoil(spoiler: Spoiler): void {
    this.platform.spoil((event) => {
      const passed = spoiler(event);
      if (passed.includes(event)) this.#noteTruth(event);
      return passed;
    });
  }

  rewriteFor(ms: number, rewrite: (frame: string) => string): void {
    this.#rewrite = rewrite;
    this.after(ms, () => {
      this.#rewrite = (frame) => frame;
    });
  }

  /** Tells figures that are off by an amount; 0 tells the truth. */
  tellItems(offBy: number, items: readonly AccountItemName[]): void {
    const books = this.platform.broker.account(ACCOUNT);
    for (const item of items) {
      const value = books.item(item);
      if (value !== null) this.tellItem(item, money(value + offBy));
    }
  }

  tellItem(item: AccountItemName, value: Money | null): void {
    const time = this.platform.now();
    this.tell({ kind: 'item', item: { account: ACCOUNT, item, value, time } });
  }

  /** Tells a price that is off by so many ticks. */
  tellQuote(offBy: number): void {
    for (const quote of this.platform.quotes()) {
      const off = <T extends number>(price: T | null): T | null =>
        price === null ? null : ((price + offBy) as T);
      const { bid, ask, last } = quote;
      this.tell({
        kind: 'quote',
        quote: { ...quote, bid: off(bid), ask: off(ask), last: off(last) },
      });
    }
  }

  tell(event: PlatformEvent): void {
    this.platform.tell(event);
  }

  /** A draw of how far something absurd is off: between 1 and 5 own limits, in ticks. */
  absurdTicks(): number {
    return this.random.int(OWN_LIMIT_TICKS + 5, 5 * OWN_LIMIT_TICKS);
  }

  /** The loss of so many ticks on the position. */
  lossOf(ticks: number): number {
    return -ticks * SIZE * CONTRACT.instrument.tickValue;
  }

  /** A report that was held back goes out now. */
  release(event: PlatformEvent): void {
    this.#noteTruth(event);
    this.tell(event);
  }

  #noteTruth({ kind }: PlatformEvent): void {
    const tellsOfIt = kind === 'quote' || kind === 'item';
    if (tellsOfIt && this.#truth.breach !== null) this.#toldAt ??= this.platform.queue.now;
  }

  #look(): void {
    this.#truth.look(this.platform.queue.now, this.#ownLimit);
  }

  #onFlatten(): void {
    const isNear =
      this.#ownLimit !== null && this.#truth.shortOf(this.#ownLimit) <= -this.lossOf(SPREAD_TICKS);
    if (this.#truth.breach === null && !isNear) this.#falseFlattens += 1;
    else this.#actedAt ??= this.platform.queue.now;
  }

  #enter(): void {
    const { broker } = this.platform;
    broker.submit(marketEntry(ACCOUNT, CONTRACT.instrument.name, this.sign * SIZE));
  }

  #createPlatform({ market, faults = [] }: BadTickCase, seed: string): SpoiltPlatform {
    const begins = TROUBLE_MS + this.#startsAt;
    const ticks = marketTicks(this.sign, (ms) => market(ms - begins), this.random.fork('market'));
    return new SpoiltPlatform({
      seed,
      startsAt: STARTS_AT,
      speed: 1,
      accounts: [
        {
          name: ACCOUNT,
          profile: 'sim',
          startCash: money(START * MONEY_SCALE),
          trader: null,
          size: SIZE,
        },
      ],
      instruments: [CONTRACT.instrument.name],
      openMarket: () => new TapeSource({ contract: CONTRACT, ticks }, 0),
      faults: { faults: faults.map((fault) => ({ ...fault, atMs: fault.atMs + begins })) },
    });
  }
}

/** The share of the firm's room that leaves the own limit so many ticks away. */
function safety(): number {
  const ticks = OWN_LIMIT_TICKS + RESERVE_TICKS;
  const amount = ticks * SIZE * CONTRACT.root.tickSize * CONTRACT.root.pointValue;
  return Math.round((amount * 1_000) / FLOOR_ROOM);
}

/** A market that climbs to its best before the trouble, with a tick of noise. */
function marketTicks(
  sign: number,
  against: (ms: number) => number,
  random: Random,
): readonly MarketTick[] {
  const ticks: MarketTick[] = [];
  for (let ms = 0; ms < END_MS; ms += TICK_MS) {
    const climbed = Math.min(CLIMB_TICKS, (ms / TROUBLE_MS) * 2 * CLIMB_TICKS);
    const noise = random.int(0, 1);
    const off = CLIMB_TICKS - Math.floor(climbed) + against(ms) + noise;
    const last = BEST_TICKS - sign * off;
    const bid = sign > 0 ? last : last - 1;
    const sizes = { bidSize: 50, askSize: 50, lastSize: 1 };
    ticks.push({ at: STARTS_AT + ms, bid, ask: bid + 1, last, ...sizes });
  }
  return ticks;
}
