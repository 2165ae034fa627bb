import { useState, type KeyboardEvent } from 'react';
import type { ShortcutView } from '../../../shared/protocol/ipc/views.ts';
import { assertNever } from '../../../shared/kernel/assert-never.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import type { StateWord } from '../../words/account-words.ts';
import { captureAccelerator } from './accelerator.ts';

interface ShortcutFieldProps {
  readonly shortcut: ShortcutView | null;
  readonly onPick: (accelerator: string | null) => void;
}

const DEFAULT_SHORTCUT = 'Ctrl+Alt+Shift+F';

/** Captures a key combination and says whether the system gave it to us. */
export function ShortcutField({ shortcut, onPick }: ShortcutFieldProps) {
  const [isListening, setListening] = useState(false);
  const [problem, setProblem] = useState('');
  const onKey = (event: KeyboardEvent): void => {
    if (!isListening || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') {
      setListening(false);
      setProblem('');
      return;
    }
    const capture = captureAccelerator(event);
    if (capture.kind === 'refused') setProblem(capture.why);
    if (capture.kind !== 'captured') return;
    setListening(false);
    setProblem('');
    onPick(capture.accelerator);
  };
  const shown = shortcut?.accelerator?.replaceAll('+', ' + ') ?? 'Off';
  return (
    <div className="field" role="group" aria-labelledby="shortcut-label">
      <span id="shortcut-label" className="field-label">
        Flatten shortcut
      </span>
      <div className="field-row">
        <button
          type="button"
          className={`button key-capture ${isListening ? 'is-listening' : ''}`}
          aria-label={
            isListening ? 'Press the new key combination' : `Shortcut ${shown}. Change it`
          }
          onClick={() => setListening(true)}
          onKeyDown={onKey}
          onBlur={() => setListening(false)}
        >
          {isListening ? 'Press the keys\u2026' : shown}
        </button>
        <button
          type="button"
          className="button button-quiet"
          onClick={() => onPick(DEFAULT_SHORTCUT)}
        >
          Default
        </button>
        <button type="button" className="button button-quiet" onClick={() => onPick(null)}>
          Turn off
        </button>
      </div>
      <ShortcutNote shortcut={shortcut} problem={problem} />
    </div>
  );
}

function ShortcutNote({ shortcut, problem }: { shortcut: ShortcutView | null; problem: string }) {
  return (
    <>
      <p className="field-note" role="status">
        {problem === ''
          ? shortcut !== null && <StateMark state={shortcutState(shortcut.state)} />
          : problem}
      </p>
      <p className="field-note">
        Works in every program while Enigma Apex runs. It flattens everything at once, without
        asking.
      </p>
    </>
  );
}

function shortcutState(state: ShortcutView['state']): StateWord {
  switch (state) {
    case 'registered':
      return { text: 'Registered with the system', shape: 'dot', tone: 'good' };
    case 'taken':
      return {
        text: 'Taken by another program: it does nothing here',
        shape: 'cross',
        tone: 'warning',
      };
    case 'invalid':
      return {
        text: 'The system does not accept this combination',
        shape: 'cross',
        tone: 'warning',
      };
    case 'off':
      return { text: 'Off', shape: 'ring', tone: 'notice' };
    default:
      return assertNever(state);
  }
}
