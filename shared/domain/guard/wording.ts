import type { NotSyncedCode } from './verdict.ts';

const REASONS: Readonly<Record<NotSyncedCode, string>> = {
  LINK_DOWN: 'NinjaTrader is not connected',
  NOT_REPORTED: 'the AddOn has not said which guard it holds',
  REFUSED: 'the AddOn refused it',
  NO_ANSWER: 'the AddOn does not confirm it',
  NOT_ENFORCING: 'the AddOn holds it and does not enforce it',
  PENDING: 'the AddOn has yet to confirm it',
};

/** Why a guard is not known to be in force, as the end of a sentence. */
export function notSyncedText(code: NotSyncedCode, detail: string): string {
  return detail === '' ? REASONS[code] : `${REASONS[code]} (${detail})`;
}
