import type { Money } from '../../money/money.ts';
import type { AccountBook } from '../book.ts';
import type { RiskEvent, Strike } from '../event.ts';
import { higher, lower, minus, plus } from '../exact.ts';
import type { EndOfDayTrailingRule, IntradayTrailingRule } from '../rule.ts';
import { cash, flag, type Judgement } from '../verdict.ts';
import { balanceAt, type Beginning, type RuleModule, type Scene } from './module.ts';
import { floorReadings, judgeRoom, RECORD_IT } from './room.ts';

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

function start(rule: TrailingRule, { isFresh, peaks }: Beginning): TrailingMemory {
  const known = peaks[rule.id];
  const blank: TrailingMemory = {
    peak: rule.start,
    floor: minus(rule.start, rule.amount),
    isPeakKnown: isFresh || known !== undefined,
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
  memory: TrailingMemory,
  book: AccountBook,
  event: RiskEvent,
): TrailingMemory {
  const locks = rule.lockOn.some(
    ({ on }) =>
      (on === 'payout-request' && event.kind === 'payout-request') ||
      (on === 'first-payout' && event.kind === 'cash' && event.reason === 'payout'),
  );
  const locked =
    locks && rule.cap !== null ? { ...memory, floor: higher(memory.floor, rule.cap) } : memory;
  const heard =
    event.kind === 'broker-floor' && event.floor !== null
      ? fromBroker(rule, locked, event.floor)
      : locked;
  const demand = rule.lockOn.find((trigger) => trigger.on === 'realized');
  const { balance } = book.figures;
  if (demand === undefined || balance === null || heard.isRealized) return heard;
  return { ...heard, isRealized: minus(balance, rule.start) >= demand.profit };
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
  const { floor, peak, isPeakKnown, isMissed } = memory;
  const isLocked = rule.cap !== null && floor >= rule.cap && memory.isRealized;
  const readings = {
    ...floorReadings(figures.equity, floor),
    H: cash(isPeakKnown ? peak : null),
    K: cash(rule.cap),
    locked: flag(isLocked),
    disagreement: cash(brokerFloor === null ? null : minus(brokerFloor, floor)),
  };
  const doubt = !isPeakKnown
    ? 'The peak is not known: the account was taken over mid-cycle. The floor may be higher.'
    : isMissed
      ? `An end-of-day balance was missed, so the floor may be higher. ${RECORD_IT}`
      : '';
  return judgeRoom(
    { level: figures.low, floor, amount: rule.amount, operator: rule.operator },
    { basis: 'equity against the trailing floor', name: 'The trailing floor', readings, doubt },
    scene.ladder,
  );
}
