import type { AddonWorld } from '../addon-world.ts';
import type { StepArguments } from '../ninjatrader-host.ts';
import { Frozen, History } from './history.ts';
import type { Trial } from './trial.ts';

const FRONT_PRICE = 6_000;
const OIL_PRICE = 71;
const LOOK_MS = 40;
/** The position follows its fill, and the app hears of it. */
const TOLD_MS = 250;

/** Connections, accounts and prices of a batch, inside whatever NinjaTrader runs at the moment. */
export class TradingFloor {
  readonly #world: AddonWorld;
  readonly #trials: readonly Trial[];

  constructor(world: AddonWorld, trials: readonly Trial[]) {
    this.#world = world;
    this.#trials = trials;
  }

  /** Brings everything up, and the AddOn to work. */
  async open(recalled: ReadonlyMap<string, History> = new Map()): Promise<void> {
    const { host } = this.#world;
    const lines = new Set(this.#trials.map(({ connection }) => connection));
    for (const connection of lines) await host.do('addConnection', { connection });
    for (const trial of this.#trials) await this.#addAccount(trial, recalled.get(trial.account));
    for (const connection of lines) await host.do('connect', { connection });
    const contracts = new Set(this.#trials.flatMap(({ instruments }) => instruments));
    for (const instrument of contracts) {
      const last = instrument.startsWith('CL') ? OIL_PRICE : FRONT_PRICE;
      await host.do('setPrice', { instrument, last });
    }
    await host.do('start');
    await this.#world.linked();
    await this.#world.until('every account at the desk', () =>
      this.#trials.every(
        ({ account }) => this.#world.account(account)?.identity.connectionStatus === 'connected',
      ),
    );
  }

  /** Kills NinjaTrader, keeps the broker's books, and starts it again after a while. */
  async crash(awayMs: number): Promise<void> {
    const { accounts } = Frozen.parse(await this.#world.host.do('freeze'));
    await this.#world.killHost();
    await this.pause(awayMs);
    await this.#world.openHost();
    await this.open(new Map(accounts.map((history) => [history.account, history])));
  }

  /** Takes the trial's position and waits until everybody knows, if the trial is to wait. */
  async enter(trial: Trial): Promise<void> {
    const { host } = this.#world;
    if (trial.faultsFrom === 'entry') await this.#spoil(trial);
    for (const order of trial.entries) await host.submit(order);
    if (trial.held !== null) {
      await this.#world.until(`what ${trial.seed} needs`, () => this.#holds(trial));
    }
    if (!trial.seed.includes('pressDuringFill')) await this.pause(TOLD_MS);
    if (trial.faultsFrom === 'press') await this.#spoil(trial);
  }

  async history(account: string): Promise<History> {
    return History.parse(await this.#world.host.do('history', { account }));
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.#world.clock.after(ms, resolve));
  }

  async #addAccount(trial: Trial, past: History | undefined): Promise<void> {
    const { host } = this.#world;
    const { account, connection } = trial;
    await host.do('addAccount', { account, connection, cash: 50_000 });
    if (past === undefined) return;
    await this.#spoil(trial);
    await host.do('recall', { account, orders: past.orders, fills: past.fills });
  }

  async #spoil({ account, faults }: Trial): Promise<void> {
    if (Object.keys(faults).length === 0) return;
    const given: StepArguments = { account, ...faults };
    await this.#world.host.do('setFault', given);
  }

  async #holds({ account, held }: Trial): Promise<boolean> {
    const { orders, positions } = await this.history(account);
    const quantity = positions.reduce((sum, position) => sum + position.quantity, 0);
    const liveOrders = orders.filter(({ ended }) => ended === 0).length;
    if (quantity === held?.quantity && liveOrders === held.liveOrders) return true;
    await this.pause(LOOK_MS);
    return false;
  }
}
