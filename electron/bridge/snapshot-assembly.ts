import type { MonoMs } from '../../shared/kernel/clock.ts';
import type { AddonEvent } from '../../shared/protocol/addon/events.ts';

export type SnapshotMessage = Extract<AddonEvent, { type: 'snapshot' }>;
export type SnapshotPart = SnapshotMessage['payload'];

/** A snapshot all of whose parts arrived. */
export interface WholeSnapshot {
  /** In order of part number. */
  readonly parts: readonly SnapshotPart[];
  readonly lastSeq: number;
  readonly asOfSeq: number;
  readonly scope: 'full' | 'state';
  readonly commandId: string | null;
}

export interface TornSnapshot {
  readonly snapshotId: string;
  readonly scope: 'full' | 'state';
  readonly commandId: string | null;
}

export type AssemblyStep =
  | { readonly kind: 'pending' }
  | { readonly kind: 'whole'; readonly snapshot: WholeSnapshot }
  | { readonly kind: 'torn'; readonly torn: TornSnapshot }
  /** A straggler of a snapshot that was already dropped or delivered. */
  | { readonly kind: 'ignored' };

export interface AssemblyLimits {
  /** How far the session may run past a snapshot's last part before a missing part counts as lost. */
  readonly reorderWindow: number;
  /** Longest wait for the next part. */
  readonly waitMs: number;
  readonly bytes: number;
  readonly snapshots: number;
}

const DEFAULT_LIMITS: AssemblyLimits = {
  reorderWindow: 64,
  waitMs: 2_000,
  bytes: 67_108_864,
  snapshots: 4,
};

const REMEMBERED_ENDS = 32;

interface Draft {
  readonly torn: TornSnapshot;
  readonly first: SnapshotPart;
  /** Sequence number of a part minus its part number; the same for every part. */
  readonly base: number;
  readonly parts: Map<number, SnapshotPart>;
  bytes: number;
  touchedAt: MonoMs;
}

export interface PartArrival {
  readonly message: SnapshotMessage;
  readonly bytes: number;
  readonly now: MonoMs;
}

/** Puts snapshots together from parts in any order of arrival; one with a hole is dropped whole. */
export class SnapshotAssembly {
  readonly #limits: AssemblyLimits;
  readonly #drafts = new Map<string, Draft>();
  readonly #ended: string[] = [];

  constructor(limits: AssemblyLimits = DEFAULT_LIMITS) {
    this.#limits = limits;
  }

  add({ message, bytes, now }: PartArrival): AssemblyStep {
    const part = message.payload;
    if (this.#ended.includes(part.snapshotId)) return { kind: 'ignored' };
    const draft = this.#drafts.get(part.snapshotId) ?? this.#begin(message, now);
    draft.bytes += bytes;
    draft.touchedAt = now;
    if (draft.bytes > this.#limits.bytes || !belongs(draft, message)) return this.#tear(draft);
    draft.parts.set(part.part, part);
    if (draft.parts.size < part.parts) return { kind: 'pending' };
    this.#end(part.snapshotId);
    return { kind: 'whole', snapshot: whole(draft) };
  }

  /** Drops what can no longer become whole; call on every tick with the highest number received. */
  sweep(highestSeq: number, now: MonoMs): readonly TornSnapshot[] {
    if (this.#drafts.size === 0) return [];
    const drafts = [...this.#drafts.values()];
    const lost = drafts.filter((draft, index) => {
      const lastSeq = draft.base + draft.first.parts;
      return (
        highestSeq > lastSeq + this.#limits.reorderWindow ||
        now - draft.touchedAt > this.#limits.waitMs ||
        index < drafts.length - this.#limits.snapshots
      );
    });
    for (const draft of lost) this.#end(draft.torn.snapshotId);
    return lost.map((draft) => draft.torn);
  }

  #begin(message: SnapshotMessage, now: MonoMs): Draft {
    const { snapshotId, kind, part } = message.payload;
    const draft: Draft = {
      torn: { snapshotId, scope: kind, commandId: message.correlationId ?? null },
      first: message.payload,
      base: message.seq - part,
      parts: new Map(),
      bytes: 0,
      touchedAt: now,
    };
    this.#drafts.set(snapshotId, draft);
    return draft;
  }

  #tear(draft: Draft): AssemblyStep {
    this.#end(draft.torn.snapshotId);
    return { kind: 'torn', torn: draft.torn };
  }

  #end(snapshotId: string): void {
    this.#drafts.delete(snapshotId);
    this.#ended.push(snapshotId);
    if (this.#ended.length > REMEMBERED_ENDS) this.#ended.shift();
  }
}

function belongs(draft: Draft, message: SnapshotMessage): boolean {
  const { first, torn, base } = draft;
  const part = message.payload;
  return (
    part.part <= part.parts &&
    message.seq - part.part === base &&
    part.parts === first.parts &&
    part.kind === first.kind &&
    part.asOfSeq === first.asOfSeq &&
    part.asOfSeq <= base &&
    (message.correlationId ?? null) === torn.commandId
  );
}

function whole(draft: Draft): WholeSnapshot {
  const { first, parts, base, torn } = draft;
  return {
    parts: [...parts.values()].sort((a, b) => a.part - b.part),
    lastSeq: base + first.parts,
    asOfSeq: first.asOfSeq,
    scope: first.kind,
    commandId: torn.commandId,
  };
}
