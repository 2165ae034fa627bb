import { useState } from 'react';
import type { CallInput, CallOutput } from '../../../shared/protocol/ipc/contract.ts';
import { useDeskParts } from '../../app/desk-context.ts';

type WishKey = 'risk.assign' | 'risk.settings' | 'risk.unlock';
type Answer = CallOutput<WishKey>;

/** What became of a wish: not asked, asked, answered, or never reached the engine. */
export type WishState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly message: string };

/** Brings a wish to the engine, which decides whether and when it takes effect. */
export function useRiskWish<K extends WishKey>(
  key: K,
): readonly [WishState, (wish: CallInput<K>) => void] {
  const { client } = useDeskParts();
  const [state, setState] = useState<WishState>({ kind: 'idle' });
  const ask = (wish: CallInput<K>): void => {
    setState({ kind: 'asking' });
    void client
      .call(key, wish)
      .then((reply) =>
        setState(
          reply.ok
            ? { kind: 'answered', answer: reply.value }
            : { kind: 'failed', message: reply.error.message },
        ),
      );
  };
  return [state, ask];
}
