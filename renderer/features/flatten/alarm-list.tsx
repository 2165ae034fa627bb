import { useShallow } from 'zustand/react/shallow';
import type { FlattenView } from '../../../shared/protocol/ipc/views.ts';
import { useDesk, useDeskParts } from '../../app/desk-context.ts';
import { clockText } from '../../format/time-text.ts';
import { alarms } from '../../state/selectors.ts';
import { Shape } from '../../ui/shape.tsx';
import { exposureWords, scopeWords } from '../../words/flatten-words.ts';
import { useFlatten } from './use-flatten.ts';

/** Every flatten that ended without proof, across the whole width, until a newer run takes over. */
export function AlarmList() {
  const open = useDesk(useShallow(({ view }) => alarms(view)));
  return (
    <div className="alarms" role="alert">
      {open.map((flatten) => (
        <Alarm key={flatten.id} flatten={flatten} />
      ))}
    </div>
  );
}

function Alarm({ flatten }: { readonly flatten: FlattenView }) {
  const isRefused = flatten.state === 'refused';
  return (
    <section className="alarm" aria-label={`Alarm: ${scopeWords(flatten.scope)}`}>
      <div className="alarm-sign">
        <Shape name="triangle" />
      </div>
      <div className="alarm-words">
        <h2>
          {isRefused ? 'REFUSED' : 'UNRESOLVED'}: flatten {scopeWords(flatten.scope)}{' '}
          <small>
            since {clockText(flatten.changedAt)}
            {flatten.code === null ? '' : ` \u00b7 ${flatten.code}`}
          </small>
        </h2>
        <p>{flatten.message}</p>
        <Remaining flatten={flatten} />
        {flatten.armed && (
          <p className="alarm-armed">
            Armed: as soon as NinjaTrader is back, what is still open is flattened without asking
            again.
          </p>
        )}
      </div>
      <AlarmActions flatten={flatten} />
    </section>
  );
}

function Remaining({ flatten }: { readonly flatten: FlattenView }) {
  if (flatten.remaining.length === 0) {
    return <p className="alarm-left">What is still open is not known.</p>;
  }
  return (
    <>
      <p className="alarm-left">Last reported open:</p>
      <ul>
        {flatten.remaining.map((left) => (
          <li key={`${left.account}/${left.instrument}`}>{exposureWords(left)}</li>
        ))}
      </ul>
    </>
  );
}

function AlarmActions({ flatten }: { readonly flatten: FlattenView }) {
  const { client } = useDeskParts();
  const again = useFlatten('dashboard');
  return (
    <div className="alarm-actions">
      <button type="button" className="button button-alarm" onClick={() => again(flatten.scope)}>
        Flatten again
      </button>
      {flatten.armed && (
        <button
          type="button"
          className="button button-on-alarm"
          onClick={() => void client.call('flatten.disarm', { flattenId: flatten.id })}
        >
          Disarm
        </button>
      )}
    </div>
  );
}
