import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import { moneyText, UNKNOWN } from '../../format/money-text.ts';
import { Profit } from '../../ui/profit.tsx';
import { Shape } from '../../ui/shape.tsx';
import { trustedBand } from '../../words/risk-words.ts';
import { roomShareText } from '../../words/rule-words.ts';
import { isCertain, isOld } from '../risk/room-trust.ts';

interface AccountPart {
  readonly account: AccountView;
}

/** The distance to the floor, then the profits. */
export function RowFigures({ account }: AccountPart) {
  const isLast = account.freshness !== 'live';
  const { currency } = account;
  return (
    <span className="row-figures">
      <RowRoom account={account} />
      <span className="row-figure">
        <span className="only-read">Open P&L </span>
        <Profit value={account.openProfit.value} currency={currency} isOld={isLast} />
      </span>
      <span className="row-figure row-realized">
        <span className="only-read">Realized today </span>
        <Profit value={account.realizedToday.value} currency={currency} isOld={isLast} />
      </span>
    </span>
  );
}

function RowRoom({ account }: AccountPart) {
  const { room, roomShare, midCycle } = account.risk;
  const band = trustedBand(roomShare, isCertain(account));
  const most = midCycle && room !== null ? ', at most' : '';
  return (
    <span className={`row-figure row-room tone-${band.tone}`}>
      <span className="only-read">{`To the firm\u2019s floor: ${band.text}${most} `}</span>
      <Shape name={band.shape} />
      {room === null ? (
        <span aria-hidden="true">{UNKNOWN}</span>
      ) : (
        <span className={isOld(account) ? 'is-old' : ''}>{moneyText(room, account.currency)}</span>
      )}
      <span className="row-share">{roomShare === null ? '' : roomShareText(roomShare)}</span>
    </span>
  );
}
