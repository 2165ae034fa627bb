import type { Result } from '../../shared/kernel/result.ts';
import type { FlattenTicket } from '../../shared/protocol/ipc/contract.ts';
import type { FlattenDoor } from '../../shared/domain/flatten/record.ts';
import type { RiskDoor } from '../engine/ports.ts';
import type {
  AppInfoView,
  ChartView,
  DeskPatch,
  DeskView,
  ProofView,
  ScopeView,
  SettingsView,
  ShortcutView,
} from '../../shared/protocol/ipc/views.ts';

/** What window, tray and shortcut need of the engine; every call is synchronous. */
export interface DeskPort {
  view(): DeskView;
  /** Returns the function that ends the subscription. */
  onPatch(listener: (patch: DeskPatch) => void): () => void;
  flatten(scope: ScopeView, door: FlattenDoor): FlattenTicket;
  disarm(flattenId: string): boolean;
  proof(flattenId: string): ProofView | null;
  chart(instrument: string): ChartView;
  readonly risk: RiskDoor;
}

/** A change as the window asks for it; absent and undefined both leave the setting as it is. */
export type SettingsChange = { readonly [K in keyof SettingsView]?: SettingsView[K] | undefined };

export interface SettingsPort {
  read(): SettingsView;
  /** Answers with the settings in force after the change. */
  change(change: SettingsChange): SettingsView;
}

export interface ShortcutPort {
  readonly view: ShortcutView;
  use(accelerator: string | null): ShortcutView;
}

/** A file that the trader chose. */
export interface PickedFile {
  readonly name: string;
  readonly text: string;
}

export interface TextFilePort {
  /** Null when none was chosen; the error is one sentence. */
  pick(title: string): Promise<Result<PickedFile | null, string>>;
}

export type AboutApp = Omit<AppInfoView, 'shortcut'>;
