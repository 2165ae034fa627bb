import type { AccountName } from '../account/account.ts';
import type { RiskEvent } from '../risk/event.ts';
import { courseOf, withMoment, withPoints, type DayCourse } from '../risk/feed/day-course.ts';
import type { KeptRisk, LocksSealed, ProtectionChoice, RiskRecord } from '../risk/feed/record.ts';
import type { OwnRule, OwnRulesChoice } from '../risk/own-rule.ts';
import type { RulesAssigned } from '../rule-pack/record.ts';
import type { JournalEntry } from './record.ts';

/** What the journal knows of the guard over one account. */
export interface AccountRisk {
  /** Every choice of rules, oldest first. */
  readonly assigned: readonly RulesAssigned[];
  /** Every choice of protection, oldest first: which one is in force follows from all of them. */
  readonly choices: readonly ProtectionChoice[];
  /** Every choice of own rules, oldest first. */
  readonly ownRules: readonly OwnRulesChoice[];
  /** The last state that was kept, and the events since; null before the first. */
  readonly kept: KeptUnder | null;
  readonly taken: readonly RiskEvent[];
  readonly locks: LocksSealed | null;
  /** Plain data, to be read with care. */
  readonly protection: unknown;
  /** Of the newest day that was watched; null before the first. */
  readonly course: DayCourse | null;
}

/** A kept state with the rules that it was judged by. */
interface KeptUnder {
  readonly content: string;
  readonly own: readonly OwnRule[];
  readonly core: KeptRisk;
}

export type RiskBook = ReadonlyMap<AccountName, AccountRisk>;

/** What the journal keeps of rules and of the guard over accounts. */
export type RiskEntry = RulesAssigned | RiskRecord;

const RISK_KINDS: ReadonlySet<string> = new Set<RiskEntry['kind']>([
  'rules.assigned',
  'protection.chosen',
  'own-rules.chosen',
  'risk.kept',
  'risk.taken',
  'risk.course',
  'risk.told',
  'locks.kept',
  'protection.kept',
]);

export function isRiskEntry(entry: JournalEntry): entry is RiskEntry {
  return RISK_KINDS.has(entry.kind);
}

const NOTHING: AccountRisk = {
  assigned: [],
  choices: [],
  ownRules: [],
  kept: null,
  taken: [],
  locks: null,
  protection: null,
  course: null,
};

/** Gathers what the journal says of the guard, record by record. */
export class RiskFolding {
  readonly #accounts: Map<AccountName, AccountRisk>;
  /** Events of one account are many: they are gathered in place. */
  readonly #taken = new Map<AccountName, RiskEvent[]>();

  constructor(from: RiskBook) {
    this.#accounts = new Map(from);
    for (const [name, { taken }] of from) this.#taken.set(name, [...taken]);
  }

  take(entry: RiskEntry): void {
    switch (entry.kind) {
      case 'rules.assigned':
        return this.#put(entry.account, {
          assigned: [...this.#of(entry.account).assigned, entry],
        });
      case 'protection.chosen':
        return this.#put(entry.account, {
          choices: [...this.#of(entry.account).choices, entry.choice],
        });
      case 'own-rules.chosen':
        return this.#put(entry.account, {
          ownRules: [...this.#of(entry.account).ownRules, entry.choice],
        });
      case 'risk.kept': {
        const { account, content, own = [], core } = entry;
        this.#taken.set(account, []);
        return this.#put(account, { kept: { content, own, core } });
      }
      case 'risk.taken':
        this.#eventsOf(entry.account).push(entry.event);
        return;
      case 'locks.kept':
        return this.#put(entry.account, { locks: entry.sealed });
      case 'protection.kept':
        return this.#put(entry.account, { protection: entry.kept });
      case 'risk.course': {
        const { day, points, moments } = entry;
        const known = courseOf(this.#of(entry.account).course, day);
        const course = {
          day,
          points: withPoints(known.points, points),
          moments: moments.reduce(withMoment, known.moments),
        };
        return this.#put(entry.account, { course });
      }
      case 'risk.told':
        return;
    }
  }

  folded(): RiskBook {
    return new Map(
      [...this.#accounts].map(([name, risk]) => [
        name,
        { ...risk, taken: [...this.#eventsOf(name)] },
      ]),
    );
  }

  #of(account: AccountName): AccountRisk {
    return this.#accounts.get(account) ?? NOTHING;
  }

  #put(account: AccountName, change: Partial<AccountRisk>): void {
    this.#accounts.set(account, { ...this.#of(account), ...change });
  }

  #eventsOf(account: AccountName): RiskEvent[] {
    const known = this.#taken.get(account);
    if (known !== undefined) return known;
    const events: RiskEvent[] = [];
    this.#taken.set(account, events);
    return events;
  }
}
