/** The part of a key event that an accelerator is made of. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

const NAMED: Readonly<Record<string, string>> = {
  Space: 'Space',
  Enter: 'Enter',
  Backspace: 'Backspace',
  Delete: 'Delete',
  Insert: 'Insert',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
};

const MODIFIERS: ReadonlySet<string> = new Set(['Control', 'Alt', 'Shift', 'Meta', 'AltGraph']);

export type Capture =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'captured'; readonly accelerator: string };

/**
 * Turns a key press into an Electron accelerator. The physical key counts, so that a layout in which
 * Shift or AltGr makes another letter gives the same shortcut.
 */
export function captureAccelerator(press: KeyPress): Capture {
  if (MODIFIERS.has(press.key)) return { kind: 'waiting' };
  const key = keyName(press.code);
  if (key === null) return { kind: 'refused', why: 'This key cannot be part of a shortcut.' };
  const isFunctionKey = /^F\d+$/.test(key);
  if (!isFunctionKey && !press.ctrlKey && !press.altKey && !press.metaKey) {
    return { kind: 'refused', why: 'Add Ctrl or Alt, so that typing never flattens.' };
  }
  const parts = [
    press.ctrlKey ? 'Ctrl' : '',
    press.altKey ? 'Alt' : '',
    press.shiftKey ? 'Shift' : '',
    press.metaKey ? 'Super' : '',
    key,
  ];
  return { kind: 'captured', accelerator: parts.filter((part) => part !== '').join('+') };
}

function keyName(code: string): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code);
  const functionKey = /^F([1-9]|1\d|2[0-4])$/.exec(code)?.[0];
  if (letter !== undefined) return letter;
  if (digit !== null)
    return code.startsWith('Numpad') ? `num${digit[1] ?? ''}` : (digit[1] ?? null);
  return functionKey ?? NAMED[code] ?? null;
}
