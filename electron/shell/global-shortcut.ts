import type { ShortcutView } from '../../shared/protocol/ipc/views.ts';

/** The part of Electron's globalShortcut that is used; it throws on text that is no accelerator. */
export interface ShortcutRegistry {
  register(accelerator: string, pressed: () => void): boolean;
  unregister(accelerator: string): void;
}

/** A shortcut a trader could hit while typing must never flatten: two modifiers at least, and a key. */
const SAFE_ACCELERATOR =
  /^(?:(?:Ctrl|Control|Alt|Shift|Super|CommandOrControl|CmdOrCtrl)\+){2,4}(?:[A-Z0-9]|F\d{1,2}|Space|Delete|Insert|End|Home|Pause)$/i;

/** The one global shortcut of the app, and whether it works. */
export class FlattenShortcut {
  readonly #registry: ShortcutRegistry;
  readonly #pressed: () => void;
  #view: ShortcutView = { accelerator: null, state: 'off' };

  constructor(registry: ShortcutRegistry, pressed: () => void) {
    this.#registry = registry;
    this.#pressed = pressed;
  }

  get view(): ShortcutView {
    return this.#view;
  }

  /** Puts another accelerator in place, or none; the answer says whether the system gave it to us. */
  use(accelerator: string | null): ShortcutView {
    if (this.#view.state === 'registered' && this.#view.accelerator === accelerator) {
      return this.#view;
    }
    this.release();
    if (accelerator !== null) {
      this.#view = { accelerator, state: this.#register(accelerator) };
    }
    return this.#view;
  }

  release(): void {
    if (this.#view.state === 'registered' && this.#view.accelerator !== null) {
      this.#registry.unregister(this.#view.accelerator);
    }
    this.#view = { accelerator: null, state: 'off' };
  }

  #register(accelerator: string): ShortcutView['state'] {
    if (!SAFE_ACCELERATOR.test(accelerator)) return 'invalid';
    try {
      return this.#registry.register(accelerator, this.#pressed) ? 'registered' : 'taken';
    } catch {
      // Electron throws a TypeError for an accelerator it cannot read.
      return 'invalid';
    }
  }
}
