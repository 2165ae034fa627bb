import type { App, MessageBoxOptions } from 'electron';
import type { DeskView } from '../../shared/protocol/ipc/views.ts';
import { exposureOf, exposureText } from './exposure.ts';
import { leavingQuestion, leavingStep, TRAY_EXPLANATION, type Leaving } from './leaving.ts';

export interface DepartureParts {
  readonly app: App;
  readonly view: () => DeskView;
  readonly trayExplained: () => boolean;
  readonly rememberTrayExplained: () => void;
  /** Shows a native box and answers with the index of the button. */
  readonly ask: (box: MessageBoxOptions) => Promise<number>;
  /** Tells whoever started the app in a terminal, where Ctrl+C would seem to do nothing. */
  readonly tellTerminal: (line: string) => void;
  readonly flattenAll: () => void;
  readonly hideWindow: () => void;
  /** Ends engine, bridge and store in order; called once. */
  readonly shutDown: () => Promise<void>;
}

/** Closing and quitting: asks while something is open, and never leaves half-way. */
export class Departure {
  readonly #parts: DepartureParts;
  #asking = false;
  #ending = false;

  constructor(parts: DepartureParts) {
    this.#parts = parts;
    parts.app.on('before-quit', (event) => {
      if (this.#ending) return;
      event.preventDefault();
      void this.leave('quit');
    });
    // The tray keeps the app alive; without this listener Electron would quit.
    parts.app.on('window-all-closed', () => undefined);
  }

  async leave(leaving: Leaving): Promise<void> {
    if (this.#asking || this.#ending) return;
    this.#asking = true;
    try {
      await this.#leave(leaving);
    } finally {
      this.#asking = false;
    }
  }

  /** Ends the app without a question: for a smoke run, or when the system shuts down. */
  async end(exitCode: number): Promise<void> {
    if (this.#ending) return;
    this.#ending = true;
    await this.#parts.shutDown();
    this.#parts.app.exit(exitCode);
  }

  async #leave(leaving: Leaving): Promise<void> {
    const { view, trayExplained, rememberTrayExplained, ask, hideWindow } = this.#parts;
    const state = { exposure: exposureOf(view()), trayExplained: trayExplained() };
    switch (leavingStep(leaving, state)) {
      case 'end':
        return this.end(0);
      case 'hide':
        hideWindow();
        return;
      case 'explainTray':
        hideWindow();
        rememberTrayExplained();
        await ask({ type: 'info', ...TRAY_EXPLANATION, buttons: [...TRAY_EXPLANATION.buttons] });
        return;
      case 'ask':
        return this.#question(leaving);
    }
  }

  async #question(leaving: Leaving): Promise<void> {
    const { view, ask, flattenAll, hideWindow } = this.#parts;
    const seen = view();
    const question = leavingQuestion(leaving, exposureOf(seen), exposureText(seen));
    const cancel = question.choices.indexOf('cancel');
    const { title, message, detail, buttons } = question;
    if (leaving === 'quit') {
      this.#parts.tellTerminal(`${message} Answer the question in its window.`);
    }
    const pressed = await ask({
      type: 'warning',
      title,
      message,
      detail,
      buttons: [...buttons],
      defaultId: cancel,
      cancelId: cancel,
      noLink: true,
    });
    const choice = question.choices[pressed] ?? 'cancel';
    if (choice === 'flattenAndStay') flattenAll();
    if (choice !== 'leave') return;
    if (leaving === 'quit') await this.end(0);
    else hideWindow();
  }
}
