import { bothClocks } from '../../format/zone-text.ts';
import { useNow } from '../../ui/clock.tsx';
import type { WishState } from './use-risk-wish.ts';

const WORDS = { now: 'Done.', later: 'Taken, for later.', refused: 'Refused.' } as const;

/** The engine's answer to a wish, in its own words. */
export function WishAnswer({ state }: { readonly state: WishState }) {
  const now = useNow();
  return (
    <div role="status" className="wish-answer">
      {state.kind === 'asking' && <p>Asking the engine…</p>}
      {state.kind === 'failed' && (
        <p className="problem">The wish did not get through: {state.message}</p>
      )}
      {state.kind === 'answered' && (
        <p className={state.answer.outcome === 'refused' ? 'problem' : 'success'}>
          <b>{WORDS[state.answer.outcome]}</b> {state.answer.message}
          {state.answer.outcome === 'later' && (
            <>
              {' '}
              {state.answer.from === null
                ? 'When it takes effect cannot be told yet.'
                : `Takes effect ${bothClocks(state.answer.from, now)}.`}
            </>
          )}
        </p>
      )}
    </div>
  );
}
