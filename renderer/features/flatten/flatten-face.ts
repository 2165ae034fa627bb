import type { BridgeView, FlattenView } from '../../../shared/protocol/ipc/views.ts';
import { assertNever } from '../../../shared/kernel/assert-never.ts';
import { clockText, secondsUntil } from '../../format/time-text.ts';
import { isRunning, type ExposureCount, type RunningFlatten } from '../../state/selectors.ts';
import type { Press } from '../../state/ui-store.ts';
import { counted } from '../../words/flatten-words.ts';

/** What a flatten control says. The button itself can always be pressed. */
export interface FlattenFace {
  readonly kind:
    'ready' | 'asking' | 'running' | 'verifying' | 'proven' | 'unresolved' | 'refused' | 'disarmed';
  /** The first line of the state. */
  readonly status: string;
  readonly detail: string;
  /** Part of the watch that has passed, 0 to 1; null outside the watch. */
  readonly watched: number | null;
  /** The run belongs to a wider scope, whose control tells the rest. */
  readonly isPart: boolean;
  /** The run whose proof can be read; null when there is none. */
  readonly proofId: string | null;
}

export interface FaceInput {
  /** The newest run of exactly this scope. */
  readonly run: FlattenView | undefined;
  /** A running flatten of a wider scope. */
  readonly wider: RunningFlatten | undefined;
  readonly press: Press | undefined;
  readonly open: ExposureCount;
  /** Accounts in scope whose state cannot be seen right now. */
  readonly unseen: number;
  readonly link: BridgeView['state'] | null;
  readonly now: number;
}

/** An answer that takes longer than this is said to be missing. */
const ANSWER_MS = 2_000;

const SEE_ALARM = 'The alarm says what is left and what to do by hand.';
const BY_HAND = 'Close it in NinjaTrader by hand if this does not change.';

/** The face of a flatten control; it never says that a scope is flat unless that was proven. */
export function flattenFace(input: FaceInput): FlattenFace {
  const { run, wider } = input;
  if (run !== undefined && isRunning(run)) return runningFace(run, input.now);
  if (wider !== undefined) return { ...runningFace(wider, input.now), isPart: true };
  const asked = pressFace(input);
  if (asked !== null) return asked;
  if (run !== undefined) return endedFace(run, input);
  return { ...face('ready', openWords(input)), detail: linkWords(input) };
}

function face(kind: FlattenFace['kind'], status: string): FlattenFace {
  return { kind, status, detail: '', watched: null, isPart: false, proofId: null };
}

const COURSE = {
  requested: 'sending the command',
  sent: 'sent, waiting for NinjaTrader',
  accepted: 'accepted, orders and positions are closing',
} as const;

function runningFace(run: RunningFlatten, now: number): FlattenFace {
  const again = run.presses > 1 ? `Already flattening (${String(run.presses)} presses).` : '';
  if (run.state === 'verifying') return { ...verifyingFace(run, now), detail: again };
  return { ...face('running', `Flattening\u2026 ${COURSE[run.state]}`), detail: again };
}

function verifyingFace(run: FlattenView, now: number): FlattenFace {
  if (run.verifiesAt === null)
    return face('verifying', 'Verifying: no position reported, watching');
  const left = secondsUntil(run.verifiesAt, now);
  const whole = Math.max(1, run.verifiesAt - run.changedAt);
  const status =
    left === 0
      ? 'Verifying: no position reported, waiting for the final report'
      : `Verifying: no position reported, watching ${String(left)} s`;
  const watched = Math.min(1, Math.max(0, (now - run.changedAt) / whole));
  return { ...face('verifying', status), watched };
}

function pressFace({ press, run, now }: FaceInput): FlattenFace | null {
  if (press === undefined || (run !== undefined && run.requestedAt >= press.at)) return null;
  const { answer } = press;
  if (answer === null) {
    const late = now - press.at >= ANSWER_MS;
    return {
      ...face('asking', late ? 'The engine has not answered yet' : 'Asking the engine\u2026'),
      detail: late ? `Press again, or use the tray menu or the shortcut. ${BY_HAND}` : '',
    };
  }
  if (!answer.ok) {
    return {
      ...face('refused', 'The request did not get through'),
      detail: `${answer.error.message} ${BY_HAND}`,
    };
  }
  // The answer can overtake the patch that brings the run itself.
  return run?.id === answer.flattenId || now - press.at > ANSWER_MS
    ? null
    : face('asking', 'Asked; the engine is starting');
}

function endedFace(run: FlattenView, input: FaceInput): FlattenFace {
  const { state } = run;
  switch (state) {
    case 'confirmed':
      return provenFace(run, input);
    case 'unresolved':
      return {
        ...face('unresolved', `UNRESOLVED${tryingWords(run, input.link)}`),
        detail: SEE_ALARM,
      };
    case 'refused':
      return { ...face('refused', 'Refused'), detail: SEE_ALARM };
    case 'disarmed':
      return {
        ...face('disarmed', `Disarmed at ${clockText(run.changedAt)}. ${openWords(input)}`),
        detail: linkWords(input),
      };
    case 'requested':
    case 'sent':
    case 'accepted':
    case 'verifying':
      return runningFace({ ...run, state }, input.now);
    default:
      return assertNever(state);
  }
}

/** Whether the engine still acts behind an alarm. */
function tryingWords({ armed }: FlattenView, link: FaceInput['link']): string {
  if (!armed) return ', no longer trying';
  return link === 'connected' || link === 'stale' ? ', still trying' : ', armed';
}

function provenFace(run: FlattenView, input: FaceInput): FlattenFace {
  const at = clockText(run.changedAt);
  const base = { ...face('ready', openWords(input)), proofId: run.id };
  if (input.link !== 'connected') {
    return { ...base, detail: `Was proven flat at ${at}. What is open now cannot be seen.` };
  }
  if (input.open.positions + input.open.orders > 0) {
    return { ...base, detail: `Was proven flat at ${at}; opened since.` };
  }
  const except =
    input.unseen > 0 ? `, except ${counted(input.unseen, 'account')} that cannot be seen` : '';
  return {
    ...face('proven', `Flat, proven at ${at}${except}`),
    // The message says which accounts the proof could not speak for.
    detail: run.message,
    proofId: run.id,
  };
}

function openWords({ open, unseen, link }: FaceInput): string {
  if (open.positions + open.orders > 0) {
    const parts = [
      open.positions > 0 ? counted(open.positions, 'position') : '',
      open.orders > 0 ? counted(open.orders, 'working order') : '',
    ].filter((part) => part !== '');
    return `${parts.join(', ')} in ${counted(open.accounts, 'account')}`;
  }
  if (link === null || link === 'starting') return 'Nothing is known yet';
  if (unseen > 0) return `Nothing open was reported; ${counted(unseen, 'account')} cannot be seen`;
  return 'No position and no working order reported';
}

function linkWords({ link }: FaceInput): string {
  if (link === 'connected') return '';
  if (link === 'stale') return 'NinjaTrader is silent right now.';
  return 'Link down: pressing arms it until NinjaTrader is back.';
}
