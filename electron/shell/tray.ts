import { join } from 'node:path';
import { Menu, nativeImage, Tray, type MenuItemConstructorOptions } from 'electron';
import type { DeskView } from '../../shared/protocol/ipc/views.ts';
import { trayView, type TrayState, type TrayView } from './tray-view.ts';

export interface TrayActions {
  readonly flattenAll: () => void;
  readonly open: () => void;
  readonly quit: () => void;
}

/** The icon that outlives the window; a flatten from its menu goes straight to the engine. */
export class DeskTray {
  readonly #actions: TrayActions;
  readonly #iconFolder: string;
  readonly #tray: Tray;
  #shown: TrayView | null = null;

  constructor(iconFolder: string, actions: TrayActions) {
    this.#actions = actions;
    this.#iconFolder = iconFolder;
    this.#tray = new Tray(this.#icon('offline'));
    this.#tray.on('click', actions.open);
  }

  /** Draws the desk's state; drawing the same state twice does nothing. */
  render(desk: DeskView): void {
    const view = trayView(desk);
    if (view.icon !== this.#shown?.icon) this.#tray.setImage(this.#icon(view.icon));
    if (view.headline !== this.#shown?.headline) {
      this.#tray.setToolTip(view.tooltip);
      this.#tray.setContextMenu(Menu.buildFromTemplate(this.menu(view.headline)));
    }
    this.#shown = view;
  }

  get shown(): TrayView | null {
    return this.#shown;
  }

  /** The menu as data; also what the shortcut-less trader's screen reader says. */
  menu(headline: string): MenuItemConstructorOptions[] {
    return [
      { label: headline, enabled: false },
      { type: 'separator' },
      { id: 'flatten', label: 'Flatten everything', click: () => this.#actions.flattenAll() },
      { type: 'separator' },
      { id: 'open', label: 'Open Enigma Apex', click: () => this.#actions.open() },
      { id: 'quit', label: 'Quit', click: () => this.#actions.quit() },
    ];
  }

  remove(): void {
    this.#tray.destroy();
  }

  #icon(state: TrayState): Electron.NativeImage {
    return nativeImage.createFromPath(join(this.#iconFolder, `tray-${state}.png`));
  }
}
