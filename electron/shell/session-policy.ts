import type { Session } from 'electron';
import { isAppUrl } from './app-url.ts';

/** Copying a proof or a figure as plain text is the only permission the window has a use for. */
export function isPermitted(permission: string, requestingUrl: string): boolean {
  return permission === 'clipboard-sanitized-write' && isAppUrl(requestingUrl);
}

/** Closes a session to everything but the app's own files. */
export function restrictSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(isPermitted(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    isPermitted(permission, requestingOrigin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !isAppUrl(details.url) }),
  );
  session.on('will-download', (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false);
}
