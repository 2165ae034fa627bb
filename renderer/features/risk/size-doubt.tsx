import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import { moneyText } from '../../format/money-text.ts';

/** A balance this far from the start, in percent of it, is hardly one of the template. */
const FAR = 25;

interface SizeDoubtProps {
  readonly account: AccountView;
  readonly startBalance: number | null;
  /** Of the start balance. */
  readonly currency: string;
}

/** Asks the trader to look again when the account is of another size than the template. */
export function SizeDoubt({ account, startBalance, currency }: SizeDoubtProps) {
  const { value } = account.netLiquidation;
  if (value === null || startBalance === null) return null;
  if (Math.abs(value - startBalance) * 100 <= startBalance * FAR) return null;
  return (
    <p className="problem">
      {account.displayName} reports {moneyText(value, account.currency)}, and this template starts
      with {moneyText(startBalance, currency)}. Is it the right size?
    </p>
  );
}
