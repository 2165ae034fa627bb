import { useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import { useDesk, useDeskParts, useHistory, useUi } from '../../app/desk-context.ts';
import { accountOrder } from '../../state/account-order.ts';
import { accountNamed } from '../../state/selectors.ts';
import type { VerdictTrail } from '../../state/verdict-trail.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { riskState } from '../../words/risk-words.ts';
import { gapText } from '../../words/rule-words.ts';
import { EquityPanel } from './equity-panel.tsx';
import { RiskDoubts } from './risk-doubts.tsx';
import { RuleReplay } from './rule-replay.tsx';
import { RulesButton } from './rules-button.tsx';
import { RulesFacts } from './rules-facts.tsx';
import { useDay } from './use-day.ts';
import { VerdictTimeline } from './verdict-timeline.tsx';
import { WhatIfForm } from './what-if-form.tsx';

const NO_TRAIL: VerdictTrail = [];

/** The rules of one account: equity against its levels, every rule, what a trade would do, what changed. */
export function RulesPanel() {
  const { ui } = useDeskParts();
  const names = useDesk(useShallow(({ view }) => accountOrder(view)));
  const picked = useUi(({ rulesAccount }) => rulesAccount);
  const judged = useDesk(({ view }) => names.find((one) => accountNamed(view, one)?.risk.rules));
  // The worst account is only where it begins: what is read must not change under the reader.
  const [first] = useState(judged);
  const name = picked !== null && names.includes(picked) ? picked : (first ?? names[0] ?? '');
  const account = useDesk(({ view }) => accountNamed(view, name));
  return (
    <section className="panel rules-panel" aria-label="Rules and room">
      <header className="panel-head">
        <label>
          <span className="only-read">Account</span>
          <select
            className="pick"
            value={name}
            onChange={(event) => ui.setState({ rulesAccount: event.target.value })}
          >
            {names.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        {account !== undefined && (
          <>
            <StateMark state={riskState(account.risk)} />
            <RulesButton account={account} kind="choose" />
          </>
        )}
      </header>
      {account !== undefined && <RulesOf key={name} account={account} />}
    </section>
  );
}

function RulesOf({ account }: { readonly account: AccountView }) {
  const [replayed, setReplayed] = useState<string | null>(null);
  const [recall, askAgain] = useDay(account.name);
  const trail = useHistory(({ trails }) => trails[account.name] ?? NO_TRAIL);
  const { risk } = account;
  return (
    <div
      className="rules-scroll"
      tabIndex={0}
      role="group"
      aria-label={`Rules of ${account.displayName}`}
    >
      <EquityPanel account={account} recall={recall} onAgain={askAgain} />
      {risk.rules === null ? (
        <p className="risk-none">
          No rules are chosen for this account, so none can be judged. Choose the firm’s rules
          above.
        </p>
      ) : (
        <>
          <RiskDoubts account={account} />
          <RulesFacts account={account} />
        </>
      )}
      <RuleReplay
        account={account}
        change={trail.find(({ id }) => id === replayed) ?? null}
        onEnd={() => setReplayed(null)}
      />
      {risk.rules !== null && <WhatIfForm account={account} />}
      <VerdictTimeline
        account={account.name}
        trail={trail}
        recall={recall}
        replayed={replayed}
        onReplay={setReplayed}
      />
      {risk.gaps.length > 0 && (
        <section aria-labelledby="rule-gaps">
          <h3 id="rule-gaps">What these rules do not tell</h3>
          <ul className="gaps">
            {risk.gaps.map((gap) => (
              <li key={gap}>{gapText(gap)}</li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
