import { useShallow } from 'zustand/react/shallow';
import type { FlattenView } from '../../../shared/protocol/ipc/views.ts';
import { useDesk, useUi } from '../../app/desk-context.ts';
import { clockText, secondsUntil } from '../../format/time-text.ts';
import { alarms } from '../../state/selectors.ts';
import { useNow } from '../../ui/clock.tsx';
import { Shape } from '../../ui/shape.tsx';
import { exposureWords, scopeWords } from '../../words/flatten-words.ts';
import { AlarmActions } from './alarm-actions.tsx';

/** Every flatten that ended without proof, across the whole width, until a newer run takes over. */
export function AlarmList() {
  const open = useDesk(useShallow(({ view }) => alarms(view)));
  const dismissed = useUi((state) => state.dismissed);
  return (
    <div className="alarms" role="alert">
      {open
        .filter(({ id }) => !dismissed.includes(id))
        .map((flatten) => (
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
        {flatten.verifiesAt === null ? (
          <Remaining flatten={flatten} />
        ) : (
          <Watching until={flatten.verifiesAt} />
        )}
        {!isRefused && <Trying isArmed={flatten.armed} />}
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

function Watching({ until }: { readonly until: number }) {
  const left = secondsUntil(until, useNow());
  return (
    <p className="alarm-left">
      No position reported now; watching {String(left)} s more for proof.
    </p>
  );
}

function Trying({ isArmed }: { readonly isArmed: boolean }) {
  const link = useDesk(({ view }) => view?.bridge.state ?? null);
  const isUp = link === 'connected' || link === 'stale';
  if (!isArmed) {
    return <p className="alarm-armed">Not trying by itself any more. Flatten again starts over.</p>;
  }
  return (
    <p className="alarm-armed">
      {isUp
        ? 'Still trying: what is open is closed as soon as NinjaTrader lets it.'
        : 'Armed: what is open is flattened when NinjaTrader is back, without asking again.'}
    </p>
  );
}
