import type { EventQueue } from '../event-queue.ts';
import type { Random } from '../random.ts';
import type { FrameFault } from './fault-script.ts';
import { FaultTimer } from './fault-timer.ts';

export interface Frame {
  readonly text: string;
  /** Message type, so that a fault can choose. */
  readonly type: string;
}

type Deliver = (text: string) => void;

/** The bad line: frames go in with their sequence numbers given, and come out late, twice, broken or never. */
export class FrameFaults {
  readonly #queue: EventQueue;
  readonly #random: Random;
  readonly #active = new Set<FrameFault>();
  readonly #timer: FaultTimer<FrameFault>;
  readonly #freeAt = { out: 0, in: 0 };

  constructor(queue: EventQueue, random: Random, faults: readonly FrameFault[]) {
    this.#queue = queue;
    this.#random = random;
    this.#timer = new FaultTimer(queue, faults, (fault) => {
      this.#active.add(fault);
      return () => this.#active.delete(fault);
    });
  }

  onFlatten(): void {
    this.#timer.onFlatten();
  }

  /** Whether a half-open connection swallows everything at present. */
  get isSilent(): boolean {
    return [...this.#active].some((fault) => fault.kind === 'halfOpen');
  }

  /** Passes a frame through the faults of its direction; `deliver` may be called late, twice or never. */
  pass(direction: 'out' | 'in', frame: Frame, deliver: Deliver): void {
    if (this.#active.size === 0 && this.#freeAt[direction] <= this.#queue.now) {
      deliver(frame.text);
      return;
    }
    let text = frame.text;
    let copies = 1;
    let delayMs = 0;
    let overtaken = false;
    for (const fault of this.#active) {
      if (!this.#hits(fault, direction, frame)) continue;
      switch (fault.kind) {
        case 'drop':
        case 'halfOpen':
          return;
        case 'garbage':
          text = this.#spoil(text);
          break;
        case 'duplicate':
          copies += 1;
          break;
        case 'reorder':
        case 'delay':
          delayMs += fault.minMs + this.#random.next() * (fault.maxMs - fault.minMs);
          overtaken ||= fault.kind === 'reorder';
      }
    }
    for (let copy = 0; copy < copies; copy += 1)
      this.#send(direction, { text, delayMs, overtaken }, deliver);
  }

  /** Delayed frames keep their order; only a reordered one lets others pass. */
  #send(
    direction: 'out' | 'in',
    frame: { readonly text: string; readonly delayMs: number; readonly overtaken: boolean },
    deliver: Deliver,
  ): void {
    const earliest = this.#queue.now + frame.delayMs;
    const at = frame.overtaken ? earliest : Math.max(earliest, this.#freeAt[direction]);
    if (!frame.overtaken) this.#freeAt[direction] = at;
    if (at <= this.#queue.now) deliver(frame.text);
    else this.#queue.at(at, () => deliver(frame.text));
  }

  #hits(fault: FrameFault, direction: 'out' | 'in', frame: Frame): boolean {
    if (fault.kind === 'halfOpen') return true;
    if (fault.direction !== 'both' && fault.direction !== direction) return false;
    if (fault.types.length > 0 && !fault.types.includes(frame.type)) return false;
    return this.#random.chance(fault.probability);
  }

  #spoil(text: string): string {
    const at = this.#random.int(0, Math.max(0, text.length - 1));
    switch (this.#random.int(0, 3)) {
      case 0:
        return text.slice(0, at);
      case 1:
        return `${text.slice(0, at)}\u0000${text.slice(at + 1)}`;
      case 2:
        return text.replace(/"seq":\d+/, '"seq":-1');
      default:
        return '{"v":1,"type":"nonsense"}';
    }
  }
}
