import type { AccountView, ScopeView } from '../../../shared/protocol/ipc/views.ts';
import { useFlattenFace } from './use-face.ts';
import { useFlatten } from './use-flatten.ts';

interface ScopeFlattenProps {
  readonly scope: ScopeView;
  /** The account, or the part of it, that the scope touches. */
  readonly account: AccountView;
  readonly name: string;
  /** Without room for words the state is left to the card's own line. */
  readonly isSmall?: boolean;
}

const WORDS = {
  ready: 'Flatten',
  asking: 'Asking\u2026',
  running: 'Flattening\u2026',
  verifying: 'Verifying\u2026',
  proven: 'Flatten',
  unresolved: 'Flatten again',
  refused: 'Flatten again',
  disarmed: 'Flatten',
} as const;

/** The flatten button of one account or one position; never disabled. */
export function ScopeFlatten({ scope, account, name, isSmall = false }: ScopeFlattenProps) {
  const face = useFlattenFace(scope, [account]);
  const flatten = useFlatten('accountCard');
  const isOpen = account.positions.length + account.orders.length > 0;
  return (
    <button
      type="button"
      className={`button button-flatten ${isSmall ? 'is-small' : ''} ${isOpen ? 'is-open' : ''} is-${face.kind}`}
      aria-label={`${WORDS[face.kind]} ${name}. ${face.status}`}
      onClick={() => flatten(scope)}
    >
      {WORDS[face.kind]}
    </button>
  );
}

/** What a flatten of this account is doing, as a line; nothing while there is none. */
export function ScopeState({ scope, account }: Pick<ScopeFlattenProps, 'scope' | 'account'>) {
  const face = useFlattenFace(scope, [account]);
  if (face.kind === 'ready' || face.isPart) return null;
  return <p className={`scope-state is-${face.kind}`}>{`${face.status}. ${face.detail}`}</p>;
}
