import type { WebContents } from 'electron';

interface Reports {
  readonly refused: (what: string) => void;
  /** A link wanted a window of its own; it never gets one here. */
  readonly newWindow: (url: string) => void;
}

/**
 * The page is loaded once by the app and never goes anywhere else: no link, script, redirect, dropped file,
 * new window or embedded page may take its place. `loadURL` and `reload` of the app pass these events by.
 */
export function pinContents(contents: WebContents, { refused, newWindow }: Reports): void {
  contents.on('will-navigate', (event) => {
    event.preventDefault();
    refused('navigation');
  });
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => {
    event.preventDefault();
    refused('redirect');
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    refused('webview');
  });
  contents.setWindowOpenHandler(({ url }) => {
    newWindow(url);
    return { action: 'deny' };
  });
}
