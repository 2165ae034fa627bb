/** Life of one command as the AddOn remembers it. */
export interface CommandEntry {
  readonly commandId: string;
  readonly type: string;
  state: 'accepted' | 'running' | 'done' | 'failed' | 'refused';
  code: string;
}

/** Remembers every command id since the AddOn started, so that a repeat is answered and not executed. */
export class CommandRegister {
  readonly #entries = new Map<string, CommandEntry>();

  get(commandId: string): CommandEntry | undefined {
    return this.#entries.get(commandId);
  }

  add(commandId: string, type: string, state: 'running' | 'refused' | 'done'): CommandEntry {
    const entry: CommandEntry = { commandId, type, state, code: '' };
    this.#entries.set(commandId, entry);
    return entry;
  }

  all(): readonly CommandEntry[] {
    return [...this.#entries.values()];
  }

  clear(): void {
    this.#entries.clear();
  }
}
