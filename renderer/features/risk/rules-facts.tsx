import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import type { RiskView } from '../../../shared/protocol/ipc/risk-view.ts';
import { useDeskParts } from '../../app/desk-context.ts';
import { moneyText, UNKNOWN } from '../../format/money-text.ts';
import { clockText, dateText } from '../../format/time-text.ts';
import { bothClocks } from '../../format/zone-text.ts';
import { useNow } from '../../ui/clock.tsx';
import { counted } from '../../words/flatten-words.ts';
import { confidenceWords, levelWords } from '../../words/risk-words.ts';
import { shareText } from '../../words/rule-words.ts';
import { HealthMark } from './health-mark.tsx';

/** By whose rules the account is judged, how far the desk may act, and the levels in figures. */
export function RulesFacts({ account }: { readonly account: AccountView }) {
  const { risk, currency } = account;
  const now = useNow();
  const amount = (value: number | null): string =>
    value === null ? UNKNOWN : moneyText(value, currency);
  return (
    <dl className="facts rules-facts">
      {risk.rules !== null && <ChoiceFacts rules={risk.rules} />}
      <ProtectionFact account={account} />
      <dt>Levels</dt>
      <dd className="levels">
        <span>Floor {amount(risk.floor)}</span>
        <span>Your limit {amount(risk.own?.level ?? null)}</span>
        <span>Equity {amount(risk.equity)}</span>
        <span>Peak {risk.midCycle ? 'not known' : amount(risk.peak)}</span>
      </dd>
      <dt>Flat by</dt>
      <dd>{risk.flatBy === null ? 'No time is set for today.' : bothClocks(risk.flatBy, now)}</dd>
      {risk.rules !== null && <ToldFact account={account} />}
      <dt>Health</dt>
      <dd>
        <HealthMark account={account} />
      </dd>
    </dl>
  );
}

function ChoiceFacts({ rules }: { readonly rules: NonNullable<RiskView['rules']> }) {
  const changed =
    rules.overrides === 0 ? '' : `, ${counted(rules.overrides, 'value')} changed by you`;
  return (
    <>
      <dt>Rules</dt>
      <dd>
        <b>{rules.title}</b>
        {changed}
        <br />
        Edition {rules.edition}, checked {rules.checkedOn ?? 'at an unknown time'},{' '}
        {confidenceWords(rules.confidence)}. In force since {dateText(rules.since)}{' '}
        {clockText(rules.since)}.
      </dd>
    </>
  );
}

/** The ways to tell what only the trader knows. */
function ToldFact({ account }: { readonly account: AccountView }) {
  const { ui } = useDeskParts();
  return (
    <>
      <dt>From you</dt>
      <dd className="levels">
        <button
          type="button"
          className="link"
          onClick={() => ui.setState({ dialog: { kind: 'record', account: account.name } })}
        >
          Payouts, resets, missed days…
        </button>
        <button
          type="button"
          className="link"
          onClick={() => ui.setState({ dialog: { kind: 'news' } })}
        >
          News calendar…
        </button>
      </dd>
    </>
  );
}

function ProtectionFact({ account }: { readonly account: AccountView }) {
  const { ui } = useDeskParts();
  const { protection } = account.risk;
  if (protection === null) return null;
  const { level, chosen, reason, safety, safetyName } = protection;
  return (
    <>
      <dt>Protection</dt>
      <dd>
        <b>{levelWords(level)}</b>
        {level !== chosen && ` (you chose ${chosen})`}. {reason} Uses at most {shareText(safety)} of
        the firm’s room ({safetyName}).{' '}
        <button
          type="button"
          className="link"
          onClick={() => ui.setState({ dialog: { kind: 'protection', account: account.name } })}
        >
          Change the protection…
        </button>{' '}
        <button
          type="button"
          className="link"
          onClick={() => ui.setState({ dialog: { kind: 'ownRules', account: account.name } })}
        >
          Your own rules…
        </button>
      </dd>
    </>
  );
}
