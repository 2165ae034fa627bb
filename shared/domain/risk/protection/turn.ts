import type { Stamp } from '../../desk/fact.ts';
import type { LockBaseline } from './lock-changes.ts';
import type { ProtectionAction, ProtectionNotice, WithheldAction } from './outcome.ts';
import { permissionOf, type Permission } from './permission.ts';
import type { ProtectionState } from './protection-state.ts';
import type { ProtectionSettings } from './settings.ts';

/** One instant's work: the state as it changes, and what comes of it. It never leaves its call of `protect`. */
export class Turn {
  state: ProtectionState;
  readonly settings: ProtectionSettings;
  readonly at: Stamp;
  readonly permission: Permission;
  readonly actions: ProtectionAction[] = [];
  readonly notices: ProtectionNotice[] = [];
  /** Why everything in the account is to be closed, in the order in which it was found. */
  readonly causes: string[] = [];
  /** The locks that this instant found, and whether the other side was told of them. */
  baseline: LockBaseline;
  private readonly standing = new Set<string>();

  constructor(state: ProtectionState, settings: ProtectionSettings, at: Stamp) {
    this.state = state;
    this.settings = settings;
    this.at = at;
    this.baseline = { locks: state.book.locks, isTold: true };
    this.permission = permissionOf(settings.standing);
  }

  set(change: Partial<ProtectionState>): void {
    this.state = { ...this.state, ...change };
  }

  act(action: ProtectionAction): void {
    this.actions.push(action);
  }

  tell(notice: ProtectionNotice): void {
    this.notices.push(notice);
  }

  /** Tells of a condition when it begins, and again only after it has ended. */
  tellOnce(key: string, notice: ProtectionNotice): void {
    if (!this.standing.has(key) && !this.state.told.includes(key)) this.tell(notice);
    this.standing.add(key);
  }

  /** Tells what the desk would have done and why it does not. */
  withhold(action: WithheldAction, cause: string): void {
    const { reasons } = this.permission;
    this.tellOnce(`withheld ${action} ${cause}`, { kind: 'withheld', action, cause, reasons });
  }

  /** Forgets the conditions that this instant did not find any more. */
  close(): void {
    this.set({ told: [...this.standing].sort() });
  }
}
