import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import type { Stamp } from '../../shared/domain/desk/fact.ts';
import type { AccountRisk, RiskBook } from '../../shared/domain/journal/risk-fold.ts';
import { reportedFigures } from '../../shared/domain/risk/feed/figures.ts';
import type { RiskState } from '../../shared/domain/risk/engine.ts';
import { protectionStateFrom } from '../../shared/domain/risk/protection/kept-protection.ts';
import {
  startProtection,
  type ProtectionState,
} from '../../shared/domain/risk/protection/protection-state.ts';
import type { OwnRule } from '../../shared/domain/risk/own-rule.ts';
import type { RulesAssigned } from '../../shared/domain/rule-pack/record.ts';
import { isSame } from '../../shared/protocol/rule-pack/canonical.ts';
import type { RiskDesk } from '../engine/ports.ts';
import { AccountEngine, openedState, resumedState } from './account-engine.ts';
import { AccountGuard, type GuardWorld } from './account-guard.ts';
import { brokenFloor, type BrokenFloor } from './broken-floor.ts';
import { carriedOver } from './carried-state.ts';
import { daySoFar } from './day-so-far.ts';
import { deadlinesOf } from './deadlines.ts';
import type { LockFinder } from './lock-finder.ts';
import type { LockKeeper } from './lock-keeper.ts';
import { rulesInForce, type RuleSource, type RulesInForce } from './rules-in-force.ts';

export interface RosterParts {
  readonly desk: RiskDesk;
  readonly source: RuleSource;
  readonly world: GuardWorld;
  readonly locks: LockKeeper;
  readonly finder: LockFinder;
  readonly recovered: RiskBook;
}

/** The guards of all accounts that have rules. */
export class GuardRoster {
  readonly #parts: RosterParts;
  readonly #guards = new Map<AccountName, AccountGuard>();
  /** Why an account with rules cannot be judged. */
  readonly #problems = new Map<AccountName, string>();

  constructor(parts: RosterParts) {
    this.#parts = parts;
  }

  all(): Iterable<AccountGuard> {
    return this.#guards.values();
  }

  find(account: AccountName): AccountGuard | null {
    return this.#guards.get(account) ?? null;
  }

  problem(account: AccountName): string | null {
    return this.#problems.get(account) ?? null;
  }

  /** Has an account judged by rules from now on; the state of rules that stay the same goes on. */
  open(assigned: RulesAssigned, own: readonly OwnRule[]): Result<AccountGuard, string> {
    const { account } = assigned;
    const rules = rulesInForce(this.#parts.source, assigned, own);
    if (!rules.ok) {
      this.#problems.set(account, rules.error);
      return err(rules.error);
    }
    this.#problems.delete(account);
    const before = this.#guards.get(account) ?? null;
    const stamp = this.#stamp();
    const kept = before === null ? this.#keptOf(rules.value) : null;
    const state = kept ?? this.#stateFor(rules.value, before, stamp);
    const engine = new AccountEngine({
      rules: rules.value,
      state,
      keep: (entry, at) => this.#parts.desk.keep(entry, at),
    });
    engine.keepState(stamp);
    if (kept !== null) engine.comeBack(stamp);
    const protection = before?.protection() ?? this.#startedProtection(account, stamp);
    before?.retire();
    const guard = new AccountGuard({ account, world: this.#parts.world, engine, protection });
    this.#guards.set(account, guard);
    this.#begin(guard, before === null, stamp);
    return ok(guard);
  }

  /** The floor that the present figures would be beyond under rules that are not chosen yet; null without. */
  brokenFloor(assigned: RulesAssigned): BrokenFloor | null {
    const rules = rulesInForce(this.#parts.source, assigned, []);
    const account = this.#parts.desk.state().accounts.get(assigned.account);
    const figures = account === undefined ? null : reportedFigures(account);
    if (!rules.ok || figures === null) return null;
    const opened = this.#opened(rules.value, this.#stamp().wall);
    return brokenFloor(rules.value.engine, opened, figures);
  }

  /** As it was at the end of the last run; the locks come from all places that know of them. */
  #startedProtection(account: AccountName, stamp: Stamp): ProtectionState {
    const kept = this.#parts.recovered.get(account)?.protection ?? null;
    const restored = kept === null ? null : protectionStateFrom(kept, stamp);
    if (restored?.ok === true) return restored.value;
    return startProtection(account, this.#parts.locks.provenAt(account), stamp);
  }

  #begin(guard: AccountGuard, isStart: boolean, { wall }: Stamp): void {
    const deadlines = {
      kind: 'deadlines',
      deadlines: deadlinesOf(guard.engine.rules, wall),
    } as const;
    if (!isStart) return guard.begin(deadlines);
    guard.begin(deadlines, this.#parts.finder.atStart(guard.account));
  }

  #stateFor(rules: RulesInForce, before: AccountGuard | null, { wall }: Stamp): RiskState {
    return before === null ? this.#opened(rules, wall) : carriedOver(rules, before.engine);
  }

  /** The state in which the last run left the account under the same rules; null without. */
  #keptOf(rules: RulesInForce): RiskState | null {
    const { assigned, own } = rules;
    const { account, epoch } = assigned;
    const known: AccountRisk | undefined = this.#parts.recovered.get(account);
    if (known?.kept?.content !== epoch.content || !isSame(known.kept.own, own)) return null;
    return resumedState(rules, known.kept.core, known.taken);
  }

  /** The state of an account that begins to be judged, with what it has done today. */
  #opened(rules: RulesInForce, now: EpochMs): RiskState {
    const { isFresh, peak } = rules.assigned.terms;
    const desk = this.#parts.desk.state();
    const account = desk.accounts.get(rules.assigned.account);
    const reported = account === undefined ? null : reportedFigures(account);
    const trailing = rules.engine.rulebook.rules.filter(
      ({ kind }) => kind === 'intraday-trailing' || kind === 'end-of-day-trailing',
    );
    const peaks = peak === null ? {} : Object.fromEntries(trailing.map(({ id }) => [id, peak]));
    const balance = isFresh ? rules.start : (reported?.balance ?? null);
    const { events, isWhole } = daySoFar(desk, rules.assigned.account, now);
    const isUnderway = events.length > 0;
    const opened = openedState(rules, {
      ...{ at: events[0]?.at ?? now, balance, dayReference: null },
      ...{ isFresh, peaks, references: {}, isUnderway },
      // Of an account without a fill today the trader's word counts.
      ...(isUnderway && { isDayWhole: isWhole }),
    });
    return resumedState(rules, opened, events);
  }

  #stamp(): Stamp {
    const { clock } = this.#parts.desk;
    return { wall: clock.wall(), mono: clock.mono() };
  }
}
