import type { MonoMs } from '../../shared/kernel/clock.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import type { Stamp } from '../../shared/domain/desk/fact.ts';
import { step, type RiskRules, type RiskState } from '../../shared/domain/risk/engine.ts';
import type { RiskEvent } from '../../shared/domain/risk/event.ts';
import type { OwnRule } from '../../shared/domain/risk/own-rule.ts';
import type { KeptRisk, RiskRecord } from '../../shared/domain/risk/feed/record.ts';
import { latchesSame, remembersSame } from '../../shared/domain/risk/feed/same-memory.ts';

export interface RecorderParts {
  readonly account: AccountName;
  readonly content: string;
  readonly own: readonly OwnRule[];
  readonly rules: RiskRules;
  readonly keep: (entry: RiskRecord, stamp: Stamp) => void;
}

interface HeldMark {
  readonly event: RiskEvent;
  readonly after: RiskState;
}

/** A new peak reaches the journal within this time, and a mark that changed no memory within four of it. */
const PEAK_MS = 250;
const MARK_MS = 4 * PEAK_MS;
/** So many rows lead from one kept state to the next: a restart never replays more. */
const ROWS_BETWEEN = 400;

/**
 * Writes what leads from one state of the rules to the next. Marks are many: of those that come one after the other
 * only the last that changed a memory and the last of all are written, at most twice in 250 ms; everything else
 * is written as it happens. Replaying what is written comes to the same memories, locks and verdicts.
 */
export class RiskRecorder {
  readonly #parts: RecorderParts;
  /** The state that the written rows lead to. */
  #written: RiskState;
  #peak: HeldMark | null = null;
  #last: HeldMark | null = null;
  #waitsSince: MonoMs | null = null;
  #rows = 0;

  constructor(parts: RecorderParts, state: RiskState) {
    this.#parts = parts;
    this.#written = state;
  }

  /** Notes an event that the engine has taken. */
  note(event: RiskEvent, before: RiskState, after: RiskState, stamp: Stamp): void {
    if (event.kind !== 'mark' || !isQuiet(before, after)) {
      this.flush(stamp);
      this.#write(event, after, stamp);
      return;
    }
    this.#waitsSince ??= stamp.mono;
    if (remembersSame(before, after)) {
      this.#last = { event, after };
    } else {
      if (this.#peak !== null && !this.#covers(event, after)) {
        this.#write(this.#peak.event, this.#peak.after, stamp);
      }
      this.#peak = { event, after };
      this.#last = null;
    }
    this.due(stamp);
  }

  /** Writes what has waited long enough. */
  due(stamp: Stamp): void {
    if (this.#waitsSince === null) return;
    const limit = this.#peak === null ? MARK_MS : PEAK_MS;
    if (stamp.mono - this.#waitsSince >= limit) this.flush(stamp);
  }

  flush(stamp: Stamp): void {
    const held = [this.#peak, this.#last].filter((mark) => mark !== null);
    this.#peak = null;
    this.#last = null;
    this.#waitsSince = null;
    for (const { event, after } of held) this.#write(event, after, stamp);
  }

  /** Keeps the whole state, from which the next rows lead on. */
  keepState(state: KeptRisk, stamp: Stamp): void {
    this.flush(stamp);
    const { account, content, own, keep } = this.#parts;
    const { book, rules, runs } = state;
    const under = { content, ...(own.length > 0 && { own }) };
    keep({ kind: 'risk.kept', account, ...under, core: { book, rules, runs } }, stamp);
    this.#rows = 0;
  }

  /** Whether the mark that waits can be left out before another that changed memories, too. */
  #covers(event: RiskEvent, after: RiskState): boolean {
    const alone = step(this.#parts.rules, this.#written, event);
    return alone.ok && remembersSame(alone.value.state, after);
  }

  #write(event: RiskEvent, after: RiskState, stamp: Stamp): void {
    const { account, keep } = this.#parts;
    const isNewDay = after.book.days.length !== this.#written.book.days.length;
    keep({ kind: 'risk.taken', account, event }, stamp);
    this.#written = after;
    this.#rows += 1;
    if (isNewDay || this.#rows >= ROWS_BETWEEN) this.keepState(after, stamp);
  }
}

/** A mark that closes no day and makes no lock can wait. */
function isQuiet(before: RiskState, after: RiskState): boolean {
  return (
    before.book.today.day === after.book.today.day &&
    before.book.days.length === after.book.days.length &&
    latchesSame(before, after)
  );
}
