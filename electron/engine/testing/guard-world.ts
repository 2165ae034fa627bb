import { err, ok } from '../../../shared/kernel/result.ts';
import type { AccountName } from '../../../shared/domain/account/account.ts';
import type { Command } from '../../../shared/domain/desk/command.ts';
import type { Fact, Stamp } from '../../../shared/domain/desk/fact.ts';
import {
  effective,
  loosens,
  sameGuard,
  tightestOf,
  type GuardLimits,
} from '../../../shared/domain/guard/limits.ts';
import type { GuardReported, GuardWanted } from '../../../shared/domain/guard/record.ts';
import { foldJournal } from '../../../shared/domain/journal/fold.ts';
import type { JournalRecord } from '../../../shared/domain/journal/record.ts';
import { lost, OPEN_AT, opened, snapshot } from '../../../shared/testing/desk-facts.ts';
import { FakeClock } from '../../../shared/testing/fake-clock.ts';
import { guardReport } from '../../../shared/testing/guard-limits.ts';
import { SeqIds } from '../../../shared/testing/seq-ids.ts';
import { GuardKeeper, type GuardOutcome } from '../guard-keeper.ts';

type SetGuard = Extract<Command, { kind: 'setGuard' }>;
type Kept = readonly [GuardReported | GuardWanted, Stamp];

/** A keeper between a disk and an AddOn that keep to the rules, and a judge of what passes between them. */
export class GuardWorld {
  readonly clock = new FakeClock(OPEN_AT);
  readonly addon = { revision: 0, accounts: [] as readonly GuardLimits[], enforcing: true };
  keeper: GuardKeeper;
  /** What survives a kill, and what would not. */
  disk: Kept[] = [];
  queue: Kept[] = [];
  isDiskFailing = false;
  isOpen = false;
  sent: SetGuard[] = [];
  readonly faults: string[] = [];
  /** The newest report of the session that reached the desk. */
  heard: GuardReported | null = null;
  seq = 0;
  #session = 0;
  readonly #ids = new SeqIds();
  /** What was asked for that permits more than before: with which revision, for which account. */
  readonly #asked: { readonly revision: number; readonly account: AccountName | null }[] = [];

  constructor() {
    this.keeper = this.#start();
  }

  take(...facts: readonly Fact[]): void {
    for (const fact of facts) {
      if (fact.kind === 'guard.reported' && this.isOpen && fact.seq > (this.heard?.seq ?? -1)) {
        this.heard = fact;
      }
      this.keeper.onFact(fact, { wall: this.clock.wall(), mono: this.clock.mono() });
    }
  }

  open(): void {
    this.lose();
    this.#session += 1;
    this.seq = 2;
    this.isOpen = true;
    this.take(opened(`sess-${this.#session}`), snapshot(1));
    this.tell();
  }

  lose(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.heard = null;
    this.sent = [];
    this.take(lost(`sess-${this.#session}`));
  }

  /** The AddOn says what it holds. */
  tell(): void {
    this.seq += 1;
    if (!this.isOpen) return;
    const { revision, accounts, enforcing } = this.addon;
    this.take(guardReport(this.seq, revision, accounts, enforcing));
  }

  /** The AddOn changes its guard without being asked, as after a start with another desk. */
  change(accounts: readonly GuardLimits[], rise: number): void {
    this.addon.revision += rise;
    this.addon.accounts = tightestOf(this.addon.accounts, accounts);
  }

  set(limits: GuardLimits): GuardOutcome {
    return this.#judged(limits.account, () => this.keeper.set(limits));
  }

  clear(account: AccountName | null): GuardOutcome {
    return this.#judged(account, () => this.keeper.clear(account));
  }

  /** The AddOn carries out what was sent, and says each time what it then holds. */
  work(reports: 'told' | 'lost' = 'told'): void {
    for (const command of this.sent.splice(0)) {
      const ack = this.#execute(command);
      if (reports === 'lost') continue;
      this.take(ack);
      this.tell();
    }
  }

  /** The process dies; the disk keeps what was written. */
  restart(isFlushed: boolean): void {
    if (isFlushed) this.#flush();
    this.lose();
    this.queue = [];
    this.keeper.stop();
    this.keeper = this.#start();
  }

  #execute({ commandId, revision, accounts }: SetGuard): Fact {
    const { addon } = this;
    const now = this.clock.wall();
    const isRepeat = revision === addon.revision && sameGuard(accounts, addon.accounts, now);
    if (revision > addon.revision || isRepeat) {
      if (loosens(this.#binding(revision), accounts)) {
        this.faults.push(`loosened by revision ${revision}`);
      }
      Object.assign(addon, { revision, accounts });
      return { kind: 'command.acked', commandId, status: 'accepted', code: null, detail: '' };
    }
    const code = 'BAD_COMMAND';
    return { kind: 'command.acked', commandId, status: 'refused', code, detail: '' };
  }

  /** What of the AddOn's guard a revision must leave as tight as it is: all that nobody asked to loosen since. */
  #binding(revision: number): readonly GuardLimits[] {
    const held = effective(this.addon.accounts, this.clock.wall());
    const since = this.#asked.filter(
      (ask) => ask.revision > this.addon.revision && ask.revision <= revision,
    );
    return [...held.values()].filter(
      ({ account }) => !since.some((ask) => ask.account === null || ask.account === account),
    );
  }

  #judged(account: AccountName | null, ask: () => GuardOutcome): GuardOutcome {
    const before = this.keeper.wanted().accounts;
    const outcome = ask();
    const { revision, accounts } = this.keeper.wanted();
    if (loosens(before, accounts)) this.#asked.push({ revision, account });
    return outcome;
  }

  #flush(): void {
    this.disk.push(...this.queue.splice(0));
  }

  #start(): GuardKeeper {
    const wanted = foldJournal(this.disk.map(recordOf)).guard;
    const { clock } = this;
    return new GuardKeeper(
      {
        clock,
        timers: clock,
        ids: this.#ids,
        send: (command) => this.#send(command as SetGuard),
        keep: (entry, stamp) => void this.queue.push([entry, stamp]),
        keepDurably: (entry, stamp) => {
          if (this.isDiskFailing) return err({ code: 'STORE_FAILED', detail: 'full' });
          this.queue.push([entry, stamp]);
          this.#flush();
          return ok({ seq: this.disk.length });
        },
        onChange: () => undefined,
      },
      wanted,
    );
  }

  #send(command: SetGuard): { ok: boolean } {
    if (!this.isOpen) return { ok: false };
    const written = this.disk.findLast(([entry]) => entry.kind === 'guard.wanted')?.[0];
    if (loosens(written?.accounts ?? [], command.accounts)) {
      this.faults.push(`revision ${command.revision} permits what no written guard does`);
    }
    this.sent.push(command);
    return { ok: true };
  }
}

function recordOf([entry, stamp]: Kept, index: number): JournalRecord {
  const ids = { runId: 'run-1', correlationId: null, causationId: null };
  const kept = JSON.parse(JSON.stringify(entry)) as Kept[0];
  return {
    seq: index + 1,
    v: 1,
    entry: kept,
    wall: stamp.wall,
    mono: stamp.mono,
    ...ids,
  };
}
