import type { Clock } from '../../shared/kernel/clock.ts';
import { err, type Result } from '../../shared/kernel/result.ts';
import { raisesRisk, type Command } from '../../shared/domain/desk/command.ts';
import type { Stamp } from '../../shared/domain/desk/fact.ts';
import type { GuardLimits } from '../../shared/domain/guard/limits.ts';
import type { JournalEntry } from '../../shared/domain/journal/record.ts';
import type { JournalPort, PlatformLink, SendOutcome } from './ports.ts';

/** What became of a command of the desk: `NOT_RECORDED` is one that was held back because of the store. */
export type CommandOutcome =
  SendOutcome | Result<never, { readonly code: 'NOT_RECORDED'; readonly detail: string }>;

export interface EffectsDeps {
  readonly clock: Clock;
  readonly journal: JournalPort;
  /** The link of the moment; null before one was attached. */
  readonly link: () => PlatformLink | null;
  /** The guard that is wanted by what was written; a looser one raises risk. */
  readonly guard: () => readonly GuardLimits[];
  /** Called with each entry written here, for the feed. */
  readonly onEntry: (entry: JournalEntry, stamp: Stamp) => void;
}

/**
 * Sends commands. One that can raise risk is on disk before it goes out, and does not go out if that
 * fails. One that only reduces risk goes out first, whatever the store's health.
 */
export class Effects {
  readonly #deps: EffectsDeps;

  constructor(deps: EffectsDeps) {
    this.#deps = deps;
  }

  send(command: Command): CommandOutcome {
    if (raisesRisk(command, this.#deps.guard())) return this.#sendRecorded(command);
    const outcome = this.#toLink(command);
    if (isWorthKeeping(command)) {
      this.#keep({
        kind: 'command.sent',
        command,
        outcome: outcome.ok ? 'sent' : outcome.error.code,
      });
    }
    return outcome;
  }

  /** Straight to the link, for those who keep their own records. */
  toLink(command: Command): SendOutcome {
    return this.#toLink(command);
  }

  #sendRecorded(command: Command): CommandOutcome {
    const entry: JournalEntry = { kind: 'intent.recorded', command };
    const stamp = this.#stamp();
    const recorded = this.#deps.journal.appendDurably({
      entry,
      stamp,
      correlationId: command.commandId,
      causationId: null,
    });
    if (!recorded.ok) return err({ code: 'NOT_RECORDED', detail: recorded.error.detail });
    this.#deps.onEntry(entry, stamp);
    return this.#toLink(command);
  }

  #toLink(command: Command): SendOutcome {
    return this.#deps.link()?.send(command) ?? err({ code: 'NO_LINK' });
  }

  #keep(entry: Extract<JournalEntry, { kind: 'command.sent' }>): void {
    const stamp = this.#stamp();
    const correlationId = entry.command.commandId;
    this.#deps.journal.append({ entry, stamp, correlationId, causationId: null });
    this.#deps.onEntry(entry, stamp);
  }

  #stamp(): Stamp {
    return { wall: this.#deps.clock.wall(), mono: this.#deps.clock.mono() };
  }
}

/** Questions to the platform and subscriptions decide nothing. */
function isWorthKeeping(command: Command): boolean {
  return !['snapshot', 'subscribe', 'unsubscribe'].includes(command.kind);
}
