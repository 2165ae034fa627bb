import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { Exposure } from './exposure.ts';

/** What the trader asked for: the window away, or the app ended. */
export type Leaving = 'close' | 'quit';

export interface LeavingState {
  readonly exposure: Exposure;
  readonly trayExplained: boolean;
}

export type LeavingStep = 'ask' | 'explainTray' | 'hide' | 'end';

/** What has to happen before the trader may leave. */
export function leavingStep(leaving: Leaving, state: LeavingState): LeavingStep {
  if (state.exposure !== 'none') return 'ask';
  if (leaving === 'quit') return 'end';
  return state.trayExplained ? 'hide' : 'explainTray';
}

export type LeavingChoice = 'flattenAndStay' | 'leave' | 'cancel';

export interface Question {
  readonly title: string;
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
  /** Same order as the buttons. */
  readonly choices: readonly LeavingChoice[];
}

/** The question put to a trader who leaves while something is open or may be. */
export function leavingQuestion(leaving: Leaving, exposure: Exposure, open: string): Question {
  return {
    title: 'Enigma Apex',
    message: headline(exposure),
    detail: `${open}\n\n${consequence(leaving)}`,
    buttons: [
      'Flatten and stay',
      leaving === 'quit' ? 'Quit anyway' : 'Close the window',
      'Cancel',
    ],
    choices: ['flattenAndStay', 'leave', 'cancel'],
  };
}

/** Told once, the first time the window is closed. */
export const TRAY_EXPLANATION = {
  title: 'Enigma Apex',
  message: 'Enigma Apex keeps running in the notification area.',
  detail:
    'Closing the window does not end the app: it stays connected and its icon can flatten everything. ' +
    'To end it, choose Quit in the menu of the icon.',
  buttons: ['OK'],
} as const;

function headline(exposure: Exposure): string {
  switch (exposure) {
    case 'exposed':
      return 'You still have positions or working orders.';
    case 'unknown':
      return 'You may still have positions or working orders.';
    case 'none':
      return 'Nothing is open.';
    default:
      return assertNever(exposure);
  }
}

function consequence(leaving: Leaving): string {
  return leaving === 'quit'
    ? 'Quitting closes nothing: the AddOn in NinjaTrader does not flatten by itself, and the tray icon and ' +
        'the shortcut stop working until the app is started again.'
    : 'Closing the window closes no position. The app stays in the notification area; its icon and the ' +
        'shortcut still flatten.';
}
