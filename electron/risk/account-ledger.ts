import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import type { Stamp } from '../../shared/domain/desk/fact.ts';
import type { RiskBook } from '../../shared/domain/journal/risk-fold.ts';
import type { OwnRule, OwnRulesChoice } from '../../shared/domain/risk/own-rule.ts';
import type { ProtectionChoice } from '../../shared/domain/risk/feed/record.ts';
import type { RulesAssigned } from '../../shared/domain/rule-pack/record.ts';
import { begin } from '../../shared/domain/rule-pack/rule-epochs.ts';
import type { RiskDesk } from '../engine/ports.ts';
import { ownRulesAt } from './own-rules/own-choices.ts';
import { choiceAt } from './protection-choices.ts';

interface Choices {
  readonly assigned: readonly RulesAssigned[];
  readonly choices: readonly ProtectionChoice[];
  readonly ownRules: readonly OwnRulesChoice[];
}

const NONE: Choices = { assigned: [], choices: [], ownRules: [] };

/** What the trader has chosen for every account, as it is in the journal. */
export class AccountLedger {
  readonly #desk: Pick<RiskDesk, 'keepDurably'>;
  readonly #accounts = new Map<AccountName, Choices>();

  constructor(desk: Pick<RiskDesk, 'keepDurably'>, recovered: RiskBook) {
    this.#desk = desk;
    for (const [name, { assigned, choices, ownRules }] of recovered) {
      this.#accounts.set(name, { assigned, choices, ownRules });
    }
  }

  accounts(): readonly AccountName[] {
    return [...this.#accounts.keys()];
  }

  /** The rules that are in force at a time; null when none are. */
  rulesAt(account: AccountName, at: EpochMs): RulesAssigned | null {
    return this.#of(account).assigned.findLast(({ epoch }) => epoch.from <= at) ?? null;
  }

  /** The rules that were chosen last, also when they wait; null before the first. */
  lastRules(account: AccountName): RulesAssigned | null {
    return this.#of(account).assigned.at(-1) ?? null;
  }

  hasRules(account: AccountName): boolean {
    return this.#of(account).assigned.length > 0;
  }

  choiceAt(account: AccountName, at: EpochMs): ProtectionChoice | null {
    return choiceAt(this.#of(account).choices, at);
  }

  /** Rules are in force once they are on disk; the error is one sentence. */
  assign(assigned: RulesAssigned, stamp: Stamp): Result<null, string> {
    const known = this.#of(assigned.account);
    const history = begin(
      known.assigned.map(({ epoch }) => epoch),
      assigned.epoch,
    );
    const hadLimit = known.assigned.at(-1)?.terms.hasDailyLimit;
    const isOther = hadLimit !== assigned.terms.hasDailyLimit;
    if (!history.ok && history.error.code === 'WOULD_REWRITE_HISTORY') {
      return err('Other rules have been chosen for a later time.');
    }
    if (!history.ok && !isOther) return err('The account is judged by these rules already.');
    const kept = this.#desk.keepDurably(assigned, stamp);
    if (!kept.ok) return err(`The choice could not be written down: ${kept.error.detail}`);
    this.#put(assigned.account, { assigned: [...known.assigned, assigned] });
    return ok(null);
  }

  choose(account: AccountName, choice: ProtectionChoice, stamp: Stamp): Result<null, string> {
    const kept = this.#desk.keepDurably({ kind: 'protection.chosen', account, choice }, stamp);
    if (!kept.ok) return err(`The choice could not be written down: ${kept.error.detail}`);
    this.#put(account, { choices: [...this.#of(account).choices, choice] });
    return ok(null);
  }

  /** The trader's own rules that are in force at a time. */
  ownRulesAt(account: AccountName, at: EpochMs): readonly OwnRule[] {
    return ownRulesAt(this.#of(account).ownRules, at);
  }

  /** The last choice of own rules, also when it waits; null before the first. */
  lastOwnRules(account: AccountName): OwnRulesChoice | null {
    return this.#of(account).ownRules.at(-1) ?? null;
  }

  chooseOwnRules(account: AccountName, choice: OwnRulesChoice, stamp: Stamp): Result<null, string> {
    const kept = this.#desk.keepDurably({ kind: 'own-rules.chosen', account, choice }, stamp);
    if (!kept.ok) return err(`The choice could not be written down: ${kept.error.detail}`);
    this.#put(account, { ownRules: [...this.#of(account).ownRules, choice] });
    return ok(null);
  }

  #of(account: AccountName): Choices {
    return this.#accounts.get(account) ?? NONE;
  }

  #put(account: AccountName, change: Partial<Choices>): void {
    this.#accounts.set(account, { ...this.#of(account), ...change });
  }
}
