import { assertNever } from '../../kernel/assert-never.ts';
import type { Behaviour } from '../broker/behaviour.ts';
import type { SimBroker } from '../broker/sim-broker.ts';
import type { EventQueue } from '../event-queue.ts';
import type { MarketClock } from '../market-clock.ts';
import type { Random } from '../random.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { TerminalAccount } from '../terminal/terminal-account.ts';
import type { PlatformFault } from './fault-script.ts';
import { FaultTimer } from './fault-timer.ts';

/** What becomes of the link: the AddOn's process dies, comes back, or only its connection breaks. */
export type LinkAction = 'crash' | 'return' | 'drop';

export interface DirectorParts {
  readonly queue: EventQueue;
  readonly clock: MarketClock;
  readonly random: Random;
  readonly broker: SimBroker;
  readonly terminal: Terminal;
  readonly instruments: () => readonly string[];
  readonly setPaused: (instrument: string | null, paused: boolean) => void;
  readonly link: (action: LinkAction) => void;
}

type End = () => void;

/** Makes the script's platform faults happen and puts things right at their ends. */
export class FaultDirector {
  readonly #parts: DirectorParts;
  readonly #timer: FaultTimer<PlatformFault>;

  constructor(parts: DirectorParts, faults: readonly PlatformFault[]) {
    this.#parts = parts;
    this.#timer = new FaultTimer(parts.queue, faults, (fault) => this.#begin(fault));
  }

  onFlatten(): void {
    this.#timer.onFlatten();
  }

  #begin(fault: PlatformFault): End {
    const { clock, terminal, setPaused, link } = this.#parts;
    switch (fault.kind) {
      case 'rejectOrders':
        return this.#behave(fault.accounts, {
          rejectProbability: fault.probability,
          rejectOnly: fault.only,
          rejectComment: fault.comment,
        });
      case 'partialFills':
        return this.#behave(fault.accounts, { fillCap: fault.contracts });
      case 'fillInFlight':
        return this.#behave(fault.accounts, { fillInFlight: fault.probability });
      case 'cancelNeverConfirmed':
        return this.#behave(fault.accounts, { confirmsCancels: false });
      case 'ocoRace':
        return this.#behave(fault.accounts, { ocoRace: true });
      case 'lateBracket':
        return this.#behave(fault.accounts, { bracketDelayMs: fault.delayMs });
      case 'zerosBurst':
        return this.#each(fault.accounts, (account) => {
          terminal.sendZeros(account);
          return () => undefined;
        });
      case 'reenteringStrategy':
        return this.#each(fault.accounts, (account) => this.#reenter(account, fault));
      case 'lyingPosition':
        return this.#each(fault.accounts, (account) => this.#lie(account, fault.shows));
      case 'accountDisconnected':
        return this.#each(fault.accounts, (account) => {
          terminal.disconnect(account, fault.zeros);
          return () => terminal.reconnect(account);
        });
      case 'pausedMarket':
        setPaused(fault.instrument, true);
        return () => setPaused(fault.instrument, false);
      case 'clockSkew':
        clock.setSkew(fault.skewMs);
        return () => clock.setSkew(0);
      case 'shuffledEvents':
        terminal.shuffled = true;
        return () => {
          terminal.shuffled = false;
        };
      case 'crash':
        link('crash');
        return () => link('return');
      case 'linkDrop':
        link('drop');
        return () => undefined;
      default:
        return assertNever(fault);
    }
  }

  #behave(names: readonly string[], change: Partial<Behaviour>): End {
    const { broker } = this.#parts;
    return this.#each(names, (account) => {
      const before = broker.behaviour(account.name);
      broker.setBehaviour(account.name, change);
      const undo = Object.fromEntries(
        Object.keys(change).map((key) => [key, before[key as keyof Behaviour]]),
      ) as Partial<Behaviour>;
      return () => broker.setBehaviour(account.name, undo);
    });
  }

  #each(names: readonly string[], begin: (account: TerminalAccount) => End): End {
    const chosen = [...this.#parts.terminal.accounts.values()].filter(
      (account) => names.length === 0 || names.includes(account.name),
    );
    const ends = chosen.map(begin);
    return () => {
      for (const end of ends) end();
    };
  }

  /** A strategy that does not know of the flatten: whenever its account is flat it buys or sells again. */
  #reenter(
    account: TerminalAccount,
    { quantity, everyMs }: { readonly quantity: number; readonly everyMs: number },
  ): End {
    const { queue, broker, random, instruments } = this.#parts;
    return queue.every(everyMs, () => {
      const instrument = instruments()[0];
      if (instrument === undefined || !account.connected) return;
      if (broker.account(account.name).position(instrument) !== 0) return;
      if (broker.orders.liveIn(instrument).some((order) => order.account === account.name)) return;
      broker.submit({
        account: account.name,
        instrument,
        action: random.chance(0.5) ? 'buy' : 'sellShort',
        type: 'market',
        quantity,
        limit: null,
        stop: null,
        oco: '',
        name: 'Strategy entry',
        tif: 'gtc',
        entry: 'automated',
        bracket: null,
      });
    });
  }

  #lie(account: TerminalAccount, shows: 'flat' | number): End {
    const { terminal, broker, instruments } = this.#parts;
    const truth = broker.account(account.name);
    const held = truth.openInstruments();
    const target = shows === 'flat' ? held : instruments().slice(0, 1);
    for (const instrument of target) {
      const average = truth.averageTicksE4(instrument);
      terminal.lie(account, instrument, {
        quantity: shows === 'flat' ? 0 : shows,
        averageTicksE4: shows === 'flat' || shows === 0 ? null : average,
      });
    }
    return () => {
      for (const instrument of target) terminal.stopLying(account, instrument);
    };
  }
}
