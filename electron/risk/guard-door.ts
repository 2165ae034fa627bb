import type { EpochMs } from '../../shared/kernel/clock.ts';
import { ok, type Result } from '../../shared/kernel/result.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import type { Stamp } from '../../shared/domain/desk/fact.ts';
import { money } from '../../shared/domain/money/money.ts';
import { endInstant } from '../../shared/domain/risk/protection/lock.ts';
import type { ProtectionOutcome } from '../../shared/domain/risk/protection/outcome.ts';
import type { RulesAssigned } from '../../shared/domain/rule-pack/record.ts';
import type {
  ProtectionWish,
  RecordWish,
  RiskAnswerView,
  RulesWish,
  UnlockWish,
  WhatIfQuestion,
  WhatIfView,
} from '../../shared/protocol/ipc/risk-calls.ts';
import { NO_RULES_CHOSEN } from '../../shared/protocol/ipc/risk-view.ts';
import type { RiskDesk } from '../engine/ports.ts';
import type { AccountLedger } from './account-ledger.ts';
import type { BrokenFloor } from './broken-floor.ts';
import { amountText } from './cash-wording.ts';
import type { GuardRoster } from './guard-roster.ts';
import { unlockRefusal, unlockRefused } from './guard-wording.ts';
import { protectsLess } from './protection-choices.ts';
import { later, now, refused } from './risk-answers.ts';
import type { RuleSource } from './rules-in-force.ts';
import { recordedEvent } from './trader-records.ts';
import { unknownWhatIf, whatIf } from './what-if.ts';

export interface GuardDoorParts {
  readonly desk: RiskDesk;
  readonly ledger: AccountLedger;
  readonly roster: GuardRoster;
  readonly source: RuleSource;
  /** When looser rules may begin; the error is one sentence. */
  readonly nextSession: (account: AccountName, stamp: Stamp) => Result<EpochMs, string>;
  /** The time that has certainly been reached for an account. */
  readonly reached: (account: AccountName) => EpochMs;
}

/** What the trader asks of the rules. What protects more counts at once, what protects less at the next session. */
export class GuardDoor {
  readonly #parts: GuardDoorParts;

  constructor(parts: GuardDoorParts) {
    this.#parts = parts;
  }

  assign(wish: RulesWish): RiskAnswerView {
    const { ledger, roster, source } = this.#parts;
    const account = wish.account as AccountName;
    const found = source.library.find(wish.template);
    if (found === null) return refused(`No rule pack has ${wish.template}.`);
    const kept = source.archive.keep(found.merged.rules);
    if (!kept.ok) return refused(`The rules could not be kept: ${kept.error.detail}`);
    const stamp = this.#stamp();
    const before = ledger.choiceAt(account, this.#parts.reached(account));
    // The firm's word decides whether insisting is asked for, and it is another firm's or stage's now.
    const isLooser = before !== null && protectsLess({ ...wish, insists: before.insists }, before);
    if (isLooser) return refused(LESS_WITH_RULES);
    const { template, pack } = found;
    const chosen = { template: template.id, content: kept.value };
    const from = this.#rulesFrom(account, { ...chosen, hasDailyLimit: wish.hasDailyLimit }, stamp);
    if (!from.ok) return refused(from.error);
    const assigned: RulesAssigned = {
      kind: 'rules.assigned',
      account,
      epoch: { from: from.value.at, ...chosen, edition: pack.edition, reason: 'chosen' },
      terms: {
        hasDailyLimit: wish.hasDailyLimit,
        isFresh: wish.start === 'fresh',
        peak: wish.peak === null ? null : money(wish.peak),
      },
    };
    const broken = wish.insists ? null : roster.brokenFloor(assigned);
    if (broken !== null) return refused(lostAtOnce(broken));
    const done = ledger.assign(assigned, stamp);
    if (!done.ok) return refused(done.error);
    const { level, safety, insists } = wish;
    const settled = this.#choose(
      account,
      { level, safety, insists, reason: 'Rules chosen' },
      stamp,
    );
    if (settled.outcome === 'refused') return settled;
    if (!from.value.isNow) return later(from.value.at);
    const opened = roster.open(assigned, ledger.ownRulesAt(account, this.#parts.reached(account)));
    return opened.ok ? now('The account is judged by these rules.', stamp) : refused(opened.error);
  }

  settings({ account: name, ...wish }: ProtectionWish): RiskAnswerView {
    const account = name as AccountName;
    if (!this.#parts.ledger.hasRules(account)) return refused(NO_RULES_CHOSEN.reason);
    return this.#choose(account, wish, this.#stamp());
  }

  unlock({ account: name, reason }: UnlockWish): RiskAnswerView {
    const account = name as AccountName;
    const guard = this.#parts.roster.find(account);
    const locks = guard?.protection().book.locks ?? [];
    if (guard === null || locks.length === 0) {
      const text = unlockRefused(reason, guard === null ? 'NO_RULES' : 'NO_SUCH_LOCK');
      this.#parts.desk.keep(
        { kind: 'risk.told', account, severity: 'notice', text },
        this.#stamp(),
      );
      return refused(guard === null ? NO_RULES_CHOSEN.reason : 'No lock stands.');
    }
    const asked = locks.map(({ id }) => ({ kind: 'unlock-asked', lock: id, reason }) as const);
    return unlockAnswer(guard.tell(...asked));
  }

  record(wish: RecordWish): RiskAnswerView {
    const { desk, roster } = this.#parts;
    const account = wish.account as AccountName;
    const guard = roster.find(account);
    if (guard === null) return refused(roster.problem(account) ?? NO_RULES_CHOSEN.reason);
    const stamp = this.#stamp();
    const recorded = recordedEvent(wish, guard, desk.state(), stamp.wall);
    if (!recorded.ok) return refused(recorded.error);
    const { event, answer } = recorded.value;
    const text = `You recorded: ${RECORDED[wish.kind]}.`;
    desk.keep({ kind: 'risk.told', account, severity: 'notice', text }, stamp);
    guard.record(event);
    desk.onChange(account, true);
    return now(answer, stamp);
  }

  whatIf(question: WhatIfQuestion): WhatIfView {
    const guard = this.#parts.roster.find(question.account as AccountName);
    if (guard === null) return unknownWhatIf(NO_RULES_CHOSEN.reason);
    return whatIf(guard, this.#parts.desk.state(), question);
  }

  #choose(
    account: AccountName,
    wish: Omit<ProtectionWish, 'account'>,
    stamp: Stamp,
  ): RiskAnswerView {
    const { ledger, desk, roster, reached } = this.#parts;
    const before = ledger.choiceAt(account, reached(account));
    const isLooser = before !== null && protectsLess(wish, before);
    if (isLooser && wish.reason.trim() === '') return refused('Give a reason for less protection.');
    const from = isLooser ? this.#parts.nextSession(account, stamp) : ok(stamp.wall);
    if (!from.ok) return refused(from.error);
    const chosen = ledger.choose(account, { ...wish, from: from.value }, stamp);
    if (!chosen.ok) return refused(chosen.error);
    desk.onChange(account, true);
    // Also of a choice that waits the stricter part counts at once.
    roster.find(account)?.tell();
    return isLooser ? later(from.value) : now('The protection is as chosen.', stamp);
  }

  /** When chosen rules begin: at once where they are the first, or the present ones with a further limit. */
  #rulesFrom(
    account: AccountName,
    chosen: {
      readonly template: string;
      readonly content: string;
      readonly hasDailyLimit: boolean;
    },
    stamp: Stamp,
  ): Result<{ readonly at: EpochMs; readonly isNow: boolean }, string> {
    const { ledger, reached } = this.#parts;
    const last = ledger.lastRules(account);
    if (last === null) return ok({ at: stamp.wall, isNow: true });
    const { epoch, terms } = last;
    const at = reached(account);
    const isSame = epoch.template === chosen.template && epoch.content === chosen.content;
    const isMore = isSame && chosen.hasDailyLimit && !terms.hasDailyLimit && epoch.from <= at;
    if (isMore) return ok({ at: Math.max(at, epoch.from + 1) as EpochMs, isNow: true });
    const next = this.#parts.nextSession(account, stamp);
    return next.ok ? ok({ at: next.value, isNow: false }) : next;
  }

  #stamp(): Stamp {
    const { clock } = this.#parts.desk;
    return { wall: clock.wall(), mono: clock.mono() };
  }
}

function lostAtOnce({ floor, equity }: BrokenFloor): string {
  return `These rules have their floor at ${amountText(floor)}, and the account stands at ${amountText(equity)}: it would count as lost at once. Are they of its size? Insist if they are.`;
}

const LESS_WITH_RULES =
  'This protects less than now. Choose other rules with the present protection, and less protection apart from them, with a reason.';

const RECORDED: Readonly<Record<RecordWish['kind'], string>> = {
  payout: 'a payout',
  deposit: 'a deposit',
  adjustment: 'a booking of the firm',
  'was-trading': 'a result of trading that was taken for cash',
  'payout-request': 'a request for a payout',
  reset: 'a reset of the account by the firm',
  'end-of-day': 'the balance at the end of a missed day',
  peak: 'the peak that the account has had',
  history: 'days from before the desk watched',
};

function unlockAnswer({ notices, state }: ProtectionOutcome): RiskAnswerView {
  const codes = notices.flatMap((one) => (one.kind === 'unlock-refused' ? [one.code] : []));
  const isAccepted = notices.some(({ kind }) => kind === 'unlock-accepted');
  // A lock that ends by then anyway needs no unlock.
  const [code] = isAccepted ? codes.filter((one) => one !== 'ENDS_NO_LATER') : codes;
  if (code !== undefined) return refused(unlockRefusal(code));
  const ends = state.book.locks.map(({ end }) => endInstant(end));
  const last = ends.reduce<EpochMs | null>(
    (found, end) => (end === null || (found !== null && found > end) ? found : end),
    null,
  );
  const message = 'Entries are free again when the next session opens.';
  return { outcome: 'later', from: ends.includes(null) ? null : last, message };
}
