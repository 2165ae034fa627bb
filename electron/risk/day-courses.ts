import type { AccountName } from '../../shared/domain/account/account.ts';
import type { Stamp } from '../../shared/domain/desk/fact.ts';
import type { RiskBook } from '../../shared/domain/journal/risk-fold.ts';
import { money, ZERO_MONEY, type Money } from '../../shared/domain/money/money.ts';
import { decide } from '../../shared/domain/risk/decision.ts';
import type {
  DayCourse,
  KeptVerdict,
  VerdictMoment,
} from '../../shared/domain/risk/feed/day-course.ts';
import type { Severity, Verdict } from '../../shared/domain/risk/verdict.ts';
import type { RiskView } from '../../shared/protocol/ipc/risk-view.ts';
import type { RiskDesk } from '../engine/ports.ts';
import { AccountCourse } from './account-course.ts';
import type { AccountGuard } from './account-guard.ts';

/** A rule whose verdict became another one, and what it was before. */
export interface VerdictChange {
  readonly rule: string;
  readonly from: Severity;
}

/** What is remembered of the running day of every account, for the window to show; no verdict rests on it. */
export class DayCourses {
  readonly #keep: RiskDesk['keep'];
  readonly #accounts = new Map<AccountName, AccountCourse>();

  constructor(keep: RiskDesk['keep'], recovered: RiskBook) {
    this.#keep = keep;
    for (const [account, { course }] of recovered) {
      if (course !== null) this.#accounts.set(account, this.#opened(account, course));
    }
  }

  /** Null while nothing was remembered of the account. */
  find(account: AccountName): DayCourse | null {
    return this.#accounts.get(account)?.course() ?? null;
  }

  /** Called at every judgement, so it only compares. */
  hear(guard: AccountGuard): void {
    this.#of(guard.account).hear(equityOf(guard));
  }

  note(guard: AccountGuard, changes: readonly VerdictChange[], stamp: Stamp): void {
    this.#of(guard.account).note(dayOf(guard), momentOf(guard, changes), stamp);
  }

  /** Called once a second with what the window shows of the account. */
  keepHouse(guard: AccountGuard, { floor, peak, own }: RiskView, stamp: Stamp): void {
    const levels = {
      floor: amount(floor),
      peak: amount(peak),
      own: amount(own?.level ?? null),
    };
    this.#of(guard.account).tick(dayOf(guard), { equity: equityOf(guard), ...levels }, stamp);
  }

  stop(stamp: Stamp): void {
    for (const course of this.#accounts.values()) course.flush(stamp);
  }

  #of(account: AccountName): AccountCourse {
    const known = this.#accounts.get(account);
    if (known !== undefined) return known;
    const opened = this.#opened(account, null);
    this.#accounts.set(account, opened);
    return opened;
  }

  #opened(account: AccountName, course: DayCourse | null): AccountCourse {
    return new AccountCourse(course, (written, stamp) =>
      this.#keep({ kind: 'risk.course', account, ...written }, stamp),
    );
  }
}

function dayOf({ engine }: AccountGuard): string {
  return engine.state().book.today.day;
}

/** Null while the figures are not known. */
function equityOf(guard: AccountGuard): Money | null {
  if (guard.engine.isLost() || guard.protection().figure.kind === 'unknown') return null;
  return guard.engine.state().book.figures.equity;
}

function amount(level: number | null): Money | null {
  return level === null ? null : money(level);
}

function momentOf({ engine }: AccountGuard, changes: readonly VerdictChange[]): VerdictMoment {
  const verdicts = engine.verdicts();
  const { binding } = decide(engine.rules.engine.rulebook, verdicts, ZERO_MONEY, null);
  return { at: engine.state().book.at, binding, changes, verdicts: verdicts.map(keptVerdict) };
}

function keptVerdict({ readings: _, isRoom: _room, ...kept }: Verdict): KeptVerdict {
  return kept;
}
