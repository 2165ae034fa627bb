import type { OrderView } from '../../../shared/protocol/ipc/views.ts';
import { useDesk } from '../../app/desk-context.ts';
import { instrumentNamed } from '../../state/selectors.ts';
import { filledText, orderPrice, orderTitle, stateWords } from '../../words/order-words.ts';

/** One working order; one that can only shrink the position is marked as reducing. */
export function OrderLine({ order }: { readonly order: OrderView }) {
  const tickSizeE8 = useDesk(({ view }) => instrumentNamed(view, order.instrument)?.tickSizeE8);
  const notes = [order.instrument, stateWords(order.state), filledText(order), order.label].filter(
    (note) => note !== '',
  );
  return (
    <li className="order">
      <span className={`order-side side-${order.side}`}>{orderTitle(order)}</span>
      <span className="order-price">{orderPrice(order, tickSizeE8)}</span>
      <span className="order-notes">{notes.join(' \u00b7 ')}</span>
      {order.reducing ? (
        <span className="tag">reducing</span>
      ) : (
        <span className="tag tag-notice">can add risk</span>
      )}
    </li>
  );
}
