import type { RiskRecord } from '../../shared/domain/risk/feed/record.ts';
import type { CashChange } from '../../shared/domain/risk/feed/cash-change.ts';
import { MONEY_SCALE, type Money } from '../../shared/domain/money/money.ts';

type Told = Pick<Extract<RiskRecord, { kind: 'risk.told' }>, 'severity' | 'text'>;

const DOOR = 'apex rules record';

/** What the trader is told of cash that moved. */
export function cashText({ kind, amount, balance }: CashChange): Told {
  const moved = `Cash ${amount < 0 ? 'fell' : 'rose'} by ${amountText(amount)}`;
  switch (kind) {
    case 'payout':
      return warning(
        `${moved} without a trade: taken as a payout, not as a loss. Not so? Say with ${DOOR} what it was: ${DOOR} was-trading for a loss.`,
      );
    case 'adjustment':
      return warning(
        `${moved} without a trade: taken as the firm's booking, not as a result of trading. Was it something else? Say so with ${DOOR}: ${DOOR} was-trading for a result of trading.`,
      );
    case 'taken-back':
      return warning(
        `Fills that came late explain the cash: ${amountText(amount)} count as trading again.`,
      );
    case 'asked':
      return warning(
        `Cash is at ${amountText(balance)}, where the account began, without a trade. Did the firm reset the account? Nothing is known until you say so with ${DOOR} reset, or record what else it was.`,
      );
    case 'unclear':
      return warning(
        `${moved} beyond what the known fills explain. It counts as trading. If it was none, say so with ${DOOR}.`,
      );
  }
}

/** An amount without its sign, with cents. */
export function amountText(amount: Money): string {
  const units = Math.abs(amount) / MONEY_SCALE;
  return units.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function warning(text: string): Told {
  return { severity: 'warning', text };
}
