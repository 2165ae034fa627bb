import type { ScopeView } from '../../../shared/protocol/ipc/views.ts';
import { useDesk, useDeskParts } from '../../app/desk-context.ts';
import { Shape, type ShapeName } from '../../ui/shape.tsx';
import type { FlattenFace } from './flatten-face.ts';
import { useFlattenFace } from './use-face.ts';
import { useFlatten } from './use-flatten.ts';

const ALL: ScopeView = { kind: 'all' };
const NO_ACCOUNTS: never[] = [];

const SHAPES: Readonly<Record<FlattenFace['kind'], ShapeName>> = {
  ready: 'diamond',
  asking: 'hourglass',
  running: 'hourglass',
  verifying: 'hourglass',
  proven: 'dot',
  unresolved: 'triangle',
  refused: 'triangle',
  disarmed: 'ring',
};

/** The big control. It is never disabled: a press too many changes nothing, a press too few costs an account. */
export function FlattenControl() {
  const accounts = useDesk(({ view }) => view?.accounts ?? NO_ACCOUNTS);
  const shortcut = useDesk((state) => state.shortcut);
  const face = useFlattenFace(ALL, accounts);
  const flatten = useFlatten('dashboard');
  const isExposed = accounts.some(
    (account) => account.positions.length + account.orders.length > 0,
  );
  const isBusy = face.kind === 'running' || face.kind === 'verifying' || face.kind === 'asking';
  return (
    <section className={`flatten flatten-${face.kind}`} aria-label="Flatten everything">
      <button
        type="button"
        className={`flatten-button ${isExposed || isBusy ? 'is-hot' : ''}`}
        onClick={() => flatten(ALL)}
      >
        <span className="flatten-label">{isBusy ? 'Flattening\u2026' : 'Flatten everything'}</span>
        <span className="flatten-keys">
          {shortcut?.state === 'registered' && shortcut.accelerator !== null
            ? shortcut.accelerator.replaceAll('+', ' + ')
            : 'close all, cancel all'}
        </span>
      </button>
      <FlattenStatus face={face} />
    </section>
  );
}

function FlattenStatus({ face }: { readonly face: FlattenFace }) {
  const { ui } = useDeskParts();
  const { proofId, watched } = face;
  return (
    <div className="flatten-status">
      <p className="flatten-line" role="status">
        <Shape name={SHAPES[face.kind]} />
        <span>{face.status}</span>
      </p>
      <p className="flatten-detail">
        {face.detail}
        {proofId !== null && (
          <button
            type="button"
            className="link"
            onClick={() => ui.setState({ dialog: { kind: 'proof', flattenId: proofId } })}
          >
            Show the proof
          </button>
        )}
      </p>
      {watched !== null && (
        <progress className="flatten-watch" value={watched} max={1} aria-label="Watch period" />
      )}
    </div>
  );
}
