import { durableDesk } from '../domain/desk/durable-desk.ts';
import type { Fact } from '../domain/desk/fact.ts';
import { reduceDesk } from '../domain/desk/reduce.ts';
import type { ChangeSet } from '../domain/desk/reduction.ts';
import { EMPTY_DESK, type AccountDesk, type DeskState } from '../domain/desk/state.ts';
import type { AccountName } from '../domain/account/account.ts';
import type { InstrumentName } from '../domain/instrument/instrument.ts';
import { foldJournal } from '../domain/journal/fold.ts';
import type { JournalEntry, JournalRecord } from '../domain/journal/record.ts';
import { ES, SIM, stampAt } from './desk-facts.ts';

/** A desk that is fed by hand, one millisecond per fact, with all it journaled. */
export class DeskWorld {
  state: DeskState = EMPTY_DESK;
  readonly records: JournalRecord[] = [];
  /** What the last fact was worth to the journal. */
  entries: readonly JournalEntry[] = [];
  changed: ChangeSet | null = null;
  now = 0;

  take(...facts: readonly Fact[]): this {
    for (const fact of facts) {
      this.now += 1;
      const stamp = stampAt(this.now);
      const { state, entries, changed } = reduceDesk(this.state, fact, stamp);
      this.state = state;
      this.entries = entries;
      this.changed = changed;
      for (const entry of entries) {
        const seq = this.records.length + 1;
        const ids = { runId: 'run-1', correlationId: null, causationId: null };
        this.records.push({ seq, v: 1, entry, ...stamp, ...ids });
      }
    }
    return this;
  }

  account(name: AccountName = SIM): AccountDesk {
    const account = this.state.accounts.get(name);
    if (account === undefined) throw new Error(`No account ${name}`);
    return account;
  }

  /** Signed contracts as the desk knows them. */
  held(instrument: InstrumentName = ES, name: AccountName = SIM): number {
    return this.account(name).positions.get(instrument)?.position?.quantity ?? 0;
  }

  kinds(): string[] {
    return this.entries.map((entry) => entry.kind);
  }

  durable(): unknown {
    return durableDesk(this.state);
  }

  /** What the journal gives back, after the text form that a database keeps. */
  refolded(): unknown {
    const records = JSON.parse(JSON.stringify(this.records)) as JournalRecord[];
    return durableDesk(foldJournal(records).desk);
  }
}
