import { CHICAGO, NEW_YORK, type Zone } from './zone.ts';

/**
 * Products with one and the same row in the exchange's table. Gold and micro gold keep the same hours in fact; the
 * table that this project is checked against lists them apart, and silver, copper and the two bitcoins likewise.
 */
export type ScheduleId =
  | 'equity'
  | 'fx'
  | 'rates'
  | 'energy'
  | 'gold'
  | 'micro-gold'
  | 'copper'
  | 'bitcoin'
  | 'micro-bitcoin';

/** A schedule's ordinary day, on the wall clock of its zone. */
export interface Schedule {
  readonly id: ScheduleId;
  readonly zone: Zone;
  /** Opening to closing, in the notation of hours.ts. */
  readonly regular: string;
}

const eastern = { zone: NEW_YORK, regular: '18:00-17:00' };
/** The same instants as `eastern`; exchange notices of these products speak Chicago time. */
const central = { zone: CHICAGO, regular: '17:00-16:00' };

const SCHEDULES: Readonly<Record<ScheduleId, Omit<Schedule, 'id'>>> = {
  equity: eastern,
  fx: central,
  rates: central,
  energy: eastern,
  gold: eastern,
  'micro-gold': eastern,
  copper: eastern,
  bitcoin: central,
  'micro-bitcoin': central,
};

const ROOTS: Readonly<Record<ScheduleId, readonly string[]>> = {
  equity: ['ES', 'MES', 'NQ', 'MNQ', 'RTY', 'M2K', 'YM', 'MYM'],
  fx: ['6A', '6B', '6E', '6J', 'M6E'],
  rates: ['ZB', 'ZF', 'ZN'],
  energy: ['CL', 'MCL', 'NG'],
  gold: ['GC', 'SI'],
  'micro-gold': ['MGC'],
  copper: ['HG'],
  bitcoin: ['BTC'],
  'micro-bitcoin': ['MBT'],
};

export const scheduleIds = Object.keys(ROOTS) as readonly ScheduleId[];

const byRoot = new Map(
  scheduleIds.flatMap((id) => ROOTS[id].map((root) => [root, scheduleNamed(id)] as const)),
);

/** Every root symbol whose hours are known. */
export const calendarRoots: readonly string[] = [...byRoot.keys()];

export function scheduleNamed(id: ScheduleId): Schedule {
  return { id, ...SCHEDULES[id] };
}

/** The schedule of a root symbol, for example `ES`; null for a product whose hours are not known here. */
export function scheduleOf(root: string): Schedule | null {
  return byRoot.get(root) ?? null;
}
