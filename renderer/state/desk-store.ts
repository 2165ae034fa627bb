import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  AppInfoView,
  DeskView,
  SettingsView,
  ShortcutView,
} from '../../shared/protocol/ipc/views.ts';

/** Whether the mirror shows what the engine said last: `broken` means that its words could not be read. */
export type MirrorState = 'loading' | 'live' | 'catchingUp' | 'broken';

/** The window's mirror of the desk. Only bridge/client.ts writes it. */
export interface DeskState {
  readonly mirror: MirrorState;
  /** Why the mirror is broken, in plain words; empty otherwise. */
  readonly trouble: string;
  /** Null until the first snapshot arrived. */
  readonly view: DeskView | null;
  readonly settings: SettingsView | null;
  readonly info: AppInfoView | null;
  readonly shortcut: ShortcutView | null;
}

export type DeskStore = StoreApi<DeskState>;

/** An empty mirror. */
export function createDeskStore(): DeskStore {
  return createStore<DeskState>(() => ({
    mirror: 'loading',
    trouble: '',
    view: null,
    settings: null,
    info: null,
    shortcut: null,
  }));
}
