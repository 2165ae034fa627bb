import type { EpochMs } from '../../shared/kernel/clock.ts';
import type { Stamp } from '../../shared/domain/desk/fact.ts';
import { clocksOf } from '../../shared/domain/risk/calendar.ts';
import {
  openAccount,
  step,
  verdictsOf,
  type Opening,
  type Outcome,
  type RiskState,
} from '../../shared/domain/risk/engine.ts';
import type { RiskEvent } from '../../shared/domain/risk/event.ts';
import type { KeptRisk, RiskRecord } from '../../shared/domain/risk/feed/record.ts';
import { remembersSame } from '../../shared/domain/risk/feed/same-memory.ts';
import { keptOf } from '../../shared/domain/risk/protection/kept-protection.ts';
import type { ProtectionState } from '../../shared/domain/risk/protection/protection-state.ts';
import type { Verdict } from '../../shared/domain/risk/verdict.ts';
import { RiskRecorder } from './risk-recorder.ts';
import type { RulesInForce } from './rules-in-force.ts';

/** An event whose time is given when it is taken. */
export type TimelessEvent = RiskEvent extends infer E
  ? E extends RiskEvent
    ? Omit<E, 'at'>
    : never
  : never;

/** The held mark as it would be taken. */
interface Tried {
  readonly event: RiskEvent;
  readonly from: RiskState;
  readonly outcome: Outcome;
}

/** Somebody who watches looks every second; after this long without one nobody did, in milliseconds. */
const ABSENT_MS = 10_000;

export interface AccountEngineParts {
  readonly rules: RulesInForce;
  readonly state: RiskState;
  readonly keep: (entry: RiskRecord, stamp: Stamp) => void;
}

/** The rule engine of one account under the rules of one epoch, and its journal. */
export class AccountEngine {
  readonly rules: RulesInForce;
  readonly #recorder: RiskRecorder;
  readonly #keep: AccountEngineParts['keep'];
  #state: RiskState;
  #verdicts: readonly Verdict[];
  /** Of the calendar; undefined until it was asked. */
  #boundary: EpochMs | null | undefined;
  /** A mark that is not believed yet. */
  #held: TimelessEvent | null = null;
  #tried: Tried | null = null;
  #watchedAt: EpochMs | null = null;

  constructor({ rules, state, keep }: AccountEngineParts) {
    this.rules = rules;
    this.#keep = keep;
    const { assigned, own, engine } = rules;
    this.#state = state;
    this.#verdicts = verdictsOf(engine, state);
    const { account, epoch } = assigned;
    const parts = { account, content: epoch.content, own, rules: engine, keep };
    this.#recorder = new RiskRecorder(parts, state);
  }

  state(): RiskState {
    return this.#state;
  }

  verdicts(): readonly Verdict[] {
    return this.#verdicts;
  }

  /**
   * Goes on after a time in which nobody watched, from the last event on: what the figures were at a boundary that
   * passed meanwhile is not known.
   */
  comeBack(stamp: Stamp): void {
    const { at, figures } = this.#state.book;
    if (figures.quality === 'stale') return;
    this.#step(this.#timed({ kind: 'figures-lost' }, { ...stamp, wall: at }), stamp);
  }

  /** Takes an event that is certain. */
  take(event: TimelessEvent, stamp: Stamp): void {
    this.#watch(stamp);
    this.#step(this.#timed(event, stamp), stamp);
  }

  /** Remembers a mark until it is believed; a newer one takes its place. */
  hold(mark: TimelessEvent): void {
    this.#held = mark;
    this.#tried = null;
  }

  /** The verdicts as they would be with the held mark. */
  trial(stamp: Stamp): readonly Verdict[] {
    if (this.#held === null) return this.#verdicts;
    this.#watch(stamp);
    const event = this.#timed(this.#held, stamp);
    const tried = step(this.rules.engine, this.#state, event);
    if (!tried.ok) return this.#verdicts;
    this.#tried = { event, from: this.#state, outcome: tried.value };
    return tried.value.verdicts;
  }

  /** The held mark is true. */
  believe(stamp: Stamp): void {
    if (this.#held === null) return;
    const [held, tried] = [this.#held, this.#tried];
    this.#held = null;
    this.#tried = null;
    // What was just tried needs no second evaluation.
    if (tried?.from === this.#state) this.#commit(tried.event, tried.outcome, stamp);
    else this.take(held, stamp);
  }

  /** Whether the figures were lost and are not told again yet. */
  isLost(): boolean {
    return this.#state.book.figures.quality === 'stale';
  }

  /** The figures are not known any more. */
  lose(stamp: Stamp): void {
    this.#held = null;
    if (this.#state.book.figures.quality === 'fresh') this.take({ kind: 'figures-lost' }, stamp);
  }

  /** The next instant at which the calendar or a lock of a rule changes something; null when none is known. */
  nextBoundary(now: EpochMs): EpochMs | null {
    if (this.#boundary === undefined || (this.#boundary !== null && this.#boundary <= now)) {
      const { rulebook, calendar } = this.rules.engine;
      this.#boundary = earliest(clocksOf(rulebook).map((clock) => calendar.next(clock, now)));
    }
    const locks = this.#state.rules.map(({ lock }) => lock?.until ?? null);
    return earliest([this.#boundary, ...locks.filter((at) => at !== null && at > now)]);
  }

  /** Writes the marks that have waited long enough. */
  keepHouse(stamp: Stamp): void {
    this.#recorder.due(stamp);
  }

  /** Keeps what protection has to know after a restart. */
  keepProtection(state: ProtectionState, stamp: Stamp): void {
    const { account } = this.rules.assigned;
    this.#keep({ kind: 'protection.kept', account, kept: keptOf(state, stamp) }, stamp);
  }

  /** Keeps the whole state in the journal. */
  keepState(stamp: Stamp): void {
    this.#recorder.keepState(this.#state, stamp);
  }

  /** A PC that slept, or whose clock was set on, has watched nothing meanwhile. */
  #watch(stamp: Stamp): void {
    const last = this.#watchedAt;
    this.#watchedAt = stamp.wall;
    if (last !== null && stamp.wall - last > ABSENT_MS) this.comeBack(stamp);
  }

  #step(event: RiskEvent, stamp: Stamp): void {
    const taken = step(this.rules.engine, this.#state, event);
    if (taken.ok) this.#commit(event, taken.value, stamp);
  }

  #commit(event: RiskEvent, { state, verdicts }: Outcome, stamp: Stamp): void {
    const before = this.#state;
    this.#state = state;
    this.#verdicts = verdicts;
    // Most seconds pass without anything to tell.
    if (event.kind === 'tick' && remembersSame(before, state)) return;
    this.#recorder.note(event, before, state, stamp);
  }

  /** Messages have an order: within a millisecond they take turns, and so they do while a clock goes back. */
  #timed(event: TimelessEvent, { wall }: Stamp): RiskEvent {
    const { book, instant } = this.#state;
    if (wall > book.at) return { ...event, at: wall };
    return { ...event, at: book.at, turn: (instant.at(-1)?.turn ?? 0) + 1 };
  }
}

function earliest(instants: readonly (EpochMs | null)[]): EpochMs | null {
  return instants.reduce(
    (found, at) => (at === null || (found !== null && found <= at) ? found : at),
    null,
  );
}

/** The state of an account that begins to be judged. */
export function openedState({ engine }: RulesInForce, opening: Opening): RiskState {
  return openAccount(engine, opening);
}

/** A kept state with the events since; what cannot be taken again is left out. */
export function resumedState(
  { engine }: RulesInForce,
  core: KeptRisk,
  events: readonly RiskEvent[],
): RiskState {
  const kept: RiskState = { ...core, before: core, instant: [] };
  return events.reduce((state, event) => {
    const taken = step(engine, state, event);
    return taken.ok ? taken.value.state : state;
  }, kept);
}
