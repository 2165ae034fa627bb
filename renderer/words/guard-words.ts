import type { GuardView } from '../../shared/protocol/ipc/views.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import { moneyText } from '../format/money-text.ts';
import { clockText, dateText } from '../format/time-text.ts';
import type { StateWord } from './account-words.ts';
import { counted } from './flatten-words.ts';

/** Whether the AddOn is known to hold an account's limits; null while there are none. */
export function guardState(guard: GuardView): StateWord | null {
  switch (guard.state) {
    case 'off':
      return null;
    case 'armed':
      return { text: 'Guard armed', shape: 'square', tone: 'good' };
    case 'notSynced':
      return { text: `Guard not synced: ${guard.problem}`, shape: 'triangle', tone: 'warning' };
    default:
      return assertNever(guard.state);
  }
}

/** What the guard holds, in sentences. */
export function guardSentences(guard: GuardView, currency: string): string {
  const { entriesLocked, lockedUntil, reason, maxContracts, hardFloor, flattenAtFloor } = guard;
  const end =
    lockedUntil === null
      ? 'until they are cleared'
      : `until ${dateText(lockedUntil)} ${clockText(lockedUntil)}`;
  const floor = hardFloor === null ? '' : moneyText(hardFloor, currency);
  const sentences = [
    ...(entriesLocked ? [`Entries are locked ${end}${reason === '' ? '' : `: ${reason}`}.`] : []),
    ...(maxContracts === null ? [] : [`At most ${counted(maxContracts, 'contract')}.`]),
    ...(hardFloor === null ? [] : [flattenAtFloor ? `Flatten at ${floor}.` : `Floor ${floor}.`]),
  ];
  if (sentences.length === 0) return 'The AddOn may still hold limits that are no longer wanted.';
  return sentences.join(' ');
}
