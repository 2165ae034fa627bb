import type { EpochMs } from '../../../shared/kernel/clock.ts';
import { ok, type Result } from '../../../shared/kernel/result.ts';
import type { AccountName } from '../../../shared/domain/account/account.ts';
import type { Stamp } from '../../../shared/domain/desk/fact.ts';
import type { OwnRule } from '../../../shared/domain/risk/own-rule.ts';
import type { RiskAnswerView } from '../../../shared/protocol/ipc/risk-calls.ts';
import type { OwnRulesView, OwnRulesWish } from '../../../shared/protocol/ipc/own-rules.ts';
import { NO_RULES_CHOSEN } from '../../../shared/protocol/ipc/risk-view.ts';
import { isSame } from '../../../shared/protocol/rule-pack/canonical.ts';
import type { RiskDesk } from '../../engine/ports.ts';
import type { AccountLedger } from '../account-ledger.ts';
import type { GuardRoster } from '../guard-roster.ts';
import { now, refused } from '../risk-answers.ts';
import { areLooser } from './own-choices.ts';
import { readOwnRules } from './own-rule-text.ts';

export interface OwnRulesDoorParts {
  readonly desk: Pick<RiskDesk, 'clock' | 'onChange'>;
  readonly ledger: AccountLedger;
  readonly roster: GuardRoster;
  readonly nextSession: (account: AccountName, stamp: Stamp) => Result<EpochMs, string>;
  /** The time that has certainly been reached for an account. */
  readonly reached: (account: AccountName) => EpochMs;
  /** Has the account judged by what is in force now. */
  readonly follow: (account: AccountName) => void;
}

/** The trader's own rules: what is stricter counts at once, what is looser from the next session on. */
export class OwnRulesDoor {
  readonly #parts: OwnRulesDoorParts;

  constructor(parts: OwnRulesDoorParts) {
    this.#parts = parts;
  }

  view(name: string): OwnRulesView {
    const { ledger, reached } = this.#parts;
    const account = name as AccountName;
    const rules = ledger.ownRulesAt(account, reached(account));
    const last = ledger.lastOwnRules(account);
    const isWaiting = last !== null && !isSame(last.rules, rules);
    return {
      account: name,
      rules: rules.map(plain),
      waiting: isWaiting ? { from: last.from, rules: last.rules.map(plain) } : null,
    };
  }

  choose({ account: name, rules: given, reason }: OwnRulesWish): RiskAnswerView {
    const { ledger, roster, desk, reached, follow } = this.#parts;
    const account = name as AccountName;
    const guard = roster.find(account);
    if (guard === null) return refused(roster.problem(account) ?? NO_RULES_CHOSEN.reason);
    const read = readOwnRules(given, guard.engine.rules.engine.rulebook.roll);
    if (!read.ok) return refused(read.error);
    const before = ledger.ownRulesAt(account, reached(account));
    const stamp = { wall: desk.clock.wall(), mono: desk.clock.mono() };
    const last = ledger.lastOwnRules(account)?.rules ?? [];
    if (isSame(read.value, before) && isSame(last, before)) {
      return now('Your own rules are these already.', stamp);
    }
    const isLooser = areLooser(read.value, before);
    if (isLooser && reason.trim() === '') return refused('Give a reason for looser rules.');
    const from = isLooser ? this.#parts.nextSession(account, stamp) : ok(stamp.wall);
    if (!from.ok) return refused(from.error);
    const choice = { from: from.value, rules: read.value, reason };
    const chosen = ledger.chooseOwnRules(account, choice, stamp);
    if (!chosen.ok) return refused(chosen.error);
    follow(account);
    desk.onChange(account, true);
    if (!isLooser) return now('The account is judged by your own rules, too.', stamp);
    return { outcome: 'later', from: from.value, message: LATER };
  }
}

const LATER = 'What is stricter counts at once, the rest from the next session on.';

function plain({ id, title, rule, effect, params }: OwnRule): OwnRulesView['rules'][number] {
  return { id, title, rule, effect, params: { ...params } };
}
