import { join } from 'node:path';
import type { AccountDesk } from '../../../../shared/domain/desk/state.ts';
import type { Fact, Stamp } from '../../../../shared/domain/desk/fact.ts';
import type { AccountName } from '../../../../shared/domain/account/account.ts';
import { SystemClock } from '../../../platform/system-clock.ts';
import type { LinkListener } from '../../../engine/ports.ts';
import { openHeadlessDesk, type HeadlessDesk } from '../../headless-desk.ts';
import { LineRelay } from './line-relay.ts';
import { NinjaTraderHost } from './ninjatrader-host.ts';

const LOOK_EVERY_MS = 10;
const PATIENCE_MS = 60_000;

export interface AddonWorldTerms {
  /** Of this world alone; whoever made it removes it. */
  readonly folder: string;
  /** Puts a wire that can be cut between the two. */
  readonly relay?: boolean;
  readonly onSent?: (bytes: Buffer) => void;
  /** NinjaTrader's time zone, New York by default. */
  readonly zone?: string;
  /** Called with every fact before the engine sees it. */
  readonly onFact?: (fact: Fact, stamp: Stamp) => void;
  /** False: `facts` stays empty, because a long run would fill the memory with them. */
  readonly keepsFacts?: boolean;
}

/** The real AddOn in NinjaTrader's stand-in, talking to a real desk. Each side can end and come back alone. */
export class AddonWorld {
  readonly clock = new SystemClock();
  /** Every fact of every desk so far. */
  readonly facts: Fact[] = [];
  readonly #terms: AddonWorldTerms;
  #desk: HeadlessDesk | null = null;
  #host: NinjaTraderHost | null = null;
  #relay: LineRelay | null = null;

  private constructor(terms: AddonWorldTerms) {
    this.#terms = terms;
  }

  /** A desk that listens and a host that waits for its first step; `start` it when its accounts are there. */
  static async open(terms: AddonWorldTerms): Promise<AddonWorld> {
    const world = new AddonWorld(terms);
    try {
      await world.openDesk();
      await world.openHost();
    } catch (error) {
      await world.close();
      throw error;
    }
    return world;
  }

  get desk(): HeadlessDesk {
    if (this.#desk === null) throw new Error('The desk is closed.');
    return this.#desk;
  }

  get isOpen(): boolean {
    return this.#desk !== null;
  }

  get host(): NinjaTraderHost {
    if (this.#host === null) throw new Error('NinjaTrader is closed.');
    return this.#host;
  }

  get relay(): LineRelay {
    if (this.#relay === null) throw new Error('This world has no relay.');
    return this.#relay;
  }

  /** The data folder of the desk: the AddOn's own, unless a relay stands between. */
  get deskFolder(): string {
    const own = join(this.#terms.folder, 'data', 'Enigma Apex');
    return this.#terms.relay === true ? join(this.#terms.folder, 'desk') : own;
  }

  async openDesk(): Promise<void> {
    const opened = await openHeadlessDesk({
      folder: this.deskFolder,
      port: 0,
      tap: (listener) => this.#tapped(listener),
    });
    if (!opened.ok) throw new Error(opened.error);
    this.#desk = opened.value;
    this.#relay?.publish();
  }

  async closeDesk(): Promise<void> {
    const desk = this.#desk;
    this.#desk = null;
    await desk?.stop();
  }

  /** NinjaTrader anew, with the same user folder and nothing connected. */
  async openHost(): Promise<void> {
    const { folder, zone } = this.#terms;
    this.#host = await NinjaTraderHost.launch({ folder, ...(zone === undefined ? {} : { zone }) });
    if (this.#terms.relay === true && this.#relay === null) await this.#openRelay();
  }

  /** As when NinjaTrader crashes. */
  async killHost(): Promise<void> {
    const host = this.#host;
    this.#host = null;
    await host?.kill();
  }

  /** Waits until the desk has taken in the AddOn's first whole picture of this session. */
  async linked(): Promise<void> {
    await this.until('a session with a snapshot', () => {
      const { link } = this.desk.engine.state();
      return link.isOpen && link.snapshotRank > link.epoch * 2 ** 32;
    });
  }

  account(name: string): AccountDesk | undefined {
    return this.desk.engine.state().accounts.get(name as AccountName);
  }

  factsOf<K extends Fact['kind']>(kind: K): readonly Extract<Fact, { kind: K }>[] {
    return this.facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
  }

  /** Looks again and again until the condition holds; fails with what was awaited when it does not in time. */
  async until(
    awaited: string,
    condition: () => boolean | Promise<boolean>,
    withinMs = PATIENCE_MS,
  ): Promise<void> {
    const deadline = this.clock.mono() + withinMs;
    while (!(await condition())) {
      if (this.clock.mono() > deadline) throw new Error(`Awaited in vain: ${awaited}.`);
      await new Promise<void>((resolve) => void this.clock.after(LOOK_EVERY_MS, resolve));
    }
  }

  /** Ends everything that runs; safe to call twice. */
  async close(): Promise<void> {
    const host = this.#host;
    this.#host = null;
    await host?.stop();
    await this.closeDesk();
    await this.#relay?.close();
    this.#relay = null;
  }

  async #openRelay(): Promise<void> {
    const { onSent } = this.#terms;
    this.#relay = await LineRelay.open({
      from: this.desk.pairingFile,
      to: this.host.folders.pairingFile,
      ...(onSent === undefined ? {} : { onSent }),
    });
  }

  #tapped(listener: LinkListener): LinkListener {
    return {
      onFact: (fact, stamp) => {
        if (this.#terms.keepsFacts !== false) this.facts.push(fact);
        this.#terms.onFact?.(fact, stamp);
        listener.onFact(fact, stamp);
      },
      onStatus: (status) => listener.onStatus(status),
    };
  }
}
