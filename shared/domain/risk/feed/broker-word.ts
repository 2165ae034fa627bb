import type { Money } from '../../money/money.ts';

/** The broker's equity and cash as they were told together. */
export interface ToldFigures {
  readonly equity: Money;
  readonly balance: Money;
}

/** A word of the broker with the open result that the desk knew at that moment. */
export type BrokerWord = ToldFigures & { readonly open: Money | null };

/** A source that is stuck may tell its word between those of one that is not. */
export function withWord(
  words: readonly BrokerWord[],
  told: BrokerWord,
  how: 'anew' | 'again',
): readonly BrokerWord[] {
  const known = words.find((word) => isSameWord(word, told));
  const first = how === 'again' && known !== undefined ? known : told;
  const other = words.find((word) => !isSameWord(word, told));
  return other === undefined ? [first] : [first, other];
}

export function isSameWord(a: ToldFigures, b: ToldFigures): boolean {
  return a.equity === b.equity && a.balance === b.balance;
}
