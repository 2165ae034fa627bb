import { useCallback } from 'react';
import type { ScopeView } from '../../../shared/protocol/ipc/views.ts';
import { useDeskParts } from '../../app/desk-context.ts';
import { scopeKey } from '../../state/scope-key.ts';
import type { Press, UiStore } from '../../state/ui-store.ts';
import { useUiClock } from '../../ui/clock.tsx';

/** The door of the window through which a press comes. */
export type WindowDoor = 'dashboard' | 'accountCard';

/** Asks for a flatten at once, every time; the engine decides whether that starts or joins a run. */
export function useFlatten(door: WindowDoor): (scope: ScopeView) => void {
  const { client, ui } = useDeskParts();
  const clock = useUiClock();
  return useCallback(
    (scope) => {
      const key = scopeKey(scope);
      const count = (ui.getState().presses[key]?.count ?? 0) + 1;
      notePress(ui, key, { at: clock.now(), count, answer: null });
      void client.call('flatten.request', { scope, door }).then((reply) => {
        const last = ui.getState().presses[key];
        // A later press waits for its own answer.
        if (last?.count !== count) return;
        const answer = reply.ok ? { ok: true as const, flattenId: reply.value.flattenId } : reply;
        notePress(ui, key, { ...last, answer });
      });
    },
    [client, clock, door, ui],
  );
}

function notePress(ui: UiStore, key: string, press: Press): void {
  ui.setState(({ presses }) => ({ presses: { ...presses, [key]: press } }));
}
