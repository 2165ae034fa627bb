import { useState } from 'react';
import type { CallInput, CallOutput } from '../../../shared/protocol/ipc/contract.ts';
import { useDeskParts } from '../../app/desk-context.ts';

type WishKey =
  | 'risk.assign'
  | 'risk.settings'
  | 'risk.unlock'
  | 'risk.record'
  | 'risk.importDays'
  | 'risk.ownRules'
  | 'news.import';
type Answer = NonNullable<CallOutput<WishKey>>;

/** What became of a wish: not asked or given up, asked, answered, or never reached the engine. */
export type WishState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly message: string };

/** Brings a wish to the engine, which decides whether and when it takes effect. */
export function useRiskWish<K extends WishKey>(
  key: K,
): readonly [WishState, (wish: CallInput<K>) => Promise<WishState>] {
  const { client } = useDeskParts();
  const [state, setState] = useState<WishState>({ kind: 'idle' });
  const ask = async (wish: CallInput<K>): Promise<WishState> => {
    setState({ kind: 'asking' });
    const reply = await client.call(key, wish);
    const next = reply.ok ? answered(reply.value) : failed(reply.error.message);
    setState(next);
    return next;
  };
  return [state, ask];
}

/** A file that was not chosen in the end is no answer. */
function answered(answer: Answer | null): WishState {
  return answer === null ? { kind: 'idle' } : { kind: 'answered', answer };
}

function failed(message: string): WishState {
  return { kind: 'failed', message };
}
