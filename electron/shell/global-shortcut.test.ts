import { expect, test } from 'vitest';
import { FlattenShortcut, type ShortcutRegistry } from './global-shortcut.ts';

/** Stands in for the system's table of shortcuts. */
class Keyboard implements ShortcutRegistry {
  readonly held = new Map<string, () => void>();
  readonly takenByOthers = new Set<string>();

  register(accelerator: string, pressed: () => void): boolean {
    if (accelerator.endsWith('F99')) throw new TypeError('conversion failure');
    if (this.takenByOthers.has(accelerator)) return false;
    this.held.set(accelerator, pressed);
    return true;
  }

  unregister(accelerator: string): void {
    this.held.delete(accelerator);
  }
}

function keyboardAndShortcut() {
  const keyboard = new Keyboard();
  let presses = 0;
  const shortcut = new FlattenShortcut(keyboard, () => (presses += 1));
  return { keyboard, shortcut, presses: () => presses };
}

test('a press reaches the handler', () => {
  const { keyboard, shortcut, presses } = keyboardAndShortcut();
  expect(shortcut.use('Ctrl+Alt+Shift+F').state).toBe('registered');
  keyboard.held.get('Ctrl+Alt+Shift+F')?.();
  expect(presses()).toBe(1);
});

test('a shortcut held by another program is reported as taken', () => {
  const { keyboard, shortcut } = keyboardAndShortcut();
  keyboard.takenByOthers.add('Ctrl+Alt+Shift+F');
  expect(shortcut.use('Ctrl+Alt+Shift+F')).toEqual({
    accelerator: 'Ctrl+Alt+Shift+F',
    state: 'taken',
  });
});

test.each([
  'F',
  'Shift+F',
  'Ctrl+F',
  'Ctrl+Alt',
  'Ctrl+Alt+Nothing',
  '',
  'Ctrl+Alt+F99',
  'Ctrl+Alt+ ',
])('refuses %j, which cannot work or could be typed by accident', (accelerator) => {
  const { keyboard, shortcut } = keyboardAndShortcut();
  expect(shortcut.use(accelerator).state).toBe('invalid');
  expect(keyboard.held.size).toBe(0);
});

test('a change lets go of the former shortcut', () => {
  const { keyboard, shortcut } = keyboardAndShortcut();
  shortcut.use('Ctrl+Alt+Shift+F');
  shortcut.use('Ctrl+Alt+K');
  expect([...keyboard.held.keys()]).toEqual(['Ctrl+Alt+K']);
  expect(shortcut.use(null)).toEqual({ accelerator: null, state: 'off' });
  expect(keyboard.held.size).toBe(0);
});

test('a taken shortcut is tried again when it is set again', () => {
  const { keyboard, shortcut } = keyboardAndShortcut();
  keyboard.takenByOthers.add('Ctrl+Alt+K');
  shortcut.use('Ctrl+Alt+K');
  keyboard.takenByOthers.clear();
  expect(shortcut.use('Ctrl+Alt+K').state).toBe('registered');
});
