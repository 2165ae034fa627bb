import type { EpochMs } from '../../shared/kernel/clock.ts';
import type { AccountKind, AccountName } from '../../shared/domain/account/account.ts';
import type { Execution } from '../../shared/domain/account/execution.ts';
import type { Command } from '../../shared/domain/desk/command.ts';
import type { Stamp } from '../../shared/domain/desk/fact.ts';
import type { FlattenRun } from '../../shared/domain/flatten/run.ts';
import type { Quote } from '../../shared/domain/market/quote.ts';
import type { JournalEntry } from '../../shared/domain/journal/record.ts';
import type { RiskBook } from '../../shared/domain/journal/risk-fold.ts';
import type { ProtectionSettings } from '../../shared/domain/risk/protection/settings.ts';
import type {
  OwnRulesQuestion,
  OwnRulesView,
  OwnRulesWish,
} from '../../shared/protocol/ipc/own-rules.ts';
import type { DayQuestion, EquityView, TimelineView } from '../../shared/protocol/ipc/risk-day.ts';
import type {
  NewsView,
  ProtectionWish,
  RecordWish,
  RiskAnswerView,
  RulesWish,
  TemplatesView,
  UnlockWish,
  WhatIfQuestion,
  WhatIfView,
} from '../../shared/protocol/ipc/risk-calls.ts';
import { NO_RULES_CHOSEN, type RiskView } from '../../shared/protocol/ipc/risk-view.ts';
import { isSame } from '../../shared/protocol/rule-pack/canonical.ts';
import type { RiskDesk, RiskPort, TakenFact } from '../engine/ports.ts';
import type { AccountGuard, GuardWorld } from './account-guard.ts';
import { AccountLedger } from './account-ledger.ts';
import { cashText } from './cash-wording.ts';
import { DayCourses } from './day-courses.ts';
import { equityView, timelineView } from './day-view.ts';
import { GuardActs } from './guard-acts.ts';
import { GuardDoor } from './guard-door.ts';
import { GuardMirror } from './guard-mirror.ts';
import { GuardRoster } from './guard-roster.ts';
import { LockFinder } from './lock-finder.ts';
import { LockKeeper } from './lock-keeper.ts';
import type { LockPlace } from './lock-place.ts';
import { MarketMoves } from './market-moves.ts';
import { MarketTime, reachedTime } from './market-time.ts';
import { nextSessionAfter } from './next-session.ts';
import { NewsCalendar } from './news-calendar.ts';
import type { NewsPlace } from './news-file.ts';
import { OwnAccounts } from './own-accounts.ts';
import { OwnRulesDoor } from './own-rules/own-rules-door.ts';
import { protectionSettings } from './protection-settings.ts';
import { historyIn } from './past-days.ts';
import { refused } from './risk-answers.ts';
import { riskView } from './risk-view.ts';
import type { RuleSource } from './rules-in-force.ts';
import { SessionMemory } from './session-memory.ts';
import { templatesView } from './templates-view.ts';
import { UnruledLocks } from './unruled-locks.ts';

/** Where rules come from and where locks are kept beside the journal. */
export interface GuardPlaces extends RuleSource {
  readonly locks: LockPlace;
  readonly news: NewsPlace;
}

/** Makes the service that judges the desk's accounts by their rules, from what the journal knows of them. */
export function createGuardService(
  places: GuardPlaces,
): (desk: RiskDesk, recovered: RiskBook) => RiskPort {
  return (desk, recovered) => new GuardService(desk, recovered, places);
}

class GuardService implements RiskPort {
  readonly #desk: RiskDesk;
  readonly #places: GuardPlaces;
  readonly #ledger: AccountLedger;
  readonly #roster: GuardRoster;
  readonly #door: GuardDoor;
  readonly #ownRules: OwnRulesDoor;
  readonly #acts: GuardActs;
  readonly #finder: LockFinder;
  readonly #unruled: UnruledLocks;
  readonly #session = new SessionMemory();
  readonly #time: MarketTime;
  /** Since when rules hold that could not be read; they are not tried again in this run. */
  readonly #unusable = new Map<AccountName, EpochMs>();
  readonly #moves = new MarketMoves();
  readonly #own = new OwnAccounts();
  readonly #releases: NewsCalendar;
  readonly #courses: DayCourses;

  constructor(desk: RiskDesk, recovered: RiskBook, places: GuardPlaces) {
    this.#desk = desk;
    this.#places = places;
    this.#time = new MarketTime(desk.mode);
    this.#ledger = new AccountLedger(desk, recovered);
    const kept = [...recovered.values()].flatMap(({ locks }) => (locks === null ? [] : [locks]));
    const locks = new LockKeeper(desk, places.locks, kept);
    this.#releases = new NewsCalendar(places.news, ({ account }, text) => {
      this.#acts.tell(account, { severity: 'warning', text });
    });
    const mirror = new GuardMirror(desk.guard, (account, code) => {
      // What tightens went out all the same, and a store that fails is told of by itself.
      if (code === 'NOT_RECORDED') return;
      const text = `The AddOn cannot be told of a lock or a floor (${code}); this desk keeps to it.`;
      this.#acts.tell(account, { severity: 'critical', text });
    });
    this.#courses = new DayCourses((entry, stamp) => desk.keep(entry, stamp), recovered);
    this.#acts = new GuardActs({ desk, mirror, locks, courses: this.#courses });
    const world = this.#world();
    const session = (at: EpochMs) => this.#session.at(at);
    const finder = new LockFinder({ desk, locks, session });
    this.#finder = finder;
    this.#roster = new GuardRoster({ desk, source: places, world, locks, finder, recovered });
    const doors = {
      ...{ desk, ledger: this.#ledger, roster: this.#roster },
      reached: (account: AccountName) => this.#reached(account),
      nextSession: (account: AccountName, stamp: Stamp) =>
        nextSessionAfter(this.#roster.find(account)?.protection() ?? null, session, stamp),
    };
    this.#door = new GuardDoor({ ...doors, source: places });
    this.#ownRules = new OwnRulesDoor({ ...doors, follow: (account) => this.#follow(account) });
    for (const account of this.#ledger.accounts()) this.#resume(account, recovered);
    this.#unruled = new UnruledLocks({ desk, locks, finder, mirror });
    for (const account of locks.accounts()) {
      if (this.#roster.find(account) !== null) continue;
      this.#safely('locks', () => this.#unruled.find(account));
    }
  }

  view(account: AccountName): RiskView {
    const guard = this.#roster.find(account);
    const choice = this.#ledger.choiceAt(account, this.#reached(account));
    if (guard !== null && choice !== null) return riskView(guard, choice, this.#desk.state());
    const reason = this.#roster.problem(account) ?? NO_RULES_CHOSEN.reason;
    return { ...NO_RULES_CHOSEN, reason, ...this.#unruled.view(account) };
  }

  judged(): readonly { readonly account: AccountName; readonly risk: RiskView }[] {
    return this.#ledger.accounts().map((account) => ({ account, risk: this.view(account) }));
  }

  onFact({ fact, changed, entries }: TakenFact, stamp: Stamp): void {
    if (fact.kind === 'quote.reported') return this.#onPrice(fact.quote, stamp);
    const executions = executionsIn(entries);
    this.#together((guard) => {
      if (!changed.touchesAll && !changed.accounts.has(guard.account)) return;
      guard.onFact(fact, executions.get(guard.account) ?? [], stamp);
    });
    this.#safely('own accounts', () => this.#own.tell(this.#desk.state(), this.#roster.all()));
    if (fact.kind === 'guard.reported') {
      for (const guard of this.#roster.all()) this.#safely('AddOn', () => this.#adopt(guard));
    }
  }

  onFlatten(run: FlattenRun): void {
    const isEnded = run.stage === 'confirmed' || run.alarm !== null || run.refusal !== null;
    if (run.scope.kind === 'instrument' || (!isEnded && run.stage !== 'disarmed')) return;
    const outcome = run.stage === 'confirmed' ? 'proven' : 'unproven';
    for (const guard of this.#roster.all()) {
      if (run.scope.kind === 'account' && run.scope.account !== guard.account) continue;
      this.#safely('flatten', () => guard.tell({ kind: 'flatten-ended', outcome }));
    }
  }

  onLink(): void {
    for (const guard of this.#roster.all()) this.#safely('link', () => guard.tell());
  }

  keepHouse(): void {
    const { clock } = this.#desk;
    const stamp = { wall: clock.wall(), mono: clock.mono() };
    for (const account of this.#ledger.accounts()) {
      this.#safely('rules', () => this.#follow(account));
    }
    this.#safely('news', () => this.#releases.tell(stamp.wall, this.#roster.all()));
    const news = this.#time.news(stamp);
    for (const guard of this.#roster.all()) {
      this.#safely('tick', () => {
        guard.keepHouse(stamp, news(this.#kindOf(guard.account)));
        this.#acts.showFloor(guard);
      });
      this.#safely('course', () => this.#courses.keepHouse(guard, this.view(guard.account), stamp));
    }
  }

  stop(): void {
    for (const guard of this.#roster.all()) this.#safely('stop', () => guard.stop());
    const { clock } = this.#desk;
    this.#courses.stop({ wall: clock.wall(), mono: clock.mono() });
  }

  templates(): TemplatesView {
    return templatesView(this.#places.library);
  }

  assign(wish: RulesWish): RiskAnswerView {
    return this.#door.assign(wish);
  }

  settings(wish: ProtectionWish): RiskAnswerView {
    return this.#door.settings(wish);
  }

  unlock(wish: UnlockWish): RiskAnswerView {
    return this.#door.unlock(wish);
  }

  record(wish: RecordWish): RiskAnswerView {
    const answer = this.#door.record(wish);
    if (wish.kind === 'reset') {
      this.#own.forget();
      this.#releases.forget();
    }
    this.#own.tell(this.#desk.state(), this.#roster.all());
    return answer;
  }

  whatIf(question: WhatIfQuestion): WhatIfView {
    return this.#door.whatIf(question);
  }

  ownRules({ account }: OwnRulesQuestion): OwnRulesView {
    return this.#ownRules.view(account);
  }

  chooseOwnRules(wish: OwnRulesWish): RiskAnswerView {
    return this.#ownRules.choose(wish);
  }

  equity({ account }: DayQuestion): EquityView {
    return equityView(account, this.#courses.find(account as AccountName));
  }

  timeline({ account }: DayQuestion): TimelineView {
    return timelineView(account, this.#courses.find(account as AccountName));
  }

  importDays(account: string, text: string): RiskAnswerView {
    const wish = historyIn(account, text);
    return wish.ok ? this.record(wish.value) : refused(wish.error);
  }

  news(): NewsView {
    return this.#releases.view(this.#desk.clock.wall());
  }

  importNews(text: string): RiskAnswerView {
    const now = this.#desk.clock.wall();
    const taken = this.#releases.bring(text, now);
    if (!taken.ok) return refused(taken.error);
    return { outcome: 'now', from: now, message: `${taken.value} releases were taken in.` };
  }

  /** A price counts for the accounts that hold the instrument. */
  #onPrice(quote: Quote, stamp: Stamp): void {
    const { instrument } = quote;
    this.#safely('prices', () => {
      this.#time.hear(quote.quotedAt);
      this.#moves.hear(quote, stamp.mono);
    });
    const { accounts } = this.#desk.state();
    this.#together((guard) => {
      const position = accounts.get(guard.account)?.positions.get(instrument)?.position ?? null;
      if (position !== null) guard.onPrice(stamp);
    });
  }

  /** Every account judges one message. */
  #together(judge: (guard: AccountGuard) => void): void {
    this.#acts.together(() => {
      for (const guard of this.#roster.all()) this.#safely('fact', () => judge(guard));
    });
  }

  /** What the AddOn held beyond this desk's knowledge, as beside an older journal, is a lock here, too. */
  #adopt(guard: AccountGuard): void {
    const found = this.#finder.beyond(guard.account, guard.protection().book);
    if (found !== null) guard.tell(found);
  }

  /** Begins with the rules that the kept state was made under, and goes on to those of now. */
  #resume(account: AccountName, recovered: RiskBook): void {
    const known = recovered.get(account);
    const kept = known?.kept ?? null;
    const old = known?.assigned.findLast(
      ({ epoch }) => epoch.content === kept?.content && epoch.from <= kept.core.book.at,
    );
    this.#safely('start', () => {
      if (old !== undefined) this.#roster.open(old, kept?.own ?? []);
      this.#follow(account);
    });
  }

  /** Opens the rules of the moment when they are newer ones; no clock brings rules back that were left. */
  #follow(account: AccountName): void {
    const at = this.#reached(account);
    const due = this.#ledger.rulesAt(account, at);
    if (due === null || this.#unusable.get(account) === due.epoch.from) return;
    const open = this.#roster.find(account)?.engine.rules ?? null;
    const own = this.#ledger.ownRulesAt(account, at);
    const isNewer = open === null || open.assigned.epoch.from < due.epoch.from;
    if (!isNewer && isSame(open.own, own)) return;
    const opened = this.#roster.open(isNewer ? due : open.assigned, own);
    if (!opened.ok) this.#unusable.set(account, due.epoch.from);
    // Rules that look at all accounts may be among them, and have been told nothing.
    this.#own.forget();
    this.#own.tell(this.#desk.state(), this.#roster.all());
  }

  #reached(account: AccountName): EpochMs {
    const { mode, clock } = this.#desk;
    const stamp = { wall: clock.wall(), mono: clock.mono() };
    const guard = this.#roster.find(account);
    const kind = this.#kindOf(account);
    return reachedTime({ mode, kind, trust: guard?.protection().time ?? null }, stamp);
  }

  #world(): GuardWorld {
    const { clock, timers, state, linkState } = this.#desk;
    return {
      clock,
      timers,
      state,
      isHeard: () => state().link.isOpen && linkState() !== 'stale',
      adverseTicks: (instrument) => this.#moves.adverseTicks(instrument, clock.mono()),
      settings: (account) => this.#settingsOf(account),
      session: (at) => this.#session.at(at),
      carryOut: (guard, outcome) => this.#acts.carryOut(guard, outcome),
      onCash: (account, change) => this.#acts.tell(account, cashText(change)),
      askReport: () => this.#desk.send(fullReport(this.#desk.ids.next('cmd'))),
      judged: (guard, before, after) => this.#acts.judged(guard, before, after),
    };
  }

  #settingsOf(account: AccountName): ProtectionSettings {
    return protectionSettings({
      mode: this.#desk.mode,
      choice: this.#ledger.choiceAt(account, this.#reached(account)),
      rules: this.#roster.find(account)?.engine.rules ?? null,
      kind: this.#kindOf(account),
    });
  }

  #kindOf(account: AccountName): AccountKind {
    return this.#desk.state().accounts.get(account)?.identity.kind ?? 'unknown';
  }

  /** A bug over one account must not keep the others from being judged. */
  #safely(part: string, work: () => void): void {
    try {
      work();
    } catch (cause) {
      this.#desk.onBug(`risk ${part}`, cause);
    }
  }
}

function fullReport(commandId: string): Command {
  return { kind: 'snapshot', commandId, scope: 'full', executionsSince: null };
}

function executionsIn(entries: readonly JournalEntry[]): ReadonlyMap<AccountName, Execution[]> {
  const found = new Map<AccountName, Execution[]>();
  for (const entry of entries) {
    if (entry.kind !== 'execution.reported') continue;
    const { account } = entry.execution;
    found.set(account, [...(found.get(account) ?? []), entry.execution]);
  }
  return found;
}
