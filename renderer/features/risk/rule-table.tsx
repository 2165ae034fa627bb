import type { RuleView } from '../../../shared/protocol/ipc/risk-view.ts';
import { clockText } from '../../format/time-text.ts';
import { bothClocks } from '../../format/zone-text.ts';
import { useNow } from '../../ui/clock.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { confidenceWords, effectWords, ruleSeverity } from '../../words/risk-words.ts';
import { amountText, leftText, sourceName, usedText } from '../../words/rule-words.ts';

interface RuleTableProps {
  readonly verdicts: readonly RuleView[];
  readonly currency: string;
  /** Id of the rule that leaves the least. */
  readonly binding: string | null;
  readonly caption: string;
}

/** Every rule with its limit, what is used and left, and in a second line why and by whose word. */
export function RuleTable({ verdicts, currency, binding, caption }: RuleTableProps) {
  if (verdicts.length === 0) return <p className="risk-none">No rule has been judged yet.</p>;
  return (
    <table className="rules">
      <caption className="only-read">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Rule</th>
          <th scope="col">State</th>
          <th scope="col">Limit</th>
          <th scope="col">Used</th>
          <th scope="col">Left</th>
        </tr>
      </thead>
      {verdicts.map((verdict) => (
        <RuleRows
          key={verdict.id}
          verdict={verdict}
          currency={currency}
          isBinding={verdict.id === binding}
        />
      ))}
    </table>
  );
}

interface RuleRowsProps {
  readonly verdict: RuleView;
  readonly currency: string;
  readonly isBinding: boolean;
}

function RuleRows({ verdict, currency, isBinding }: RuleRowsProps) {
  const { title, severity, unit, limit, used, left } = verdict;
  return (
    <tbody className={`rule is-${severity}`}>
      <tr>
        <th scope="row">
          {title} {isBinding && <span className="tag">binds</span>}
        </th>
        <td>
          <StateMark state={ruleSeverity(severity)} />
        </td>
        <td>{amountText(limit, unit, currency)}</td>
        <td>{usedText(used, unit, currency)}</td>
        <td className="rule-left">{leftText(left, unit, currency)}</td>
      </tr>
      <tr className="rule-more">
        <td colSpan={5}>
          <RuleWords verdict={verdict} />
        </td>
      </tr>
    </tbody>
  );
}

function RuleWords({ verdict }: { readonly verdict: RuleView }) {
  const { reason, basis, effect, bounded, evaluatedAt } = verdict;
  return (
    <>
      <p className="rule-reason">
        {reason} {bounded && 'The order of events was not known; the worst was assumed. '}
        <ClosedUntil verdict={verdict} />
      </p>
      <p>
        {effectWords(effect)} · {basis} · <Source verdict={verdict} /> · judged at{' '}
        {clockText(evaluatedAt)}
      </p>
    </>
  );
}

function ClosedUntil({ verdict }: { readonly verdict: RuleView }) {
  const now = useNow();
  if (!verdict.closesEntries) return null;
  return (
    <b>
      {verdict.until === null
        ? 'Entries are closed; no end is known.'
        : `Entries are closed until ${bothClocks(verdict.until, now)}.`}
    </b>
  );
}

function Source({ verdict }: { readonly verdict: RuleView }) {
  const { name, checkedOn, confidence } = verdict.source;
  if (name === 'own') return <>Your own limit</>;
  return (
    <>
      <span title={name}>{sourceName(name)}</span>, read {checkedOn ?? 'at an unknown time'},{' '}
      {confidenceWords(confidence)}
    </>
  );
}
