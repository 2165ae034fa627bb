import { money, ZERO_MONEY, type Money } from '../../shared/domain/money/money.ts';
import { step, type RiskRules, type RiskState } from '../../shared/domain/risk/engine.ts';
import { accountFloor } from './account-floor.ts';

/** A floor with the equity that is beyond it. */
export interface BrokenFloor {
  readonly floor: Money;
  readonly equity: Money;
}

/** The account's floor if figures break it at once; null when they do not. */
export function brokenFloor(
  rules: RiskRules,
  { book, ...state }: RiskState,
  { balance, equity }: { readonly balance: Money; readonly equity: Money },
): BrokenFloor | null {
  const marked = step(
    rules,
    { ...state, book },
    {
      ...{ kind: 'mark', at: book.at, turn: (state.instant.at(-1)?.turn ?? 0) + 1 },
      ...{ balance, open: money(equity - balance), fees: ZERO_MONEY, high: null, low: null },
      ...{ worstTrade: null, quality: 'fresh' },
    },
  );
  if (!marked.ok) return null;
  const broken = marked.value.verdicts.filter(({ severity }) => severity === 'breach');
  const floor = accountFloor(broken);
  return floor === null ? null : { floor, equity };
}
