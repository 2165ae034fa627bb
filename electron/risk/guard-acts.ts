import type { Stamp } from '../../shared/domain/desk/fact.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import type { OrderId } from '../../shared/domain/account/order.ts';
import type { InstrumentName } from '../../shared/domain/instrument/instrument.ts';
import type {
  ProtectionAction,
  ProtectionOutcome,
} from '../../shared/domain/risk/protection/outcome.ts';
import { permissionOf } from '../../shared/domain/risk/protection/permission.ts';
import type { Severity, Verdict } from '../../shared/domain/risk/verdict.ts';
import { rank } from '../../shared/domain/risk/verdict.ts';
import type { RiskDesk } from '../engine/ports.ts';
import { accountFloor } from './account-floor.ts';
import type { AccountGuard } from './account-guard.ts';
import type { GuardMirror } from './guard-mirror.ts';
import { noticeText, verdictText, type TitleOf } from './guard-wording.ts';
import type { DayCourses, VerdictChange } from './day-courses.ts';
import type { LockKeeper } from './lock-keeper.ts';
import { ruleTitle } from './rule-titles.ts';

export interface GuardActsParts {
  readonly desk: RiskDesk;
  readonly mirror: GuardMirror;
  readonly locks: LockKeeper;
  readonly courses: DayCourses;
}

/** A rule that swings around a threshold is told of at most this often, in milliseconds. */
const TELL_AGAIN_MS = 10_000;

interface Said {
  readonly severity: Severity;
  readonly at: number;
}

/** What was decided for an account and is not locked, kept and told yet. */
interface Waiting {
  readonly guard: AccountGuard;
  readonly outcome: ProtectionOutcome;
}

/** Carries out what protection decides: what reduces risk first, what is kept and told after it. */
export class GuardActs {
  readonly #parts: GuardActsParts;
  readonly #said = new Map<string, Said>();
  /** What is left to do once all accounts were judged; null while they are judged one by one. */
  #waiting: Waiting[] | null = null;

  constructor(parts: GuardActsParts) {
    this.#parts = parts;
  }

  /**
   * Judges several accounts by one message: what closes positions leaves for all of them first, then the locks for
   * the AddOn, and what is written down waits for the disk at last.
   */
  together(judge: () => void): void {
    if (this.#waiting !== null) return judge();
    const waiting: Waiting[] = [];
    this.#waiting = waiting;
    try {
      this.#parts.desk.together(() => {
        try {
          judge();
        } finally {
          for (const one of waiting) this.#safely(() => this.#lock(one));
        }
      });
    } finally {
      this.#waiting = null;
      for (const one of waiting) this.#safely(() => this.#finish(one));
    }
  }

  carryOut(guard: AccountGuard, outcome: ProtectionOutcome): void {
    const { actions, notices } = outcome;
    if (actions.length === 0 && notices.length === 0) return;
    if (this.#waiting === null) return this.together(() => this.carryOut(guard, outcome));
    for (const action of actions) this.#reduce(guard.account, action);
    this.#waiting.push({ guard, outcome });
  }

  /** Where the desk may flatten, the AddOn may at the firm's floor, too. */
  showFloor(guard: AccountGuard): void {
    const { desk, mirror } = this.#parts;
    const { standing } = guard.settings();
    // What is taken for an account of another kind in a moment must not be unguarded in it.
    if (standing.level === 'protect' && standing.accountKind === 'unknown') return;
    const mayFlatten = permissionOf(standing).flatten;
    const floor = mayFlatten ? accountFloor(guard.engine.verdicts()) : null;
    mirror.showFloor(guard.account, floor, desk.clock.mono());
  }

  /** Tells of verdicts that became others, when one gets worse at once. */
  judged(guard: AccountGuard, before: readonly Verdict[], after: readonly Verdict[]): void {
    const { desk, courses } = this.#parts;
    const { account } = guard;
    const now = desk.clock.mono();
    const changes: VerdictChange[] = [];
    after.forEach((verdict, index) => {
      const key = `${account} ${verdict.rule}`;
      const said = this.#said.get(key);
      const was = said?.severity ?? before[index]?.severity;
      if (was === undefined || was === verdict.severity) return;
      const isWorse = rank(verdict.severity) > rank(was);
      const isDue = said === undefined || now - said.at >= TELL_AGAIN_MS;
      if (!isDue && !(isWorse && verdict.severity === 'breach')) return;
      this.#said.set(key, { severity: verdict.severity, at: now });
      changes.push({ rule: verdict.rule, from: was });
      // That a rule is kept when it is judged for the first time is no news.
      if (said === undefined && verdict.severity === 'ok') return;
      this.tell(account, verdictText(verdict));
    });
    courses.hear(guard);
    if (changes.length > 0) courses.note(guard, changes, this.#stamp());
    desk.onChange(account, false);
  }

  /** What fails for one account must not keep the locks of the others from being kept. */
  #safely(work: () => void): void {
    try {
      work();
    } catch (cause) {
      this.#parts.desk.onBug('risk locks', cause);
    }
  }

  #lock({ guard, outcome: { actions, state } }: Waiting): void {
    if (actions.some(({ kind }) => kind === 'lock-entries')) {
      this.#parts.mirror.show(guard.account, state.book);
    }
  }

  #finish({ guard, outcome: { actions, notices } }: Waiting): void {
    this.#keepLocks(guard, actions);
    const titleOf = titlesOf(guard);
    for (const notice of notices) this.tell(guard.account, noticeText(notice, titleOf));
    this.#parts.desk.onChange(guard.account, true);
  }

  #reduce(account: AccountName, action: ProtectionAction): void {
    const { desk } = this.#parts;
    switch (action.kind) {
      case 'flatten':
        for (const scope of scopesOf(account, action.instruments)) desk.flatten(scope);
        return;
      case 'cancel-entries':
        for (const orderId of action.orders) {
          const commandId = desk.ids.next('cmd');
          desk.send({ kind: 'cancelOrder', commandId, account, orderId: orderId as OrderId });
        }
        return;
      case 'reduce-excess':
        return this.#closeExcess(account, action);
      case 'lock-entries':
      case 'loosen-lock':
      case 'release-lock':
      case 'keep-locks':
        return;
    }
  }

  #closeExcess(
    account: AccountName,
    { instrument, keep }: Extract<ProtectionAction, { kind: 'reduce-excess' }>,
  ): void {
    const { desk } = this.#parts;
    const position = desk.state().accounts.get(account)?.positions.get(instrument)?.position;
    const excess = (position?.quantity ?? 0) - keep;
    if (excess === 0) return;
    desk.send({
      ...{ kind: 'submitOrder', commandId: desk.ids.next('cmd'), account, instrument },
      ...{ side: excess > 0 ? 'sell' : 'buy', type: 'market', quantity: Math.abs(excess) },
      ...{ limit: null, stop: null, oco: '', label: 'Guard', reduceOnly: true },
    });
  }

  #keepLocks(guard: AccountGuard, actions: readonly ProtectionAction[]): void {
    const { locks, mirror } = this.#parts;
    const isLooser = actions.some(({ kind }) => kind === 'loosen-lock' || kind === 'release-lock');
    for (const action of actions) {
      if (action.kind !== 'keep-locks') continue;
      const { book, provenAt } = action;
      const kept = locks.keep(guard.account, { book, provenAt, isLooser }, this.#stamp());
      if (!kept.ok) {
        const text = `The locks could not be written down: ${kept.error}`;
        this.tell(guard.account, { severity: 'critical', text });
      } else if (isLooser) {
        mirror.show(guard.account, book);
      }
    }
  }

  tell(account: AccountName, said: ReturnType<typeof noticeText>): void {
    this.#parts.desk.keep({ kind: 'risk.told', account, ...said }, this.#stamp());
  }

  #stamp(): Stamp {
    const { clock } = this.#parts.desk;
    return { wall: clock.wall(), mono: clock.mono() };
  }
}

function scopesOf(account: AccountName, instruments: readonly InstrumentName[] | null) {
  return instruments === null
    ? [{ kind: 'account', account } as const]
    : instruments.map((instrument) => ({ kind: 'instrument', account, instrument }) as const);
}

function titlesOf({ engine }: AccountGuard): TitleOf {
  return (id) => {
    const rule = engine.rules.engine.rulebook.rules.find((one) => one.id === id);
    return rule === undefined ? id : ruleTitle(rule);
  };
}
