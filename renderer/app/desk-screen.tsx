import { AccountList } from '../features/accounts/account-list.tsx';
import { AlarmList } from '../features/flatten/alarm-list.tsx';
import { FeedPanel } from '../features/feed/feed-panel.tsx';
import { HealthPanel } from '../features/health/health-panel.tsx';
import { Dialogs } from './dialogs.tsx';
import { DemoBand, DemoMark } from './demo-mark.tsx';
import { Notices } from './notices.tsx';
import { Stage } from './stage.tsx';
import { TopBar } from './top-bar.tsx';
import { WaitingScreen } from './waiting-screen.tsx';
import { useDesk } from './desk-context.ts';

/** The desk: flatten and state on top, accounts left, chart or rules in the middle, events and health right. */
export function DeskScreen() {
  const isEmpty = useDesk(({ view }) => (view?.accounts.length ?? 0) === 0);
  const isMany = useDesk(({ view }) => (view?.accounts.length ?? 0) > 4);
  return (
    <div className={`desk ${isMany ? 'has-many' : ''}`}>
      <DemoBand />
      <TopBar />
      <AlarmList />
      <Notices />
      <main className={`desk-grid ${isEmpty ? 'is-empty' : ''}`}>
        {isEmpty ? (
          <WaitingScreen />
        ) : (
          <>
            <AccountList />
            <Stage />
          </>
        )}
        <aside className="desk-side" aria-label="Events and health">
          <FeedPanel />
          <HealthPanel />
        </aside>
      </main>
      <DemoMark />
      <Dialogs />
    </div>
  );
}
