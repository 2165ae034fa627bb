import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import { moneyText, UNKNOWN } from '../../format/money-text.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { riskState, trustedBand } from '../../words/risk-words.ts';
import { roomShareText } from '../../words/rule-words.ts';
import { HealthMark } from './health-mark.tsx';
import { OwnLimitLine } from './own-limit-line.tsx';
import { RiskDoubts } from './risk-doubts.tsx';
import { RoomBar } from './room-bar.tsx';
import { isCertain, isOld } from './room-trust.ts';
import { RoomFacts } from './room-facts.tsx';
import { RulesButton } from './rules-button.tsx';

interface AccountPart {
  readonly account: AccountView;
}

/** The first thing to know of an account: how far it is from its firm's floor. */
export function RoomHead({ account }: AccountPart) {
  const { risk } = account;
  return (
    <section className="room" aria-label={`Distance of ${account.displayName} to its floor`}>
      <p className="room-line">
        <span className="room-label">To the firm’s floor</span>
        <StateMark state={riskState(risk)} />
      </p>
      {risk.rules === null ? <NoRules account={account} /> : <KnownRules account={account} />}
    </section>
  );
}

function NoRules({ account }: AccountPart) {
  return (
    <>
      <p className="room-none">
        How far this account is from its floor is not known, and nothing guards it. Choose the
        firm’s rules.
      </p>
      <RulesButton account={account} kind="choose" />
    </>
  );
}

function KnownRules({ account }: AccountPart) {
  return (
    <>
      <RoomLead account={account} />
      <RoomBar account={account} />
      <RoomFacts account={account} />
      <OwnLimitLine account={account} />
      <RiskDoubts account={account} most={3} />
      <p className="room-line room-foot">
        <RulesButton account={account} kind="show" />
        <span>
          Health <HealthMark account={account} />
        </span>
      </p>
    </>
  );
}

function RoomLead({ account }: AccountPart) {
  const { risk, currency } = account;
  const band = trustedBand(risk.roomShare, isCertain(account));
  const share = risk.roomShare === null ? '' : ` \u00b7 ${roomShareText(risk.roomShare)} left`;
  return (
    <p className={`room-lead tone-${band.tone}`}>
      <span>
        {risk.midCycle && risk.room !== null && 'at most '}
        <span className={`room-money ${isOld(account) ? 'is-old' : ''}`}>
          {risk.room === null ? UNKNOWN : moneyText(risk.room, currency)}
        </span>
        {risk.room === null && <span className="only-read">not known</span>}
      </span>
      <StateMark state={{ ...band, text: `${band.text}${share}` }} />
    </p>
  );
}
