import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../shared/protocol/ipc/default-settings.ts';
import { Settings } from './settings.ts';

function settings(isDiskGood = true) {
  const kept: unknown[] = [];
  const told: string[] = [];
  const warned: string[] = [];
  const note = (event: string): void => void warned.push(event);
  const made = new Settings({
    initial: DEFAULT_SETTINGS,
    keep: (change) => {
      if (isDiskGood) kept.push(change);
      return isDiskGood;
    },
    changed: (key, from, to) => void told.push(`${key}: ${from} -> ${to}`),
    log: { info: note, warn: note, error: note },
  });
  return { made, kept, told, warned };
}

test('keeps and tells only what is another value now', () => {
  const { made, kept, told } = settings();
  made.change({ theme: 'light', bridgePort: 8765, flattenShortcut: undefined });
  expect(kept).toEqual([{ theme: 'light' }]);
  expect(told).toEqual(['theme: dark -> light']);
  expect(made.read()).toEqual({ ...DEFAULT_SETTINGS, theme: 'light' });
});

test('null turns the shortcut off and is not taken for absent', () => {
  const { made, told } = settings();
  expect(made.change({ flattenShortcut: null }).flattenShortcut).toBeNull();
  expect(told).toEqual(['flattenShortcut: Ctrl+Alt+Shift+F -> off']);
});

test('a change counts for this run when the disk refuses it', () => {
  const { made, warned } = settings(false);
  expect(made.change({ theme: 'light' }).theme).toBe('light');
  expect(made.read().theme).toBe('light');
  expect(warned).toEqual(['settings.notKept']);
});
