import type { App } from 'electron';

/**
 * Takes the lock that lives in the data folder; a later start only brings this one's window forward. A
 * flatten door must never be held by two engines at once, so without the lock there is no engine.
 */
export function holdInstance(app: App, onSecondStart: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', onSecondStart);
  return true;
}
