interface AccountLedger {
  readonly ids: Set<string>;
  /** Sequence numbers of executions newer than the last snapshot's reading. */
  recent: number[];
  /** Platform's count minus ours that a complete snapshot left standing; only a change of it is news. */
  accepted: number | null;
}

/** More executions than a day brings; beyond it counting stops rather than memory growing. */
const MAX_TRACKED = 200_000;

export type CountVerdict = 'agrees' | 'differs';

/**
 * Compares how many distinct executions the platform says it holds per account with how many arrived, so
 * that one lost on the way is noticed even if nothing else tells.
 */
export class ExecutionLedger {
  readonly #accounts = new Map<string, AccountLedger>();

  /** Notes an execution that arrived in message `seq`. */
  add(account: string, executionId: string, seq: number): void {
    const ledger = this.#of(account);
    if (ledger.ids.size >= MAX_TRACKED || ledger.ids.has(executionId)) return;
    ledger.ids.add(executionId);
    ledger.recent.push(seq);
  }

  /**
   * Judges the platform's count as it was at `asOfSeq`. Executions that arrived since may or may not be in
   * it. `complete` says that the snapshot held all the platform has: then what still differs is accepted.
   */
  compare(
    account: string,
    reported: number,
    { asOfSeq, complete }: { readonly asOfSeq: number; readonly complete: boolean },
  ): CountVerdict {
    const ledger = this.#of(account);
    if (ledger.ids.size >= MAX_TRACKED) return 'agrees';
    ledger.recent = ledger.recent.filter((seq) => seq > asOfSeq);
    const most = ledger.ids.size;
    const least = most - ledger.recent.length;
    const shifted = reported - (ledger.accepted ?? 0);
    if (shifted >= least && shifted <= most) return 'agrees';
    if (!complete) return 'differs';
    ledger.accepted = reported - most;
    return 'agrees';
  }

  #of(account: string): AccountLedger {
    const known = this.#accounts.get(account);
    if (known !== undefined) return known;
    const ledger: AccountLedger = { ids: new Set(), recent: [], accepted: null };
    this.#accounts.set(account, ledger);
    return ledger;
  }
}
