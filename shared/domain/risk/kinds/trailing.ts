import type { EpochMs } from '../../../kernel/clock.ts';
import type { Money } from '../../money/money.ts';
import type { AccountBook } from '../book.ts';
import type { RiskEvent, Strike } from '../event.ts';
import { higher, lower, minus, plus } from '../exact.ts';
import type { EndOfDayTrailingRule, IntradayTrailingRule } from '../rule.ts';
import { cash, flag, type Judgement } from '../verdict.ts';
import { balanceAt, type Beginning, type RuleModule, type Scene } from './module.ts';
import { floorReadings, isBelow, judgeRoom, RECORD_IT } from './room.ts';

type TrailingRule = IntradayTrailingRule | EndOfDayTrailingRule;

export interface TrailingMemory {
  /** The highest value that counted; a lower bound while `isPeakKnown` is false. */
  readonly peak: Money;
  readonly floor: Money;
  readonly isPeakKnown: boolean;
  /** A snapshot passed without a balance, so the floor may be too low. */
  readonly isMissed: boolean;
  /** The realized profit that a lock demands was once reached. */
  readonly isRealized: boolean;
  /** The floor before a payout that was only assumed raised it to the cap, and when; absent without. */
  readonly raisedBy?: { readonly movedAt: EpochMs; readonly floor: Money };
}

/** H follows equity (or balance) at every event; F = max(F, min(K, H − D)). */
export const intradayTrailing: RuleModule<IntradayTrailingRule, TrailingMemory> = {
  start,
  follow(rule, memory, book, event) {
    const followed = followEvents(rule, memory, book, event);
    const { figures } = book;
    const level = rule.peakBasis === 'equity' ? figures.high : figures.balance;
    return level === null || figures.quality === 'stale' ? followed : raised(rule, followed, level);
  },
  judge: judgeTrailing,
};

/** H follows the balance at the snapshots alone; the floor in force is tested against live equity. */
export const endOfDayTrailing: RuleModule<EndOfDayTrailingRule, TrailingMemory> = {
  start,
  snap(rule, memory, book, strike: Strike) {
    const balance = balanceAt(book, strike);
    return balance === null ? { ...memory, isMissed: true } : raised(rule, memory, balance);
  },
  follow(rule, memory, book, event) {
    const followed = followEvents(rule, memory, book, event);
    return event.kind === 'snapshot-report'
      ? { ...raised(rule, followed, event.balance), isMissed: false }
      : followed;
  },
  judge: judgeTrailing,
};

function start(rule: TrailingRule, { isFresh, isUnderway, peaks }: Beginning): TrailingMemory {
  const known = peaks[rule.id];
  const isUnseen = isUnderway === true && rule.kind === 'intraday-trailing';
  const blank: TrailingMemory = {
    peak: rule.start,
    floor: minus(rule.start, rule.amount),
    isPeakKnown: (isFresh && !isUnseen) || known !== undefined,
    isMissed: false,
    isRealized: !rule.lockOn.some(({ on }) => on === 'realized'),
  };
  return known === undefined ? blank : raised(rule, blank, known);
}

function raised(rule: TrailingRule, memory: TrailingMemory, level: Money): TrailingMemory {
  const peak = higher(memory.peak, level);
  const formula = minus(peak, rule.amount);
  const capped = rule.cap === null ? formula : lower(rule.cap, formula);
  return { ...memory, peak, floor: higher(memory.floor, capped) };
}

function followEvents(
  rule: TrailingRule,
  before: TrailingMemory,
  book: AccountBook,
  event: RiskEvent,
): TrailingMemory {
  const locked = lockedBy(rule, unraised(rule, before, event), event);
  const heard = told(rule, locked, event);
  const demand = rule.lockOn.find((trigger) => trigger.on === 'realized');
  const { balance } = book.figures;
  if (demand === undefined || balance === null || heard.isRealized) return heard;
  return { ...heard, isRealized: minus(balance, rule.start) >= demand.profit };
}

/** What the broker or the trader says of the peak. */
function told(rule: TrailingRule, memory: TrailingMemory, event: RiskEvent): TrailingMemory {
  if (event.kind === 'peak-told') return { ...raised(rule, memory, event.peak), isPeakKnown: true };
  if (event.kind !== 'broker-floor' || event.floor === null) return memory;
  return fromBroker(rule, memory, event.floor);
}

/** A payout, or the request for one, may raise the floor to where it stops. */
function lockedBy(rule: TrailingRule, memory: TrailingMemory, event: RiskEvent): TrailingMemory {
  const isPayout =
    (event.kind === 'cash' || event.kind === 'cash-named') && event.reason === 'payout';
  const locks = rule.lockOn.some(
    ({ on }) =>
      (on === 'payout-request' && event.kind === 'payout-request') ||
      (on === 'first-payout' && isPayout),
  );
  const floor = rule.cap;
  if (!locks || floor === null) return memory;
  const { raisedBy, ...rest } = memory;
  if (memory.floor >= floor) return raisedBy === undefined ? memory : rest;
  if (event.kind !== 'cash' || event.isAssumed !== true) return { ...rest, floor };
  return { ...rest, floor, raisedBy: { movedAt: event.at, floor: memory.floor } };
}

/** The payout that raised the floor has another name now, or was none: the floor is what the peak makes it. */
function unraised(rule: TrailingRule, memory: TrailingMemory, event: RiskEvent): TrailingMemory {
  if (event.kind !== 'cash-named' && event.kind !== 'cash-withdrawn') return memory;
  const { raisedBy, ...rest } = memory;
  if (raisedBy?.movedAt !== event.movedAt) return memory;
  const isPayout = event.kind === 'cash-named' && event.reason === 'payout';
  return isPayout ? rest : { ...rest, floor: certainFloor(rule, memory) };
}

/**
 * The broker's floor names the peak; of two floors the tighter counts. One below the lowest floor that is possible is of
 * another rule, or of a broker that does not know this one, and settles no doubt.
 */
function fromBroker(rule: TrailingRule, memory: TrailingMemory, floor: Money): TrailingMemory {
  if (floor < memory.floor) return memory;
  return {
    ...memory,
    peak: higher(memory.peak, plus(floor, rule.amount)),
    floor: higher(memory.floor, floor),
    isPeakKnown: true,
    isMissed: false,
  };
}

function judgeTrailing(rule: TrailingRule, memory: TrailingMemory, scene: Scene): Judgement {
  const { figures, brokerFloor } = scene.book;
  const { floor, peak, isPeakKnown } = memory;
  const isLocked = rule.cap !== null && floor >= rule.cap && memory.isRealized;
  const readings = {
    ...floorReadings(figures.equity, floor),
    H: cash(isPeakKnown ? peak : null),
    K: cash(rule.cap),
    locked: flag(isLocked),
    disagreement: cash(brokerFloor === null ? null : minus(brokerFloor, floor)),
  };
  const certain = certainFloor(rule, memory);
  const { low } = figures;
  const { amount, operator } = rule;
  const isBelowRaised = low !== null && certain < floor && isBelow(minus(low, floor), operator);
  const tested = isBelowRaised ? certain : floor;
  const doubt = isBelowRaised ? RAISED_IN_DOUBT : doubtOf(memory);
  return judgeRoom(
    { level: low, floor: tested, amount, operator },
    { basis: 'equity against the trailing floor', name: 'The trailing floor', readings, doubt },
    scene.ladder,
  );
}

const RAISED_IN_DOUBT =
  'The floor was raised by a payout that nobody has confirmed. Record it as a payout, or as was-trading.';

function doubtOf({ isPeakKnown, isMissed }: TrailingMemory): string {
  if (!isPeakKnown) {
    return 'The peak is not known: the account was taken over mid-cycle. The floor may be higher.';
  }
  return isMissed
    ? `An end-of-day balance was missed, so the floor may be higher. ${RECORD_IT}`
    : '';
}

/** The floor without a payout that is only assumed: no account is declared lost by an assumption. */
function certainFloor(rule: TrailingRule, memory: TrailingMemory): Money {
  // Every event asks, and hardly any account has such a payout.
  if (memory.raisedBy === undefined) return memory.floor;
  const { raisedBy, ...rest } = memory;
  return raised(rule, { ...rest, floor: raisedBy.floor }, rest.peak).floor;
}
