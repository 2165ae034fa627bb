import type { MonoMs } from '../../../../../shared/kernel/clock.ts';
import type { Fact, Stamp } from '../../../../../shared/domain/desk/fact.ts';
import type { FlattenView, ProofView } from '../../../../../shared/protocol/ipc/views.ts';
import type { Trial } from './trial.ts';
import type { Told } from './judge.ts';

const HORIZON_MS = 60_000;
/** Every attempt has had its turn by then. */
const ALARMED_MS = 27_000;
const STANDING_MS = 6_000;

/** One flatten from its press on: what the desk shows of it, and what the AddOn says. */
export class FlattenWatch {
  readonly trial: Trial;
  readonly flattenId: string;
  readonly pressedAt: Stamp;
  /** For a person who wants to know what went on; times in milliseconds after the press. */
  readonly timeline: string[] = [];
  #state = '';
  #changedAt: MonoMs;
  #confirmedAt: MonoMs | null = null;
  #proof: ProofView | null = null;
  #alarmedAt: MonoMs | null = null;

  constructor(trial: Trial, flattenId: string, pressedAt: Stamp) {
    this.trial = trial;
    this.flattenId = flattenId;
    this.pressedAt = pressedAt;
    this.#changedAt = pressedAt.mono;
  }

  see(view: FlattenView, proof: ProofView | null, now: Stamp): void {
    const state = `${view.state} ${view.code ?? ''} attempt ${view.attempt}`;
    if (state === this.#state) return;
    this.#state = state;
    this.#changedAt = now.mono;
    this.note(now, `app: ${state}`);
    if (view.state === 'confirmed') {
      this.#confirmedAt = now.mono;
      this.#proof = proof;
    }
    if (view.code !== null) this.#alarmedAt ??= now.mono;
  }

  /** Keeps what the AddOn says of this flatten. */
  hear(fact: Fact, now: Stamp): void {
    if (fact.kind === 'link.opened' || fact.kind === 'link.lost') this.note(now, fact.kind);
    if (!('commandId' in fact) || fact.commandId?.startsWith(`${this.flattenId}.`) !== true) return;
    const { flattenId } = this;
    const id = fact.commandId.slice(flattenId.length);
    if (fact.kind === 'command.acked')
      this.note(now, `ack ${id} ${fact.status} ${fact.code ?? ''}`);
    if (fact.kind === 'command.finished') {
      this.note(now, `result ${id} ${fact.outcome} ${fact.code} ${fact.detail}`);
    }
    if (fact.kind === 'flatten.progressed')
      this.note(now, `step ${id} ${fact.step} ${fact.detail}`);
  }

  note(now: Stamp, text: string): void {
    this.timeline.push(`${Math.round(now.mono - this.pressedAt.mono)} ${text}`);
  }

  /** Whether nothing more is to be learned: proven, or long in alarm, or out of time. */
  isOver(now: MonoMs): boolean {
    if (this.#confirmedAt !== null || this.#state.startsWith('refused')) return true;
    const age = now - this.pressedAt.mono;
    if (age >= HORIZON_MS) return true;
    const isAlarmed = this.#state.startsWith('unresolved');
    return isAlarmed && age >= ALARMED_MS && now - this.#changedAt >= STANDING_MS;
  }

  /** From press to proof in milliseconds; null without a proof. */
  get tookMs(): number | null {
    return this.#confirmedAt === null ? null : this.#confirmedAt - this.pressedAt.mono;
  }

  get told(): Told {
    const { wall, mono } = this.pressedAt;
    const alarmedAfterMs = this.#alarmedAt === null ? null : this.#alarmedAt - mono;
    return { pressedAt: wall, proof: this.#proof, alarmedAfterMs };
  }
}
