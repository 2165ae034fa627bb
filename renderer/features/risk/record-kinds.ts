import type { RecordWish } from '../../../shared/protocol/ipc/risk-calls.ts';
import { parsedMoney } from '../../format/money-input.ts';
import { moneyText } from '../../format/money-text.ts';

/** What can be told in a form; earlier days come from a file. */
export type RecordKind =
  | 'payout'
  | 'payout-request'
  | 'deposit'
  | 'adjustment'
  | 'was-trading'
  | 'end-of-day'
  | 'peak'
  | 'reset';

type FormWish = Extract<RecordWish, { readonly kind: RecordKind }>;

interface RecordWords {
  readonly title: string;
  readonly note: string;
  /** Of the amount; null where none is asked for. */
  readonly amount: string | null;
}

export const RECORD_KINDS: readonly RecordKind[] = [
  'payout',
  'payout-request',
  'deposit',
  'adjustment',
  'was-trading',
  'end-of-day',
  'peak',
  'reset',
];

const WORDS: Readonly<Record<RecordKind, RecordWords>> = {
  payout: {
    title: 'A payout was made',
    note: 'One of this amount that the desk found by itself today is confirmed; it never counts twice.',
    amount: 'Amount paid out',
  },
  'payout-request': {
    title: 'I have asked for a payout',
    note: 'Under some rules the floor stops trailing from the request on.',
    amount: null,
  },
  deposit: {
    title: 'Money was paid in',
    note: 'The day’s result does not change.',
    amount: 'Amount paid in',
  },
  adjustment: {
    title: 'The firm booked something else',
    note: 'A fee or a correction. With a minus where it took money away.',
    amount: 'Amount, with its sign',
  },
  'was-trading': {
    title: 'That was no payout and no booking',
    note: 'The desk took a change of cash for one, and it was a result of trading. Day’s result and payouts are put right.',
    amount: 'Amount of the change',
  },
  'end-of-day': {
    title: 'The balance at the end of a day that the desk missed',
    note: 'From the firm’s own page. A floor that follows the day’s end moves by it.',
    amount: 'Balance at the end of the day',
  },
  peak: {
    title: 'The highest that the account has stood at',
    note: 'Of an account that was running when its rules were chosen. It never lowers a peak that the desk has seen.',
    amount: 'Highest equity, or balance at a day’s end',
  },
  reset: {
    title: 'The firm has reset the account',
    note: 'Floors and peaks begin anew at the balance. Locks stay.',
    amount: 'Balance after the reset',
  },
};

export function recordWords(kind: RecordKind): RecordWords {
  return WORDS[kind];
}

/** The typed amount as the kind takes it, in ten-thousandths; null when it is none. */
export function recordAmount(kind: RecordKind, text: string): number | null {
  const trimmed = text.trim();
  const isMinus = kind === 'adjustment' && /^[-\u2212]/u.test(trimmed);
  const amount = parsedMoney(isMinus ? trimmed.slice(1) : trimmed);
  if (amount === null) return null;
  if (kind === 'reset' || kind === 'end-of-day' || kind === 'peak') return amount;
  return amount === 0 ? null : isMinus ? -amount : amount;
}

/** The wish; null while its amount is not one. */
export function recordWish(account: string, kind: RecordKind, text: string): FormWish | null {
  if (kind === 'payout-request') return { kind, account };
  const amount = recordAmount(kind, text);
  if (amount === null) return null;
  if (kind === 'peak') return { kind, account, peak: amount };
  return kind === 'reset' || kind === 'end-of-day'
    ? { kind, account, balance: amount }
    : { kind, account, amount };
}

/** What is about to be recorded, in one sentence. */
export function recordSentence(wish: FormWish, currency: string): string {
  const amount = (value: number): string => moneyText(value, currency);
  switch (wish.kind) {
    case 'payout':
      return `A payout of ${amount(wish.amount)}.`;
    case 'payout-request':
      return 'A request for a payout.';
    case 'deposit':
      return `A deposit of ${amount(wish.amount)}.`;
    case 'adjustment':
      return `A booking of the firm of ${amount(wish.amount)}.`;
    case 'was-trading':
      return `A change of ${amount(wish.amount)} that was a result of trading.`;
    case 'end-of-day':
      return `A balance of ${amount(wish.balance)} at the end of the missed day.`;
    case 'peak':
      return `A peak of ${amount(wish.peak)}.`;
    case 'reset':
      return `A reset by the firm to ${amount(wish.balance)}.`;
  }
}
