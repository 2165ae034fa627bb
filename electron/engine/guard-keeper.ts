import type { Cancel, Clock, EpochMs, Timers } from '../../shared/kernel/clock.ts';
import type { Ids } from '../../shared/kernel/ids.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import type { Command } from '../../shared/domain/desk/command.ts';
import type { Fact, Stamp } from '../../shared/domain/desk/fact.ts';
import type { GuardLimits } from '../../shared/domain/guard/limits.ts';
import {
  advanceGuard,
  isSynced,
  nextSend,
  resumeGuard,
  type GuardInput,
  type GuardLink,
} from '../../shared/domain/guard/link.ts';
import type { GuardMirror } from '../../shared/domain/guard/mirror.ts';
import type { GuardReported, GuardWanted } from '../../shared/domain/guard/record.ts';
import { guardSteps, withLimits, type BadLimits } from '../../shared/domain/guard/request.ts';
import {
  guardedAccounts,
  guardVerdict,
  type GuardVerdict,
} from '../../shared/domain/guard/verdict.ts';
import type { JournalPort } from './ports.ts';

export interface GuardKeeperDeps {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly send: (command: Command) => { readonly ok: boolean };
  /** Never throws and never waits for the store. */
  readonly keep: (entry: GuardReported | GuardWanted, stamp: Stamp) => void;
  /** On disk, or an error, when it returns. */
  readonly keepDurably: (
    entry: GuardWanted,
    stamp: Stamp,
  ) => ReturnType<JournalPort['appendDurably']>;
  readonly onChange: () => void;
}

/** Why a guard is not as asked for; after `NOT_RECORDED` what tightens it is in force all the same. */
export type GuardRefusal =
  { readonly code: BadLimits } | { readonly code: 'NOT_RECORDED'; readonly detail: string };

export type GuardOutcome = Result<{ readonly revision: number }, GuardRefusal>;

/** Keeps the wanted guard and brings it to the AddOn: on every change, in every session, when reports differ. */
export class GuardKeeper {
  readonly #deps: GuardKeeperDeps;
  #link: GuardLink;
  #scheduled: Cancel | null = null;

  constructor(deps: GuardKeeperDeps, mirror: GuardMirror) {
    this.#deps = deps;
    this.#link = resumeGuard(mirror, this.#stamp());
  }

  /** The wanted guard; the AddOn may be behind. */
  wanted(): GuardMirror['wanted'] {
    return this.#link.mirror.wanted;
  }

  verdict(account: AccountName, now: EpochMs): GuardVerdict {
    return guardVerdict(this.#link, account, now);
  }

  /** Whether the AddOn said in this session that it holds the wanted guard and enforces it. */
  isSynced(now: EpochMs): boolean {
    return isSynced(this.#link, now);
  }

  accounts(now: EpochMs): readonly AccountName[] {
    return guardedAccounts(this.#link, now);
  }

  /** Replaces the limits of one account. */
  set(limits: GuardLimits): GuardOutcome {
    const guard = withLimits(this.wanted(), limits, this.#deps.clock.wall());
    return guard.ok ? this.#want(guard.value) : err({ code: guard.error });
  }

  /** Ends the guard of one account, or of all when it is null. */
  clear(account: AccountName | null): GuardOutcome {
    const others = this.wanted().accounts.filter((limits) => limits.account !== account);
    return this.#want(account === null ? [] : others);
  }

  onFact(fact: Fact, stamp: Stamp): void {
    this.#feed({ kind: 'heard', fact }, stamp);
  }

  /** Finds what the wall clock alone changed, as when it was ahead and a lock only seemed to have run out. */
  keepHouse(): void {
    if (this.#scheduled === null) this.#sendWhenDue();
  }

  stop(): void {
    this.#scheduled?.();
    this.#scheduled = null;
  }

  #want(guard: readonly GuardLimits[]): GuardOutcome {
    const stamp = this.#stamp();
    const { tighten, loosen } = guardSteps(this.wanted(), guard, stamp.wall);
    if (tighten !== null) {
      this.#feed({ kind: 'wanted', entry: tighten }, stamp);
      this.#deps.keep(tighten, stamp);
    }
    if (loosen !== null) {
      const recorded = this.#deps.keepDurably(loosen, stamp);
      if (!recorded.ok) return err({ code: 'NOT_RECORDED', detail: recorded.error.detail });
      this.#feed({ kind: 'wanted', entry: loosen }, stamp);
    }
    if (tighten === null && loosen === null) this.#feed({ kind: 'wantedAgain' }, stamp);
    return ok({ revision: this.wanted().revision });
  }

  #feed(input: GuardInput, stamp: Stamp): void {
    const before = this.#link;
    const { link, entries } = advanceGuard(before, input, stamp);
    if (link === before) return;
    this.#link = link;
    for (const entry of entries) this.#deps.keep(entry, stamp);
    this.#sendWhenDue();
    this.#deps.onChange();
  }

  #sendWhenDue(): void {
    const { clock, timers } = this.#deps;
    const due = nextSend(this.#link, clock.wall());
    if (due !== null && due <= clock.mono()) this.#send();
    this.stop();
    const next = nextSend(this.#link, clock.wall());
    if (next === null) return;
    this.#scheduled = timers.after(next - clock.mono(), () => {
      this.#scheduled = null;
      this.#sendWhenDue();
      this.#deps.onChange();
    });
  }

  #send(): void {
    const { revision, accounts } = this.wanted();
    const commandId = this.#deps.ids.next('cmd');
    // A try counts before it is made: what follows from it must find it counted.
    const tried = advanceGuard(this.#link, { kind: 'tried', commandId }, this.#stamp());
    this.#link = tried.link;
    const note = `revision ${revision}`;
    this.#deps.send({ kind: 'setGuard', commandId, revision, note, accounts: accounts.map(bare) });
  }

  #stamp(): Stamp {
    return { wall: this.#deps.clock.wall(), mono: this.#deps.clock.mono() };
  }
}

function bare(limits: GuardLimits): GuardLimits {
  const { account, entriesLocked, lockedUntil, reason, maxContracts, hardFloor, flattenAtFloor } =
    limits;
  const lock = { entriesLocked, lockedUntil, reason };
  return { account, ...lock, maxContracts, hardFloor, flattenAtFloor };
}
