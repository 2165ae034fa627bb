import type { EpochMs, MonoMs } from '../kernel/clock.ts';
import type { AccountName } from '../domain/account/account.ts';
import type { Command } from '../domain/desk/command.ts';
import type { Stamp } from '../domain/desk/fact.ts';
import {
  advanceFlatten,
  startFlatten,
  type FlattenInput,
  type FlattenTransition,
} from '../domain/flatten/machine.ts';
import type { Exposure, FlattenRecord } from '../domain/flatten/record.ts';
import type { FlattenRun, Observation } from '../domain/flatten/run.ts';
import type { FlattenScope } from '../domain/flatten/scope.ts';
import type { InstrumentName } from '../domain/instrument/instrument.ts';

export const ACCOUNT = 'Sim101' as AccountName;
export const ES = 'ES 12-26' as InstrumentName;
const WALL_START = Date.UTC(2026, 0, 5, 15, 0, 0);

/** An exposure of the test account in ES. */
export function exposure(quantity: number, liveOrders = 0): Exposure {
  return { account: ACCOUNT, instrument: ES, quantity, liveOrders };
}

/** A look at a scope that is fully readable. */
export function looks(
  exposures: readonly Exposure[],
  over: Partial<Observation> = {},
): Observation {
  return { exposures, covered: [ACCOUNT], notCovered: [], unreadable: [], doubts: [], ...over };
}

/** Drives one flatten run by hand and collects what it sent and recorded. */
export class FlattenWorld {
  run: FlattenRun;
  sent: Command[] = [];
  readonly records: FlattenRecord[] = [];
  #now = 0;

  constructor(options: { scope?: FlattenScope; linkUp?: boolean; seen?: Observation } = {}) {
    const transition = startFlatten({
      id: 'flat-1',
      scope: options.scope ?? { kind: 'account', account: ACCOUNT },
      door: 'dashboard',
      stamp: this.stamp(),
      seen: options.seen ?? looks([exposure(2, 1)]),
      linkUp: options.linkUp ?? true,
    });
    this.run = transition.run;
    this.#collect(transition);
  }

  stamp(): Stamp {
    return { wall: (WALL_START + this.#now) as EpochMs, mono: this.#now as MonoMs };
  }

  /** Feeds inputs in order, all at the present time. */
  feed(...inputs: readonly FlattenInput[]): this {
    for (const input of inputs) {
      const transition = advanceFlatten(this.run, input, this.stamp());
      this.run = transition.run;
      this.#collect(transition);
    }
    return this;
  }

  /** Lets time pass with a tick every 100 ms. */
  pass(ms: number): this {
    const end = this.#now + ms;
    while (this.#now < end) {
      this.#now = Math.min(end, this.#now + 100);
      this.feed({ kind: 'tick' });
    }
    return this;
  }

  /** Lets time pass without a tick, as when the PC sleeps. */
  sleep(ms: number): this {
    this.#now += ms;
    return this;
  }

  takeSent(): readonly Command[] {
    const { sent } = this;
    this.sent = [];
    return sent;
  }

  flattens(): readonly Extract<Command, { kind: 'flatten' }>[] {
    return this.sent.filter((command) => command.kind === 'flatten');
  }

  accept(): this {
    const ids = this.run.unanswered?.commands.map((leg) => leg.commandId) ?? [];
    return this.feed(
      ...ids.map((commandId) => ({
        kind: 'acked' as const,
        commandId,
        status: 'accepted' as const,
        code: null,
        detail: '',
      })),
    );
  }

  refuse(code: string): this {
    const commandId = this.run.unanswered?.commands[0]?.commandId ?? '';
    return this.feed({ kind: 'acked', commandId, status: 'refused', code, detail: '' });
  }

  /** Answers the read that is out. */
  answerRead(seen: Observation): this {
    const commandId = this.run.read?.commandId;
    if (commandId === undefined) throw new Error('No read is out');
    return this.feed({ kind: 'read', commandId, seen });
  }

  #collect(transition: FlattenTransition): void {
    for (const effect of transition.effects) {
      if (effect.kind === 'send') this.sent.push(effect.command);
      else this.records.push(effect.record);
    }
  }
}
