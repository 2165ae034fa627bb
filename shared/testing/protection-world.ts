import type { EpochMs, MonoMs } from '../kernel/clock.ts';
import type { AccountName } from '../domain/account/account.ts';
import type { Stamp } from '../domain/desk/fact.ts';
import type { InstrumentName } from '../domain/instrument/instrument.ts';
import { money, type Money } from '../domain/money/money.ts';
import type {
  AccountReading,
  LiveOrder,
  OpenPosition,
  RuleSummary,
  SizeCap,
} from '../domain/risk/protection/account-reading.ts';
import { contractWeights } from '../domain/risk/lots.ts';
import { NO_LOCKS } from '../domain/risk/protection/lock.ts';
import type {
  ProtectionAction,
  ProtectionNotice,
  ProtectionOutcome,
} from '../domain/risk/protection/outcome.ts';
import { protect } from '../domain/risk/protection/protect.ts';
import type { ProtectionEvent } from '../domain/risk/protection/protection-event.ts';
import {
  startProtection,
  type ProtectionState,
} from '../domain/risk/protection/protection-state.ts';
import type { SessionFacts } from '../domain/risk/protection/session-facts.ts';
import {
  PROTECTION_DEFAULTS,
  type ProtectionSettings,
} from '../domain/risk/protection/settings.ts';
import { calendarTime } from '../domain/risk/protection/time-trust.ts';
import { LOT, type Lots } from '../domain/risk/rule-parts.ts';
import type { TradingDay } from '../domain/session/trading-day.ts';

export const ACCOUNT = 'Sim101' as AccountName;
export const ES = 'ES 12-26' as InstrumentName;
export const NQ = 'NQ 12-26' as InstrumentName;
const DAY_MS = 86_400_000;

/** Where the wall clock and the monotonic clock of these tests begin. */
export const WALL = Date.UTC(2026, 10, 18, 15) as EpochMs;
const MONO = 1_000_000;

/** Equity 50,000 with a firm's room of 2,000: at a share of 70 % the own limit is 1,400 before the reserve. */
export const START_EQUITY = 50_000;
const ROOM = 2_000;

export function usd(amount: number): Money {
  return money(Math.round(amount * 10_000));
}

/** Both clocks `ms` after the beginning; the wall clock may have been moved. */
export function stamp(ms: number, wallMoved = 0): Stamp {
  return { wall: (WALL + ms + wallMoved) as EpochMs, mono: (MONO + ms) as MonoMs };
}

/** Sessions that open at 23:00 UTC on the eve of their day. */
export function sessionAt(at: EpochMs): SessionFacts {
  const day = Math.floor((at + 3_600_000) / DAY_MS);
  return {
    day: new Date(day * DAY_MS).toISOString().slice(0, 10) as TradingDay,
    opensNext: ((day + 1) * DAY_MS - 3_600_000) as EpochMs,
  };
}

export function position(quantity: number, change: Partial<OpenPosition> = {}): OpenPosition {
  const known = { tickValue: usd(12.5), adverseTicks: 8 };
  const instrument = change.instrument ?? ES;
  return { instrument, root: rootOf(instrument), quantity, ...known, ...change };
}

export function order(id: string, quantity: number, instrument = ES, oco = ''): LiveOrder {
  return { id, instrument, root: rootOf(instrument), quantity, oco };
}

function rootOf(instrument: InstrumentName): string {
  return instrument.split(' ')[0] ?? instrument;
}

export function protectionSettings(change: Partial<ProtectionSettings> = {}): ProtectionSettings {
  return {
    ...PROTECTION_DEFAULTS,
    standing: {
      level: 'protect',
      mode: 'test',
      accountKind: 'simulation',
      isLiveEnabled: false,
      automation: 'allowed',
      insists: false,
    },
    ...change,
  };
}

/** A trailing floor with `left` dollars of its 2,000; null is unknown. */
export function floorRule(left: number | null, change: Partial<RuleSummary> = {}): RuleSummary {
  return {
    rule: 'trailing',
    effect: 'hard',
    severity: left === null ? 'unknown' : left <= 0 ? 'breach' : 'ok',
    isRoom: true,
    isBrokerFloor: true,
    limit: left === null ? null : usd(ROOM),
    left: left === null ? null : usd(left),
    closesEntries: false,
    until: null,
    excess: [],
    cap: null,
    ...change,
  };
}

/** So many minis, ten micros to one. */
export function sizeCap(minis: number): SizeCap {
  return { most: (minis * LOT) as Lots, weights: contractWeights(10, {}) };
}

/** A cap that the account is over or would be with everything filled. */
export function capRule(minis: number, change: Partial<RuleSummary> = {}): RuleSummary {
  const { rule, effect } = { rule: 'contracts', effect: 'refuse' } as const;
  const shape = { severity: 'breach', isRoom: false, isBrokerFloor: false } as const;
  return {
    ...floorRule(null),
    rule,
    effect,
    ...shape,
    closesEntries: true,
    cap: sizeCap(minis),
    ...change,
  };
}

/** What a reading says; dollars, null is unknown. */
export interface Said {
  readonly equity?: number | null;
  /** The desk's own computation, independent of the broker's figure. */
  readonly second?: number | null;
  readonly brokerRoom?: number | null;
  readonly isConnected?: boolean;
  readonly positions?: readonly OpenPosition[] | null;
  readonly orders?: readonly LiveOrder[];
  readonly rules?: readonly RuleSummary[];
}

/** A reading whose rules follow from its equity, heard `ms` after the beginning. */
export function readingAt(ms: number, said: Said): ProtectionEvent {
  const { equity = START_EQUITY, positions = [], orders = [] } = said;
  const figure = (value: number | null) => ({
    value: value === null ? null : usd(value),
    heardAt: stamp(ms).mono,
  });
  const left = equity === null ? null : ROOM - (START_EQUITY - equity);
  const reading: AccountReading = {
    isConnected: said.isConnected ?? true,
    equity: figure(equity),
    balance: figure(equity),
    open: figure(0),
    second: { ...figure(said.second ?? null), isIndependent: true },
    brokerRoom: figure(said.brokerRoom ?? null),
    positions,
    orders,
  };
  return { kind: 'reading', reading, rules: said.rules ?? [floorRule(left)] };
}

/** One protected account with everything that has come of it. */
export class ProtectedAccount {
  state: ProtectionState;
  outcome: ProtectionOutcome | null = null;
  readonly actions: ProtectionAction[] = [];
  readonly notices: ProtectionNotice[] = [];
  settings: ProtectionSettings;
  /** How far the PC's clock was moved, in milliseconds. */
  wallMoved = 0;

  constructor(settings: ProtectionSettings = protectionSettings()) {
    this.settings = settings;
    this.state = startProtection(ACCOUNT, null, stamp(0));
  }

  /** Takes events in and gives the kinds of the actions that came of them. */
  at(ms: number, ...events: readonly ProtectionEvent[]): readonly string[] {
    const at = stamp(ms, this.wallMoved);
    const input = { at, session: sessionAt(calendarTime(this.state, at)), events };
    const outcome = protect(this.state, input, this.settings);
    this.outcome = outcome;
    this.state = outcome.state;
    this.actions.push(...outcome.actions);
    this.notices.push(...outcome.notices);
    return outcome.actions.map(({ kind }) => kind);
  }

  read(ms: number, said: Said): readonly string[] {
    return this.at(ms, readingAt(ms, said));
  }

  /** Restored without locks, with a first figure that has stood long enough, until 300 ms. */
  settle(said: Said = {}): this {
    this.at(0, { kind: 'restored', book: NO_LOCKS, isKept: true }, readingAt(0, said));
    this.read(300, said);
    return this;
  }

  count(kind: ProtectionAction['kind']): number {
    return this.actions.filter((action) => action.kind === kind).length;
  }
}
