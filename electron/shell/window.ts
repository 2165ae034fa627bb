import { BrowserWindow, screen, type Session, type WebContents } from 'electron';
import { APP_START_URL } from './app-url.ts';
import { pinContents } from './navigation-policy.ts';
import { MINIMUM_SIZE, placeWindow } from './window-bounds.ts';
import type { WindowMemory } from './window-memory.ts';

export interface WindowParts {
  readonly session: Session;
  readonly preload: string;
  readonly icon: string;
  readonly memory: WindowMemory;
  readonly devTools: boolean;
  /** The trader closed it; the window itself stays until it is hidden or destroyed. */
  readonly onClose: () => void;
  /** The user is being logged off; Windows waits for nobody. */
  readonly onSessionEnd: () => void;
  /** A new page is about to load, in a window just made. */
  readonly onMade: (contents: WebContents) => void;
  readonly onRefused: (what: string) => void;
  readonly onNewWindow: (url: string) => void;
}

/** The one window. It may be hidden, absent or broken: nothing that protects the trader lives in it. */
export class DeskWindow {
  readonly #parts: WindowParts;
  #window: BrowserWindow | null = null;
  /** The page has something to show; before that the window would flash empty. */
  #painted = false;
  #wanted = false;

  constructor(parts: WindowParts) {
    this.#parts = parts;
  }

  get contents(): WebContents | null {
    const window = this.#window;
    return window === null || window.isDestroyed() ? null : window.webContents;
  }

  get browserWindow(): BrowserWindow | null {
    return this.#window;
  }

  /** Makes the window where there is none, and brings it to the front. */
  show(): void {
    this.#wanted = true;
    const window = this.#window ?? this.#make();
    if (!this.#painted) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  /** Loads the page without showing it. */
  prepare(): void {
    this.#window ??= this.#make();
  }

  hide(): void {
    this.#wanted = false;
    this.#remember();
    this.#window?.hide();
  }

  /** Starts the page again; works on a crashed page and keeps the window where it is. */
  reload(): void {
    this.contents?.reload();
  }

  destroy(): void {
    this.#remember();
    this.#window?.destroy();
    this.#window = null;
    this.#painted = false;
  }

  #make(): BrowserWindow {
    const { memory, session, preload, icon, devTools } = this.#parts;
    const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const { kind, ...place } = placeWindow(memory.recall(), areas);
    const maximized = 'maximized' in place && place.maximized;
    const window = new BrowserWindow({
      ...place,
      center: kind === 'centred',
      minWidth: MINIMUM_SIZE.width,
      minHeight: MINIMUM_SIZE.height,
      show: false,
      icon,
      title: 'Enigma Apex',
      backgroundColor: '#101418',
      autoHideMenuBar: true,
      webPreferences: {
        session,
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        disableDialogs: true,
        spellcheck: false,
        devTools,
      },
    });
    this.#window = window;
    if (maximized) window.maximize();
    this.#listen(window);
    void window.loadURL(APP_START_URL).catch(() => {
      this.#parts.onRefused('page could not be loaded');
      this.#paint();
    });
    return window;
  }

  #listen(window: BrowserWindow): void {
    const { onClose, onSessionEnd, onMade, onRefused, onNewWindow } = this.#parts;
    pinContents(window.webContents, { refused: onRefused, newWindow: onNewWindow });
    onMade(window.webContents);
    window.on('close', (event) => {
      event.preventDefault();
      onClose();
    });
    window.on('session-end', onSessionEnd);
    window.on('page-title-updated', (event) => event.preventDefault());
    window.once('ready-to-show', () => this.#paint());
  }

  #paint(): void {
    this.#painted = true;
    if (this.#wanted) this.show();
  }

  #remember(): void {
    const window = this.#window;
    if (window === null || window.isDestroyed()) return;
    this.#parts.memory.keep({ ...window.getNormalBounds(), maximized: window.isMaximized() });
  }
}
