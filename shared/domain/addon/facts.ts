import type { EpochMs } from '../../kernel/clock.ts';

/**
 * An AddOn's file held against the one that came with the app: `current` is the same text, `older` an earlier
 * release, `newer` names a later version, `edited` is the text of no release.
 */
export interface PresentAddon {
  readonly state: 'current' | 'older' | 'newer' | 'edited';
  /** What the file says of itself; null when it does not say. */
  readonly version: string | null;
}

/** The AddOn's file in NinjaTrader's folder. */
export type AddonOnDisk =
  { readonly state: 'absent' } | { readonly state: 'unreadable' } | PresentAddon;

/** The AddOn that answered on the bridge: its version, none, or nobody listened for it. */
export type RunningAddon =
  | { readonly seen: 'connected'; readonly version: string }
  | { readonly seen: 'none' }
  | { readonly seen: 'notWatched' };

/** Whether NinjaTrader's own compile took the AddOn in, as far as its files show from outside. */
export type CompileState =
  | { readonly state: 'compiled' }
  /** NinjaTrader compiled after the file was written, and the result does not hold the AddOn. */
  | { readonly state: 'leftOut' }
  /** The file is new; a compile may still come. */
  | { readonly state: 'waiting'; readonly since: EpochMs }
  | { readonly state: 'notCompiled'; readonly since: EpochMs }
  /** There is nothing to compile, or the compiled file cannot be seen. */
  | { readonly state: 'unknown' };

export interface AddonFacts {
  /** Version of the AddOn that came with the app. */
  readonly shipped: string;
  readonly disk: AddonOnDisk;
  readonly running: RunningAddon;
  readonly compile: CompileState;
  /** Other files below NinjaTrader's source folder that define the AddOn's class. */
  readonly duplicates: number;
}
