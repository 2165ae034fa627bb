import type { Cancel, Clock, EpochMs, MonoMs, Timers } from '../../shared/kernel/clock.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import type { Execution } from '../../shared/domain/account/execution.ts';
import type { Fact, Stamp } from '../../shared/domain/desk/fact.ts';
import type { DeskState } from '../../shared/domain/desk/state.ts';
import type { InstrumentName } from '../../shared/domain/instrument/instrument.ts';
import { COURSE_POLICY } from '../../shared/domain/risk/feed/figure-course.ts';
import type { CashChange } from '../../shared/domain/risk/feed/cash-change.ts';
import { heldBy } from '../../shared/domain/risk/feed/exposure.ts';
import { readingOf } from '../../shared/domain/risk/feed/reading.ts';
import { summariesOf } from '../../shared/domain/risk/feed/summaries.ts';
import type { ProtectionOutcome } from '../../shared/domain/risk/protection/outcome.ts';
import { protect } from '../../shared/domain/risk/protection/protect.ts';
import type { ProtectionEvent } from '../../shared/domain/risk/protection/protection-event.ts';
import type { ProtectionState } from '../../shared/domain/risk/protection/protection-state.ts';
import type { SessionFacts } from '../../shared/domain/risk/protection/session-facts.ts';
import type { ProtectionSettings } from '../../shared/domain/risk/protection/settings.ts';
import { calendarTime } from '../../shared/domain/risk/protection/time-trust.ts';
import type { TradingDay } from '../../shared/domain/session/trading-day.ts';
import type { Verdict } from '../../shared/domain/risk/verdict.ts';
import type { AccountEngine, TimelessEvent } from './account-engine.ts';
import { AccountFeed, NOTHING_FED, type Fed } from './account-feed.ts';
import { CashWatch } from './cash-watch.ts';
import { deadlinesOf } from './deadlines.ts';
import { QuietBand } from './quiet-band.ts';

/** What the guard of an account sees and may do. */
export interface GuardWorld {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly state: () => DeskState;
  /** Whether the link is open and not silent. */
  readonly isHeard: () => boolean;
  /** The adverse move of an instrument that is likely while an exit fills; null is unknown. */
  readonly adverseTicks: (instrument: InstrumentName) => number | null;
  readonly settings: (account: AccountName) => ProtectionSettings;
  readonly session: (at: EpochMs) => SessionFacts;
  /** Carries out and tells what protection has decided. */
  readonly carryOut: (guard: AccountGuard, outcome: ProtectionOutcome) => void;
  /** Money moved that nobody traded, or that the fills do not explain. */
  readonly onCash: (account: AccountName, change: CashChange) => void;
  /** Asks the platform for a full report. */
  readonly askReport: () => void;
  /** The verdicts that count have changed. */
  readonly judged: (
    guard: AccountGuard,
    before: readonly Verdict[],
    after: readonly Verdict[],
  ) => void;
}

export interface AccountGuardParts {
  readonly account: AccountName;
  readonly world: GuardWorld;
  readonly engine: AccountEngine;
  readonly protection: ProtectionState;
}

/** Somewhat more than the time from one keeping of the house to the next, in milliseconds. */
const AHEAD_MS = 1_500;

/** Rules and protection of one account: facts come in, what is to be done goes out in the same turn. */
export class AccountGuard {
  readonly account: AccountName;
  readonly engine: AccountEngine;
  readonly #world: GuardWorld;
  readonly #feed: AccountFeed;
  #protection: ProtectionState;
  #outcome: ProtectionOutcome | null = null;
  readonly #quiet = new QuietBand();
  #wake: Cancel | null = null;
  #boundary: Cancel | null = null;
  #deadlineDay: TradingDay | null = null;
  /** Facts may come after the end, and must not set a timer that keeps the process alive. */
  #isOver = false;

  constructor({ account, world, engine, protection }: AccountGuardParts) {
    this.account = account;
    this.engine = engine;
    this.#world = world;
    this.#protection = protection;
    const policy = { ...COURSE_POLICY, isZeroNormal: engine.rules.start === 0 };
    const cash = new CashWatch({
      ...{ account, engine, state: world.state(), ask: world.askReport },
      tell: (change) => world.onCash(account, change),
    });
    this.#feed = new AccountFeed({ account, policy, cash }, world.state(), this.#stamp());
  }

  protection(): ProtectionState {
    return this.#protection;
  }

  outcome(): ProtectionOutcome | null {
    return this.#outcome;
  }

  settings(): ProtectionSettings {
    return this.#world.settings(this.account);
  }

  adverseTicks(instrument: InstrumentName): number | null {
    return this.#world.adverseTicks(instrument);
  }

  /** Takes in what the desk knows of the account, and what its protection begins with. */
  begin(...events: readonly ProtectionEvent[]): void {
    const stamp = this.#stamp();
    this.#take(this.#feed.first(this.#world.state(), stamp), events, stamp);
  }

  onFact(fact: Fact, executions: readonly Execution[], stamp: Stamp): void {
    const fed = this.#feed.take(this.#world.state(), fact, executions, stamp);
    if (fed.isNews || fed.events.length > 0 || fed.fills.length > 0) this.#quiet.end();
    if (!this.#isQuiet(fed, stamp)) this.#take(fed, [], stamp);
  }

  /** A price of something that the account holds. */
  onPrice(stamp: Stamp): void {
    const mark = this.#feed.price(this.#world.state(), stamp);
    const fed = { ...NOTHING_FED, mark };
    if (!this.#isQuiet(fed, stamp)) this.#take(fed, [], stamp);
  }

  /** Something that concerns protection alone. */
  tell(...events: readonly ProtectionEvent[]): ProtectionOutcome {
    this.#quiet.end();
    return this.#take(NOTHING_FED, events, this.#stamp());
  }

  /** An event of the rules that comes from elsewhere. */
  feed(event: TimelessEvent): void {
    this.#quiet.end();
    this.#take({ ...NOTHING_FED, events: [event] }, [], this.#stamp());
  }

  /** An event that the trader tells of; one that moves money settles what the cash was asked for. */
  record(event: TimelessEvent): void {
    const stamp = this.#stamp();
    const isMoney = event.kind.startsWith('cash') || event.kind === 'restart';
    const state = this.#world.state();
    const fed = isMoney ? this.#feed.settleCash(state, stamp) : NOTHING_FED;
    this.#quiet.end();
    this.#take({ ...fed, events: [event, ...fed.events] }, [], stamp);
  }

  /** Time has passed: rules that look at the clock are judged anew. */
  tick(...events: readonly ProtectionEvent[]): void {
    this.#take({ ...NOTHING_FED, events: [{ kind: 'tick' }] }, events, this.#stamp());
  }

  /** Called once a second; a boundary within the next one is met to the millisecond. */
  keepHouse(stamp: Stamp, events: readonly ProtectionEvent[]): void {
    this.tick(...events, ...this.#newDeadlines(stamp));
    this.engine.keepHouse(stamp);
    const boundary = this.engine.nextBoundary(stamp.wall);
    this.#boundary?.();
    this.#boundary = null;
    if (boundary === null || boundary - stamp.wall > AHEAD_MS) return;
    this.#boundary = this.#world.timers.after(boundary - stamp.wall, () => this.tick());
  }

  /** The deadlines of the present and the coming day, when the day is another one. */
  #newDeadlines(stamp: Stamp): readonly ProtectionEvent[] {
    const { day } = this.#protection.session;
    if (day === this.#deadlineDay) return [];
    this.#deadlineDay = day;
    const now = calendarTime(this.#protection, stamp);
    return [{ kind: 'deadlines', deadlines: deadlinesOf(this.engine.rules, now) }];
  }

  /** Its place is taken by a guard with other rules. */
  retire(): void {
    this.#isOver = true;
    this.#wake?.();
    this.#boundary?.();
  }

  stop(): void {
    this.retire();
    const stamp = this.#stamp();
    this.engine.keepProtection(this.#protection, stamp);
    this.engine.keepState(stamp);
  }

  #take(fed: Fed, more: readonly ProtectionEvent[], stamp: Stamp): ProtectionOutcome {
    const before = this.engine.verdicts();
    for (const event of fed.events) this.engine.take(event, stamp);
    if (fed.mark !== null) this.engine.hold(fed.mark);
    const fills = fed.fills.map((fill) => ({ kind: 'fill', fill }) as const);
    const outcome = this.#protect([...more, ...fills, this.#reading(stamp)], stamp);
    this.#settle(outcome, stamp);
    this.#remember(outcome, stamp);
    this.#world.carryOut(this, outcome);
    const after = this.engine.verdicts();
    if (after !== before) this.#world.judged(this, before, after);
    return outcome;
  }

  /**
   * A figure between two that were judged alike a moment ago can wait for the next judgement; nothing that is doubted
   * may, for time alone will decide it.
   */
  #isQuiet({ mark }: Fed, { mono }: Stamp): boolean {
    if (this.#outcome?.figure !== 'accepted' || this.#feed.wakeAt() !== null) return false;
    if (mark === null) return this.#quiet.isFresh(mono);
    const { equity, balance } = this.#feed.figures();
    if (!this.#quiet.covers(equity, balance, mono)) return false;
    this.engine.hold(mark);
    return true;
  }

  #remember(outcome: ProtectionOutcome, { mono }: Stamp): void {
    const { equity, balance } = this.#feed.figures();
    if (outcome.figure !== 'accepted' || equity === null) return this.#quiet.end();
    const [state, verdicts] = [this.engine.state(), this.engine.verdicts()];
    this.#quiet.judged({ equity, balance, state, verdicts, steps: outcome.state.steps }, mono);
  }

  /** Only time has passed; what is heard is as it was, unless it has stood long enough to be believed. */
  #awake(): void {
    const stamp = this.#stamp();
    const fed = this.#feed.passTime(this.#world.state(), stamp);
    if (fed.mark !== null || fed.events.length > 0) return void this.#take(fed, [], stamp);
    const before = this.engine.verdicts();
    const outcome = this.#protect([], stamp);
    this.#settle(outcome, stamp);
    this.#world.carryOut(this, outcome);
    const after = this.engine.verdicts();
    if (after !== before) this.#world.judged(this, before, after);
  }

  #protect(events: readonly ProtectionEvent[], at: Stamp): ProtectionOutcome {
    const session = this.#world.session(calendarTime(this.#protection, at));
    const outcome = protect(this.#protection, { at, session, events }, this.settings());
    this.#protection = outcome.state;
    this.#outcome = outcome;
    const { actions, notices } = outcome;
    if (actions.length + notices.length > 0) this.engine.keepProtection(outcome.state, at);
    this.#sleep(earlier(outcome.wakeAt, this.#feed.wakeAt()), at);
    return outcome;
  }

  /** A figure that is not believed has no place in the peaks. */
  #settle({ figure }: ProtectionOutcome, stamp: Stamp): void {
    if (figure === 'accepted') {
      // What was lost and is told again unchanged is known again.
      const mark = this.engine.isLost() ? this.#feed.mark() : null;
      if (mark !== null) this.engine.hold(mark);
      this.engine.believe(stamp);
    }
    if (figure === 'unknown') this.engine.lose(stamp);
  }

  #reading(stamp: Stamp): ProtectionEvent {
    const { state, isHeard, adverseTicks } = this.#world;
    const desk = state();
    const account = desk.accounts.get(this.account);
    const held = account === undefined ? [] : heldBy(desk, account);
    const { rulebook } = this.engine.rules.engine;
    const rules = summariesOf(rulebook, this.engine.trial(stamp), held);
    if (account === undefined) return { kind: 'reading', reading: NOTHING_READ(stamp), rules };
    const world = { state: desk, account, isHeard: isHeard(), adverseTicks };
    return { kind: 'reading', reading: readingOf(world, this.#feed.figures()), rules };
  }

  #sleep(until: MonoMs | null, { mono }: Stamp): void {
    this.#wake?.();
    this.#wake = null;
    if (until === null || this.#isOver) return;
    this.#wake = this.#world.timers.after(Math.max(0, until - mono), () => this.#awake());
  }

  #stamp(): Stamp {
    return { wall: this.#world.clock.wall(), mono: this.#world.clock.mono() };
  }
}

function earlier(a: MonoMs | null, b: MonoMs | null): MonoMs | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

type Reading = Extract<ProtectionEvent, { kind: 'reading' }>['reading'];

/** An account that the desk has never heard of. */
function NOTHING_READ({ mono }: Stamp): Reading {
  const none = { value: null, heardAt: mono };
  return {
    isConnected: false,
    equity: none,
    balance: none,
    open: none,
    second: { ...none, isIndependent: false },
    brokerRoom: none,
    positions: null,
    orders: [],
  };
}
