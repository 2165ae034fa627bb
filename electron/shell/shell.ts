import {
  app,
  BrowserWindow,
  dialog,
  globalShortcut,
  Menu,
  powerMonitor,
  session,
  shell as electronShell,
} from 'electron';
import { join } from 'node:path';
import type { FlattenDoor } from '../../shared/domain/flatten/record.ts';
import type { Timers } from '../../shared/kernel/clock.ts';
import type { Log } from '../../shared/kernel/log.ts';
import type { AboutApp, DeskPort, SettingsPort } from '../ipc/desk-port.ts';
import { createHandlers } from '../ipc/handlers.ts';
import { registerIpc } from '../ipc/register.ts';
import { appMenu } from './app-menu.ts';
import { serveApp } from './app-protocol.ts';
import { isAppUrl } from './app-url.ts';
import { PageKeeper } from './crash.ts';
import { Departure } from './departure.ts';
import { FlattenShortcut } from './global-shortcut.ts';
import { followPower } from './power.ts';
import { SafeShell } from './safe-shell.ts';
import { restrictSession } from './session-policy.ts';
import { troubleNotice, type StartupTrouble } from './startup-failure.ts';
import { textFiles } from './text-file.ts';
import { DeskTray } from './tray.ts';
import { WindowMemory } from './window-memory.ts';
import { DeskWindow, type WindowParts } from './window.ts';

export interface ShellParts {
  readonly desk: DeskPort;
  readonly settings: SettingsPort;
  readonly about: AboutApp;
  readonly log: Log;
  readonly timers: Timers;
  readonly folders: ShellFolders;
  readonly verify: () => void;
  readonly shutDown: () => Promise<void>;
}

export interface ShellFolders {
  readonly data: string;
  readonly page: string;
  readonly preload: string;
  readonly icons: string;
}

export interface Shell {
  readonly window: DeskWindow;
  readonly departure: Departure;
  /** Shows the window, and what did not work at the start. */
  open(troubles: readonly StartupTrouble[]): void;
}

/** Puts tray, shortcut, window and their policies around a running desk. */
export function startShell(parts: ShellParts): Shell {
  const { desk, settings, log, folders } = parts;
  Menu.setApplicationMenu(Menu.buildFromTemplate(appMenu()));
  const flattenAll = (door: FlattenDoor): void => void desk.flatten({ kind: 'all' }, door);
  const window = makeWindow(parts, {
    onClose: () => void departure.leave('close'),
    onSessionEnd: () => void departure.end(0),
  });
  const tray = new DeskTray(folders.icons, {
    flattenAll: () => flattenAll('tray'),
    open: () => window.show(),
    quit: () => app.quit(),
  });
  const shortcut = new FlattenShortcut(globalShortcut, () => flattenAll('shortcut'));
  shortcut.use(settings.read().flattenShortcut);
  log.info('shortcut.state', { state: shortcut.view.state });
  const ipc = registerIpc({
    handlers: createHandlers({ desk, settings, shortcut, about: parts.about, files: textFiles() }),
    log,
    ourContents: () => window.contents,
    isOurPage: isAppUrl,
  });
  tray.render(desk.view());
  const stopRendering = desk.onPatch((patch) => {
    ipc.push('desk.patch', patch);
    tray.render(desk.view());
  });
  const departure = new Departure({
    app,
    view: () => desk.view(),
    trayExplained: () => settings.read().closeToTrayExplained,
    rememberTrayExplained: () => void settings.change({ closeToTrayExplained: true }),
    ask: async (box) => (await dialog.showMessageBox(box)).response,
    tellTerminal: (line) => void process.stderr.write(`Enigma Apex: ${line}\n`),
    flattenAll: () => flattenAll('quit'),
    hideWindow: () => window.hide(),
    shutDown: async () => {
      stopRendering();
      ipc.close();
      shortcut.release();
      window.destroy();
      tray.remove();
      await parts.shutDown();
    },
  });
  followPower(powerMonitor, log, { verify: parts.verify, end: () => void departure.end(0) });
  return {
    window,
    departure,
    open: (troubles) => {
      window.show();
      troubles.forEach(showTrouble);
    },
  };
}

function makeWindow(
  { folders, log, timers }: ShellParts,
  ends: Pick<WindowParts, 'onClose' | 'onSessionEnd'>,
): DeskWindow {
  const ourSession = session.fromPartition('desk');
  restrictSession(ourSession);
  serveApp(ourSession.protocol, folders.page);
  const links = new SafeShell((url) => electronShell.openExternal(url));
  const keeper = new PageKeeper({ log, timers, restart: () => window.reload() });
  const window: DeskWindow = new DeskWindow({
    session: ourSession,
    preload: folders.preload,
    icon: join(folders.icons, 'app.png'),
    memory: new WindowMemory(folders.data),
    devTools: !app.isPackaged,
    ...ends,
    onMade: (contents) => keeper.watch(contents),
    onRefused: (what) => log.warn('page.refused', { what }),
    onNewWindow: (url) =>
      void links.openLink(url).then((opened) => {
        if (!opened.ok) log.warn('page.linkRefused', { code: opened.error.code });
      }),
  });
  return window;
}

/** Not waited for: the desk is already running behind the box. */
function showTrouble(trouble: StartupTrouble): void {
  const parent = BrowserWindow.getAllWindows()[0];
  const box = { type: 'warning' as const, ...troubleNotice(trouble), buttons: ['OK'] };
  void (parent === undefined ? dialog.showMessageBox(box) : dialog.showMessageBox(parent, box));
}
