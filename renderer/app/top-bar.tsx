import type { AccountView } from '../../shared/protocol/ipc/views.ts';
import { FlattenControl } from '../features/flatten/flatten-control.tsx';
import { totalOf, type DeskTotal } from '../state/selectors.ts';
import { Profit } from '../ui/profit.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { bridgeState, deskState } from '../words/health-words.ts';
import { useDesk, useDeskParts } from './desk-context.ts';

const NO_ACCOUNTS: AccountView[] = [];

/** Name, state and sums of the desk, and the flatten control, always in sight. */
export function TopBar() {
  return (
    <header className="top">
      <FlattenControl />
      <Totals />
      <div className="top-side">
        <DeskStatus />
        <Menu />
      </div>
    </header>
  );
}

function DeskStatus() {
  const status = useDesk(({ view }) => view?.status ?? null);
  const link = useDesk(({ view }) => view?.bridge.state ?? null);
  const mode = useDesk(({ view }) => view?.mode ?? null);
  return (
    <div className="top-status" aria-label="State of the desk" role="group">
      <span className="brand">
        Enigma Apex{' '}
        {mode !== null && <span className={`badge badge-${mode}`}>{mode.toUpperCase()}</span>}
      </span>
      <span className="top-marks">
        {status !== null && <StateMark state={deskState(status)} />}
        {link !== null && link !== 'connected' && <StateMark state={bridgeState(link)} />}
      </span>
    </div>
  );
}

function Totals() {
  const accounts = useDesk(({ view }) => view?.accounts ?? NO_ACCOUNTS);
  if (accounts.length === 0) return <div className="totals" />;
  const isOld = accounts.some((account) => account.freshness !== 'live');
  return (
    <dl className="totals" aria-label="All accounts together">
      <Total label="Open P&L" total={totalOf(accounts, 'openProfit')} isOld={isOld} />
      <Total label="Realized today" total={totalOf(accounts, 'realizedToday')} isOld={isOld} />
    </dl>
  );
}

interface TotalProps {
  readonly label: string;
  readonly total: DeskTotal;
  readonly isOld: boolean;
}

function Total({ label, total, isOld }: TotalProps) {
  const notes = [
    total.missing > 0 ? `${String(total.missing)} not reported` : '',
    isOld ? 'partly old' : '',
  ].filter((note) => note !== '');
  return (
    <div className="total">
      <dt>{label}</dt>
      <dd>
        <Profit value={total.value} currency={total.currency} isOld={isOld} />
        {notes.length > 0 && <small>{notes.join(', ')}</small>}
      </dd>
    </div>
  );
}

function Menu() {
  const { ui } = useDeskParts();
  return (
    <nav className="top-menu" aria-label="Application">
      <button
        type="button"
        className="button button-quiet"
        onClick={() => ui.setState({ dialog: { kind: 'settings' } })}
      >
        Settings
      </button>
      <button
        type="button"
        className="button button-quiet"
        onClick={() => ui.setState({ dialog: { kind: 'about' } })}
      >
        About
      </button>
    </nav>
  );
}
