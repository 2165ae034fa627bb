import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import { Figure } from '../../ui/figure.tsx';
import { freshnessSentence } from '../../words/account-words.ts';
import { counted } from '../../words/flatten-words.ts';
import { OrderLine } from './order-line.tsx';
import { PositionLine } from './position-line.tsx';

interface AccountPart {
  readonly account: AccountView;
}

/** The three figures of an account, each with source and age. */
export function AccountFigures({ account }: AccountPart) {
  const common = { currency: account.currency, isOld: account.freshness !== 'live' };
  return (
    <dl className="figures">
      <Figure
        {...common}
        label="Net liquidation"
        figure={account.netLiquidation}
        isProfit={false}
      />
      <Figure {...common} label="Open P&L" figure={account.openProfit} isProfit />
      <Figure {...common} label="Realized today" figure={account.realizedToday} isProfit />
    </dl>
  );
}

/** Why the figures may be wrong: age, connection, and differences between broker and fills. */
export function AccountDoubts({ account }: AccountPart) {
  const sentences = [freshnessSentence(account), ...account.doubts].filter((text) => text !== '');
  if (sentences.length === 0) return null;
  return (
    <ul className="doubts">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

/** Positions, then working orders. */
export function AccountHoldings({ account }: AccountPart) {
  const { positions, orders } = account;
  const isOld = account.freshness !== 'live';
  if (positions.length + orders.length === 0) {
    return (
      <p className="holdings-none">
        {isOld ? 'Nothing open was reported last.' : 'No position, no working order.'}{' '}
        {counted(account.fillsToday, 'fill')} today.
      </p>
    );
  }
  return (
    <>
      {positions.length > 0 && (
        <ul className="positions" aria-label="Positions">
          {positions.map((position) => (
            <PositionLine key={position.instrument} account={account} position={position} />
          ))}
        </ul>
      )}
      {orders.length > 0 && (
        <ul className="orders" aria-label="Working orders">
          {orders.map((order) => (
            <OrderLine key={order.id} order={order} />
          ))}
        </ul>
      )}
    </>
  );
}
