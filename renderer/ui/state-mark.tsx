import type { StateWord } from '../words/account-words.ts';
import { Shape } from './shape.tsx';

/** A state as shape and word. */
export function StateMark({ state }: { readonly state: StateWord }) {
  return (
    <span className={`state-mark tone-${state.tone}`}>
      <Shape name={state.shape} />
      <span>{state.text}</span>
    </span>
  );
}
