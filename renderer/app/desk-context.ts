import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { DeskClient } from '../bridge/client.ts';
import type { DeskState, DeskStore } from '../state/desk-store.ts';
import type { HistoryState, HistoryStore } from '../state/history-store.ts';
import type { UiState, UiStore } from '../state/ui-store.ts';

export interface DeskParts {
  readonly client: DeskClient;
  readonly desk: DeskStore;
  readonly ui: UiStore;
  readonly history: HistoryStore;
}

const DeskContext = createContext<DeskParts | null>(null);
export const DeskProvider = DeskContext.Provider;

/** The client and the stores. */
export function useDeskParts(): DeskParts {
  const parts = use(DeskContext);
  if (parts === null) throw new Error('No desk above this component.');
  return parts;
}

/** A piece of the mirror; the selector must return the same object while that piece is unchanged. */
export function useDesk<T>(select: (state: DeskState) => T): T {
  return useStore(useDeskParts().desk, select);
}

/** A piece of the window's own state. */
export function useUi<T>(select: (state: UiState) => T): T {
  return useStore(useDeskParts().ui, select);
}

/** A piece of what this window has seen since it was opened. */
export function useHistory<T>(select: (state: HistoryState) => T): T {
  return useStore(useDeskParts().history, select);
}
