import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import { clockText } from '../../format/time-text.ts';
import type { VerdictChange } from '../../state/verdict-trail.ts';
import { RuleTable } from './rule-table.tsx';

interface RuleReplayProps {
  readonly account: AccountView;
  /** The change after which the rules are shown; null shows them as they stand now. */
  readonly change: VerdictChange | null;
  readonly onEnd: () => void;
}

/** The rules as they stand, or as they stood after an earlier change, which is said above them. */
export function RuleReplay({ account, change, onEnd }: RuleReplayProps) {
  const { verdicts, binding } = change ?? account.risk;
  const when = change === null ? 'now' : `at ${clockText(change.at)}`;
  return (
    <section className={change === null ? '' : 'is-replay'} aria-label="Rules one by one">
      {change !== null && (
        <p className="replay" role="status">
          <b>Past: as it stood at {clockText(change.at)}.</b>
          <button type="button" className="button" onClick={onEnd}>
            Back to now
          </button>
        </p>
      )}
      <RuleTable
        verdicts={verdicts}
        currency={account.currency}
        binding={binding}
        caption={`Rules of ${account.displayName} as they stand ${when}`}
      />
    </section>
  );
}
