import type { Cancel } from '../../shared/kernel/clock.ts';
import type { Fact, SnapshotReceived, Stamp } from '../../shared/domain/desk/fact.ts';
import {
  adoptFlatten,
  advanceFlatten,
  startFlatten,
  type FlattenInput,
  type FlattenTransition,
} from '../../shared/domain/flatten/machine.ts';
import type { FlattenDoor } from '../../shared/domain/flatten/record.ts';
import { isEnded, type FlattenRun, type Observation } from '../../shared/domain/flatten/run.ts';
import { inScope, scopeCovers, type FlattenScope } from '../../shared/domain/flatten/scope.ts';
import type { FlattenDesk, FlattenPort, FlattenTicket } from '../engine/ports.ts';

const TICK_MS = 100;

/**
 * Whether a press for the scope is a press for the run. A run that waits to be armed again would close more
 * than was asked for if its scope is wider.
 */
function carriesOut(run: FlattenRun, scope: FlattenScope): boolean {
  return scopeCovers(run.scope, scope) && (run.armed || scopeCovers(scope, run.scope));
}

/** Whether what could not be read may hide something open in the scope; a contract's terms alone hide nothing. */
function mayConcern(
  scope: FlattenScope,
  { type, account }: SnapshotReceived['refused'][number],
): boolean {
  if (account === '') return type !== 'instrument';
  return scope.kind === 'all' || scope.account === account;
}

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
  /** What is asked for together and has to be written after all of it; null while each is written by itself. */
  #together: { isUnwritten: boolean } | null = null;

  constructor(desk: FlattenDesk, recovered: readonly FlattenRun[]) {
    this.#desk = desk;
    for (const run of recovered) this.#keep(run);
    this.#tickWhileActive();
  }

  request(scope: FlattenScope, door: FlattenDoor): FlattenTicket {
    const running = this.#active().find((run) => carriesOut(run, scope));
    if (running !== undefined) {
      this.#feed(running.id, { kind: 'pressed' });
      return this.#ticket(running.id, 'joined');
    }
    const id = this.#desk.ids.next('flat');
    const seen = this.#look(scope);
    const linkUp = this.#desk.linkUp();
    this.#apply(startFlatten({ id, scope, door, stamp: this.#stamp(), seen, linkUp }));
    this.#tickWhileActive();
    this.#write();
    return this.#ticket(id, 'started');
  }

  together(ask: () => void): void {
    if (this.#together !== null) return ask();
    const together = { isUnwritten: false };
    this.#together = together;
    try {
      ask();
    } finally {
      this.#together = null;
      if (together.isUnwritten) this.#write();
    }
  }

  disarm(flattenId: string): boolean {
    const run = this.#runs.get(flattenId);
    if (run === undefined || isEnded(run)) return false;
    this.#feed(flattenId, { kind: 'disarm' });
    return this.#runs.get(flattenId)?.stage === 'disarmed';
  }

  onFact(fact: Fact): void {
    if (fact.kind === 'snapshot.received') this.#adopt(fact);
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

  /** Takes on what the platform is closing for a flatten that was never written down. */
  #adopt({ commands }: SnapshotReceived): void {
    for (const { commandId, state } of commands) {
      if (state !== 'accepted' && state !== 'running') continue;
      const [id = ''] = commandId.split('.');
      if (!id.startsWith('flat') || this.#runs.has(id)) continue;
      this.#apply(adoptFlatten(id, this.#stamp()));
      this.#tickWhileActive();
    }
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
      case 'guard.reported':
        // None of these changes what is open; the position and order reports beside them do.
        return null;
    }
  }

  #read(run: FlattenRun, snapshot: SnapshotReceived): FlattenInput {
    const seen = this.#look(run.scope);
    if (snapshot.commandId === null) return { kind: 'observed', seen };
    const unread = snapshot.refused
      .filter((entry) => mayConcern(run.scope, entry))
      .map((entry) => `${entry.type} of ${entry.account} ${entry.instrument} could not be read`);
    const doubts = [...seen.doubts, ...unread];
    return { kind: 'read', commandId: snapshot.commandId, seen: { ...seen, doubts } };
  }

  #observedIf(run: FlattenRun, concerned: boolean): FlattenInput | null {
    return concerned ? { kind: 'observed', seen: this.#look(run.scope) } : null;
  }

  /** The disk may take as long as a hundred flattens: it has its turn when all of them are on their way. */
  #write(): void {
    if (this.#together === null) this.#survive('flush', () => this.#desk.flush());
    else this.#together.isUnwritten = true;
  }

  /** A desk that cannot be looked at holds back the proof, and never the command. */
  #look(scope: FlattenScope): Observation {
    const nothing = { exposures: [], covered: [], notCovered: [], unreadable: [] };
    const doubts = ['The desk cannot be read because of an error in Enigma Apex.'];
    return this.#survive('look', () => this.#desk.look(scope)) ?? { ...nothing, doubts };
  }

  /** What remembers, shows or looks may fail; what closes positions goes on without it. */
  #survive<T>(part: string, run: () => T): T | null {
    try {
      return run();
    } catch (cause) {
      this.#desk.onBug(part, cause);
      return null;
    }
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
        this.#survive('journal', () => this.#desk.journal(effect.record, this.#stamp()));
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
    if (run !== before) this.#survive('onChange', () => this.#desk.onChange(run));
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
