import { money } from '../../../../shared/domain/money/money.ts';
import type { FlattenView, ScopeView } from '../../../../shared/protocol/ipc/views.ts';
import { marketEntry } from '../../../../shared/simulation/exchange/market-entry.ts';
import { GeneratedSource } from '../../../../shared/simulation/market/generated-source.ts';
import {
  SimulatedPlatform,
  traderKindFor,
} from '../../../../shared/simulation/simulated-platform.ts';
import { PACK_DAY, shippedLibrary } from '../../shipped-packs.ts';
import { MemoryDisk } from './memory-journal.ts';
import type { Scenario } from './scenario.ts';
import { openVirtualDesk, type VirtualDesk } from './virtual-desk.ts';

/**
 * How a flatten ended. `alarmed`: not proven when time was up, and the trader had been told why.
 * `wrong` must never happen: proven flat while the broker's own books were not, or neither proven nor alarmed.
 */
export interface Verdict {
  readonly outcome: 'confirmed' | 'alarmed' | 'wrong';
  /** From press to proof, in virtual milliseconds; null without one. */
  readonly tookMs: number | null;
  readonly detail: string;
}

const STARTS_AT = Date.UTC(2026, 0, 6, 15, 0, 0);
const HORIZON_MS = 90_000;
const LOOK_MS = 20;
const APP_AWAY_MS = 2_000;
const START_CASH = money(1_500_000_000);
const TRADED_CONTRACTS = 2;

/** Runs one scenario on virtual time and judges it by the broker's books. */
export function runTrial(scenario: Scenario): Verdict {
  return new Trial(scenario).run();
}

class Trial {
  readonly #scenario: Scenario;
  readonly #platform: SimulatedPlatform;
  readonly #disk = new MemoryDisk();
  #desk: VirtualDesk;
  #starts = 0;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    const { seed, accounts, instruments, faults } = scenario;
    this.#platform = new SimulatedPlatform({
      seed,
      startsAt: STARTS_AT,
      speed: 1,
      accounts: accounts.map((name, index) => ({
        name,
        profile: 'sim',
        startCash: START_CASH,
        trader: traderKindFor(index),
        size: TRADED_CONTRACTS,
      })),
      instruments,
      openMarket: (contract, random) =>
        new GeneratedSource({ contract, random, startsAt: STARTS_AT, historyMinutes: 0 }),
      faults: { faults },
    });
    this.#desk = this.#startDesk();
  }

  run(): Verdict {
    const { queue } = this.#platform;
    const { scope, pressAtMs, appKilledAfterMs } = this.#scenario;
    queue.advanceTo(1_000);
    this.#takePositions();
    queue.advanceTo(pressAtMs);
    const { flattenId } = this.#desk.engine.flatten(scope, 'headless');
    if (appKilledAfterMs !== null) queue.after(appKilledAfterMs, () => this.#killAndRestart());
    let alarm: string | null = null;
    while (queue.now < pressAtMs + HORIZON_MS) {
      queue.advanceTo(queue.now + LOOK_MS);
      const view = this.#desk.engine.view().flattens.find(({ id }) => id === flattenId);
      if (view?.state === 'confirmed') return this.#judgeConfirmed(view, scope);
      if (view?.state === 'unresolved' || view?.state === 'refused') alarm = view.code;
    }
    if (alarm !== null) return { outcome: 'alarmed', tookMs: null, detail: alarm };
    return this.#judgeSilence(scope);
  }

  #judgeConfirmed(view: FlattenView, scope: ScopeView): Verdict {
    const tookMs = this.#platform.queue.now - this.#scenario.pressAtMs;
    const open = this.#openAtBroker(scope);
    if (open === '') return { outcome: 'confirmed', tookMs, detail: `attempt ${view.attempt}` };
    return { outcome: 'wrong', tookMs, detail: `proven flat with ${open}` };
  }

  /** The trader was never told anything. */
  #judgeSilence(scope: ScopeView): Verdict {
    const open = this.#openAtBroker(scope);
    const detail = `neither proven nor alarmed; ${open === '' ? 'nothing open' : open}`;
    return { outcome: 'wrong', tookMs: null, detail };
  }

  /** The truth: the broker's own books, whatever the platform shows of them. */
  #openAtBroker(scope: ScopeView): string {
    const { broker } = this.#platform;
    const open: string[] = [];
    for (const [name, account] of broker.accounts) {
      if (scope.kind !== 'all' && scope.account !== name) continue;
      for (const instrument of this.#scenario.instruments) {
        if (scope.kind === 'instrument' && scope.instrument !== instrument) continue;
        const position = account.position(instrument);
        const orders = broker.orders.liveIn(instrument).filter((order) => order.account === name);
        if (position === 0 && orders.length === 0) continue;
        const states = orders.map((order) => `${order.name} ${order.state}`).join(', ');
        open.push(`${name} ${instrument} position ${position} orders [${states}]`);
      }
    }
    return open.join('; ');
  }

  #takePositions(): void {
    const { accounts, instruments } = this.#scenario;
    accounts.forEach((account, index) => {
      const size = (1 + (index % 3)) * (index % 2 === 0 ? 1 : -1);
      this.#platform.broker.submit({
        ...marketEntry(account, instruments[index % instruments.length] ?? '', size),
        bracket: { stopTicks: 40, targetTicks: 40 },
      });
    });
  }

  #killAndRestart(): void {
    const { line, world, engine } = this.#desk;
    line.kill();
    world.kill();
    engine.onPatch(() => undefined);
    this.#platform.queue.after(APP_AWAY_MS, () => {
      this.#desk = this.#startDesk();
    });
  }

  #startDesk(): VirtualDesk {
    this.#starts += 1;
    return openVirtualDesk({
      platform: this.#platform,
      startsAt: STARTS_AT,
      name: String(this.#starts),
      disk: this.#disk,
      library: shippedLibrary(PACK_DAY),
    });
  }
}
