import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import { riskDoubts } from '../../words/risk-doubts.ts';

interface RiskDoubtsProps {
  readonly account: AccountView;
  /** Beyond this many the rest is left to the rules panel, and counted. */
  readonly most?: number;
}

/** Why the distance may be wrong or is not acted on. */
export function RiskDoubts({ account, most = Infinity }: RiskDoubtsProps) {
  const sentences = riskDoubts(account.risk, account.currency);
  if (sentences.length === 0) return null;
  const rest = sentences.length - most;
  return (
    <ul className="doubts">
      {sentences.slice(0, most).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
      {rest > 0 && <li>{String(rest)} more under Rules.</li>}
    </ul>
  );
}
