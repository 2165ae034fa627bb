import { useMemo } from 'react';
import type { AccountView, PositionView } from '../../../shared/protocol/ipc/views.ts';
import { useDesk } from '../../app/desk-context.ts';
import { averageText, contractsText, ticksText } from '../../format/price-text.ts';
import { UNKNOWN } from '../../format/money-text.ts';
import { instrumentNamed } from '../../state/selectors.ts';
import { Profit } from '../../ui/profit.tsx';
import { ScopeFlatten } from '../flatten/scope-flatten.tsx';

interface PositionLineProps {
  readonly account: AccountView;
  readonly position: PositionView;
}

/** One position: side, size, average, open profit in money and in ticks per contract, and its own flatten. */
export function PositionLine({ account, position }: PositionLineProps) {
  const { instrument, quantity } = position;
  const part = useMemo(() => onlyInstrument(account, instrument), [account, instrument]);
  const isOld = account.freshness !== 'live';
  return (
    <li className="position">
      <span className={`side ${quantity > 0 ? 'side-long' : 'side-short'}`}>
        {quantity > 0 ? 'Long' : 'Short'} <b>{contractsText(quantity)}</b>
      </span>
      <span className="position-what">
        <b title={instrument}>{instrument}</b>
        <AveragePrice position={position} />
      </span>
      <span className="position-profit">
        <Profit value={position.openProfit} currency={account.currency} isOld={isOld} />
        <small>{position.openTicksE4 === null ? UNKNOWN : ticksText(position.openTicksE4)}</small>
      </span>
      <ScopeFlatten
        scope={{ kind: 'instrument', account: account.name, instrument }}
        account={part}
        name={`${instrument} in ${account.displayName}`}
        isSmall
      />
    </li>
  );
}

function AveragePrice({ position }: Pick<PositionLineProps, 'position'>) {
  const terms = useDesk(({ view }) => instrumentNamed(view, position.instrument));
  if (position.averageTicksE4 === null) return <small>average not reported</small>;
  if (terms === undefined) return <small>terms not reported</small>;
  return <small>at {averageText(position.averageTicksE4, terms.tickSizeE8)}</small>;
}

function onlyInstrument(account: AccountView, instrument: string): AccountView {
  return {
    ...account,
    positions: account.positions.filter((position) => position.instrument === instrument),
    orders: account.orders.filter((order) => order.instrument === instrument),
  };
}
