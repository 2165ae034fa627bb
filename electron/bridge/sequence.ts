/** What a message's place in its session says about it. */
export interface Arrival {
  /** False for a repeat: the message is counted and ignored. */
  readonly deliver: boolean;
  /** Arrived after a message with a higher number. */
  readonly late: boolean;
  /** Messages `from`..`to` should have come before this one. */
  readonly gap: SeqRange | null;
}

export interface SeqRange {
  readonly from: number;
  readonly to: number;
}

const NEXT: Arrival = { deliver: true, late: false, gap: null };
const LATE: Arrival = { deliver: true, late: true, gap: null };
const REPEAT: Arrival = { deliver: false, late: false, gap: null };

export interface SequenceLimits {
  /** Gaps remembered for late arrivals; a late message of an older gap counts as a repeat. */
  readonly gaps: number;
  /** Message ids remembered. */
  readonly ids: number;
}

const DEFAULT_LIMITS: SequenceLimits = { gaps: 256, ids: 8_192 };

/** Follows the sequence numbers and ids of one direction of one session in bounded memory. */
export class SequenceTracker {
  readonly #limits: SequenceLimits;
  readonly #missing: SeqRange[] = [];
  readonly #ids = new Set<string>();
  readonly #idRing: string[] = [];
  #ringAt = 0;
  #highest = 0;

  constructor(limits: SequenceLimits = DEFAULT_LIMITS) {
    this.#limits = limits;
  }

  /** Highest number received. */
  get highest(): number {
    return this.#highest;
  }

  /** Takes note of one message, `seq` from 1 on. */
  accept(seq: number, id: string): Arrival {
    if (seq <= this.#highest) return this.#fill(seq) && this.#remember(id) ? LATE : REPEAT;
    const expected = this.#highest + 1;
    this.#highest = seq;
    const isNew = this.#remember(id);
    if (seq === expected) return isNew ? NEXT : REPEAT;
    const gap = { from: expected, to: seq - 1 };
    this.#missing.push(gap);
    this.#trim();
    return { deliver: isNew, late: false, gap };
  }

  /** False when nothing is known to be missing at this number. */
  #fill(seq: number): boolean {
    const at = this.#missing.findIndex((range) => seq >= range.from && seq <= range.to);
    const range = this.#missing[at];
    if (range === undefined) return false;
    const rest: SeqRange[] = [];
    if (range.from < seq) rest.push({ from: range.from, to: seq - 1 });
    if (seq < range.to) rest.push({ from: seq + 1, to: range.to });
    this.#missing.splice(at, 1, ...rest);
    this.#trim();
    return true;
  }

  #trim(): void {
    if (this.#missing.length > this.#limits.gaps) this.#missing.shift();
  }

  /** False when the id was seen before. */
  #remember(id: string): boolean {
    if (this.#ids.has(id)) return false;
    const oldest = this.#idRing[this.#ringAt];
    if (oldest !== undefined) this.#ids.delete(oldest);
    this.#idRing[this.#ringAt] = id;
    this.#ringAt = (this.#ringAt + 1) % this.#limits.ids;
    this.#ids.add(id);
    return true;
  }
}
