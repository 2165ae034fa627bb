import type {
  AccountView,
  DeskView,
  FlattenView,
  InstrumentView,
  ScopeView,
} from '../../shared/protocol/ipc/views.ts';
import { covers, scopeKey } from './scope-key.ts';

/** A flatten that is under way; an unresolved one is not, even while armed. */
export type RunningFlatten = FlattenView & {
  readonly state: 'requested' | 'sent' | 'accepted' | 'verifying';
};

const RUNNING: ReadonlySet<string> = new Set<RunningFlatten['state']>([
  'requested',
  'sent',
  'accepted',
  'verifying',
]);

export function isRunning(flatten: FlattenView): flatten is RunningFlatten {
  return RUNNING.has(flatten.state);
}

/** Whether a flatten ended without proof and the trader must act. */
export function isAlarm(flatten: FlattenView): boolean {
  return flatten.state === 'unresolved' || flatten.state === 'refused';
}

export function accountNamed(view: DeskView | null, name: string): AccountView | undefined {
  return view?.accounts.find((account) => account.name === name);
}

export function instrumentNamed(view: DeskView | null, name: string): InstrumentView | undefined {
  return view?.instruments.find((instrument) => instrument.name === name);
}

/** The newest flatten of exactly this scope. */
export function flattenOf(view: DeskView | null, scope: ScopeView): FlattenView | undefined {
  const key = scopeKey(scope);
  return view?.flattens.find((flatten) => scopeKey(flatten.scope) === key);
}

/** A running flatten of a wider scope that includes this one. */
export function widerRun(view: DeskView | null, scope: ScopeView): RunningFlatten | undefined {
  const key = scopeKey(scope);
  return view?.flattens
    .filter(isRunning)
    .find((flatten) => scopeKey(flatten.scope) !== key && covers(flatten.scope, scope));
}

/**
 * Flattens that need the trader, newest first. One whose scope a newer run took over is left out; a run
 * that was only called off took nothing over.
 */
export function alarms(view: DeskView | null): readonly FlattenView[] {
  const flattens = view?.flattens ?? [];
  const tookOver = (newer: FlattenView, older: FlattenView): boolean =>
    newer.state !== 'disarmed' && covers(newer.scope, older.scope);
  return flattens.filter(
    (flatten, place) =>
      isAlarm(flatten) && !flattens.slice(0, place).some((newer) => tookOver(newer, flatten)),
  );
}

/** What is open over all accounts, as reported. */
export interface ExposureCount {
  readonly accounts: number;
  readonly positions: number;
  readonly orders: number;
}

export function exposureCount(accounts: readonly AccountView[]): ExposureCount {
  let open = 0;
  let positions = 0;
  let orders = 0;
  for (const account of accounts) {
    if (account.positions.length + account.orders.length > 0) open += 1;
    positions += account.positions.length;
    orders += account.orders.length;
  }
  return { accounts: open, positions, orders };
}

/** A sum over accounts that says how many it could not include. */
export interface DeskTotal {
  /** Null when nothing was reported, or when the accounts have different currencies. */
  readonly value: number | null;
  readonly currency: string;
  readonly missing: number;
}

export function totalOf(
  accounts: readonly AccountView[],
  figure: 'openProfit' | 'realizedToday',
): DeskTotal {
  const currency = accounts[0]?.currency ?? '';
  const known = accounts.flatMap((account) => account[figure].value ?? []);
  const isOneCurrency = accounts.every((account) => account.currency === currency);
  const canSum = isOneCurrency && known.length > 0;
  return {
    value: canSum ? known.reduce((sum, value) => sum + value, 0) : null,
    currency,
    missing: accounts.length - known.length,
  };
}

/**
 * The instrument the chart follows unless the trader picked one: what is open. It stays on the present one
 * while that is open too, or while nothing is, so that the chart does not jump with every trade.
 */
export function followedInstrument(view: DeskView | null, shown: string | null): string | null {
  const accounts = view?.accounts ?? [];
  const open = [
    ...accounts.flatMap((account) => account.positions),
    ...accounts.flatMap((account) => account.orders),
  ].map(({ instrument }) => instrument);
  const names = view?.instruments.map(({ name }) => name) ?? [];
  const canStay = shown !== null && names.includes(shown);
  if (canStay && (open.length === 0 || open.includes(shown))) return shown;
  return open[0] ?? names[0] ?? null;
}
