import { createRoot } from 'react-dom/client';
import type { Timers } from '../../shared/kernel/clock.ts';
import type { DeskApi } from '../../shared/protocol/ipc/contract.ts';
import { createDeskClient } from '../bridge/client.ts';
import { createDeskStore } from '../state/desk-store.ts';
import { createHistoryStore } from '../state/history-store.ts';
import { createUiStore } from '../state/ui-store.ts';
import { createUiClock } from '../ui/clock.tsx';
import { App } from './app.tsx';

interface Surroundings {
  readonly api: DeskApi;
  readonly now: () => number;
  readonly timers: Timers;
}

/** Puts the window's parts together and draws them into an element. */
export function mountDesk(element: Element, { api, now, timers }: Surroundings): void {
  const desk = createDeskStore();
  const ui = createUiStore();
  const history = createHistoryStore(desk);
  const client = createDeskClient({ api, store: desk, timers });
  createRoot(element).render(
    <App parts={{ client, desk, ui, history }} clock={createUiClock(now, timers)} />,
  );
}
