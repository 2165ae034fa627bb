import { describe, expect, it } from 'vitest';
import { captureAccelerator, type KeyPress } from './accelerator.ts';

function press(code: string, held: Partial<KeyPress> = {}): KeyPress {
  return {
    key: 'x',
    code,
    ctrlKey: false,
    altKey: false,
    shiftKey: false,
    metaKey: false,
    ...held,
  };
}

const captured = (accelerator: string) => ({ kind: 'captured', accelerator });

describe('capturing a shortcut', () => {
  it('waits while only modifiers are held', () => {
    expect(captureAccelerator(press('ControlLeft', { key: 'Control', ctrlKey: true })).kind).toBe(
      'waiting',
    );
  });

  it('names the modifiers in one order and the physical key', () => {
    const held = { ctrlKey: true, altKey: true, shiftKey: true };
    expect(captureAccelerator(press('KeyF', held))).toEqual(captured('Ctrl+Alt+Shift+F'));
    expect(captureAccelerator(press('Digit7', held))).toEqual(captured('Ctrl+Alt+Shift+7'));
    expect(captureAccelerator(press('Numpad7', held))).toEqual(captured('Ctrl+Alt+Shift+num7'));
    expect(captureAccelerator(press('ArrowUp', { altKey: true }))).toEqual(captured('Alt+Up'));
  });

  it('takes a function key alone', () => {
    expect(captureAccelerator(press('F12'))).toEqual(captured('F12'));
  });

  it('refuses what typing could press', () => {
    expect(captureAccelerator(press('KeyF')).kind).toBe('refused');
    expect(captureAccelerator(press('KeyF', { shiftKey: true })).kind).toBe('refused');
  });

  it('refuses a key that the system cannot register', () => {
    expect(captureAccelerator(press('IntlRo', { ctrlKey: true })).kind).toBe('refused');
  });
});
