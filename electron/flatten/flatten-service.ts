import type { Cancel } from '../../shared/kernel/clock.ts';
import type { Fact, Stamp } from '../../shared/domain/desk/fact.ts';
import {
  advanceFlatten,
  startFlatten,
  type FlattenInput,
  type FlattenTransition,
} from '../../shared/domain/flatten/machine.ts';
import type { FlattenDoor } from '../../shared/domain/flatten/record.ts';
import { isEnded, type FlattenRun } from '../../shared/domain/flatten/run.ts';
import { inScope, scopeCovers, type FlattenScope } from '../../shared/domain/flatten/scope.ts';
import type { FlattenDesk, FlattenPort, FlattenTicket } from '../engine/ports.ts';

const TICK_MS = 100;

/** Runs flattens: feeds the machine, carries out its effects, keeps its time. */
export function createFlattenService(
  desk: FlattenDesk,
  recovered: readonly FlattenRun[] = [],
): FlattenPort {
  return new FlattenService(desk, recovered);
}

class FlattenService implements FlattenPort {
  readonly #desk: FlattenDesk;
  readonly #runs = new Map<string, FlattenRun>();
  #stopTicking: Cancel | null = null;

  constructor(desk: FlattenDesk, recovered: readonly FlattenRun[]) {
    this.#desk = desk;
    for (const run of recovered) this.#keep(run);
    this.#tickWhileActive();
  }

  request(scope: FlattenScope, door: FlattenDoor): FlattenTicket {
    const running = this.#active().find((run) => scopeCovers(run.scope, scope));
    if (running !== undefined) {
      this.#feed(running.id, { kind: 'pressed' });
      return this.#ticket(running.id, 'joined');
    }
    const id = this.#desk.ids.next('flat');
    this.#apply(
      startFlatten({
        id,
        scope,
        door,
        stamp: this.#stamp(),
        seen: this.#desk.look(scope),
        linkUp: this.#desk.linkUp(),
      }),
    );
    this.#tickWhileActive();
    return this.#ticket(id, 'started');
  }

  disarm(flattenId: string): boolean {
    const run = this.#runs.get(flattenId);
    if (run === undefined || isEnded(run)) return false;
    this.#feed(flattenId, { kind: 'disarm' });
    return this.#runs.get(flattenId)?.stage === 'disarmed';
  }

  onFact(fact: Fact): void {
    for (const run of this.#active()) {
      const input = this.#inputOf(run, fact);
      if (input !== null) this.#feed(run.id, input);
    }
  }

  runs(): readonly FlattenRun[] {
    return [...this.#runs.values()].reverse();
  }

  stop(): void {
    this.#stopTicking?.();
    this.#stopTicking = null;
  }

  #inputOf(run: FlattenRun, fact: Fact): FlattenInput | null {
    switch (fact.kind) {
      case 'link.opened':
        return { kind: 'linkUp' };
      case 'link.lost':
        return { kind: 'linkDown', detail: fact.reason };
      case 'command.acked':
        return { ...fact, kind: 'acked' };
      case 'command.finished':
        return { ...fact, kind: 'finished' };
      case 'flatten.progressed': {
        const detail = `${fact.account} ${fact.instrument} ${fact.step} ${fact.detail}`.trimEnd();
        return { kind: 'progressed', commandId: fact.commandId, detail };
      }
      case 'snapshot.received':
        return this.#read(run, fact);
      case 'position.reported':
        return this.#observedIf(run, inScope(run.scope, fact.account, fact.instrument));
      case 'order.reported':
        return this.#observedIf(run, inScope(run.scope, fact.order.account, fact.order.instrument));
      case 'account.reported':
      case 'connection.reported':
        return this.#observedIf(run, true);
      case 'link.gap':
      case 'link.refused':
      case 'instrument.reported':
      case 'item.reported':
      case 'execution.reported':
      case 'quote.reported':
      case 'bar.reported':
        // None of these changes what is open; the position and order reports beside them do.
        return null;
    }
  }

  #read(run: FlattenRun, snapshot: Extract<Fact, { kind: 'snapshot.received' }>): FlattenInput {
    const seen = this.#desk.look(run.scope);
    if (snapshot.commandId === null) return { kind: 'observed', seen };
    const unread = snapshot.refused.map(
      (entry) => `${entry.type} of ${entry.account} ${entry.instrument} could not be read`,
    );
    const doubts = [...seen.doubts, ...unread];
    return { kind: 'read', commandId: snapshot.commandId, seen: { ...seen, doubts } };
  }

  #observedIf(run: FlattenRun, concerned: boolean): FlattenInput | null {
    return concerned ? { kind: 'observed', seen: this.#desk.look(run.scope) } : null;
  }

  #feed(flattenId: string, input: FlattenInput): void {
    const run = this.#runs.get(flattenId);
    if (run !== undefined) this.#apply(advanceFlatten(run, input, this.#stamp()));
  }

  #apply({ run, effects }: FlattenTransition): void {
    const before = this.#runs.get(run.id);
    this.#keep(run);
    const failures: FlattenInput[] = [];
    for (const effect of effects) {
      if (effect.kind === 'record') {
        this.#desk.journal(effect.record, this.#stamp());
        continue;
      }
      const outcome = this.#desk.link.send(effect.command);
      if (outcome.ok) continue;
      failures.push({
        kind: 'notSent',
        commandId: effect.command.commandId,
        code: outcome.error.code,
      });
    }
    if (run !== before) this.#desk.onChange(run);
    for (const failure of failures) this.#feed(run.id, failure);
  }

  /** A newly ended run replaces the earlier ended ones of its scope, so that the map stays small. */
  #keep(run: FlattenRun): void {
    this.#runs.set(run.id, run);
    if (!isEnded(run)) return;
    for (const other of this.#runs.values()) {
      const sameScope = scopeCovers(run.scope, other.scope) && scopeCovers(other.scope, run.scope);
      if (other.id !== run.id && isEnded(other) && sameScope) this.#runs.delete(other.id);
    }
  }

  #ticket(flattenId: string, outcome: 'started' | 'joined'): FlattenTicket {
    const waiting = this.#runs.get(flattenId)?.stage === 'waiting';
    return { flattenId, outcome: waiting ? 'waiting' : outcome };
  }

  #active(): readonly FlattenRun[] {
    return [...this.#runs.values()].filter((run) => !isEnded(run));
  }

  #tickWhileActive(): void {
    if (this.#stopTicking !== null || this.#active().length === 0) return;
    this.#stopTicking = this.#desk.timers.every(TICK_MS, () => {
      for (const run of this.#active()) this.#feed(run.id, { kind: 'tick' });
      if (this.#active().length === 0) this.stop();
    });
  }

  #stamp(): Stamp {
    return { wall: this.#desk.clock.wall(), mono: this.#desk.clock.mono() };
  }
}
