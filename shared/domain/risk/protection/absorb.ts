import { enteredBy, type SeenFill } from './bypass.ts';
import { isUsable, judgeFigure, passFigure, type FigureSample } from './figure-trust.ts';
import { addLock, loosenLock, newLock, nextSession, type LockEnd } from './lock.ts';
import type { ProtectionEvent } from './protection-event.ts';
import { RULE_LOCK, rulesInForce } from './rule-judging.ts';
import { hearMarket, latestTime, resumeTime, timeAt } from './time-trust.ts';
import type { Turn } from './turn.ts';

/** Fills that are remembered, so that one that is told twice counts once. */
const KEPT_FILLS = 200;

/** Takes one event into the state; what follows from it is found once the whole instant is in. */
export function absorb(turn: Turn, event: ProtectionEvent): void {
  const { state, at } = turn;
  switch (event.kind) {
    case 'resumed':
      return turn.set({ time: resumeTime(state.time, at) });
    case 'market':
      return turn.set({ time: hearMarket(state.time, event.at, at) });
    case 'restored':
      return restore(turn, event);
    case 'deadlines':
      return turn.set({ deadlines: event.deadlines });
    case 'flatten-ended':
      return flattenEnded(turn, event.outcome);
    case 'lock-asked':
      return lockAsked(turn, event);
    case 'unlock-asked':
      return unlockAsked(turn, event);
    case 'fill':
      return fillSeen(turn, event.fill);
    case 'reading':
      return readingHeard(turn, event);
  }
}

/** Lets the figures age before anything new is heard. */
export function passTime(turn: Turn): void {
  const { state, settings, at } = turn;
  turn.set({
    figure: passFigure(state.figure, settings.figure, at.mono),
    brokerRoom: passFigure(state.brokerRoom, settings.figure, at.mono),
  });
}

type Event<K extends ProtectionEvent['kind']> = Extract<ProtectionEvent, { kind: K }>;

/** Locks that were made or known before stay beside the restored ones. */
function restore(turn: Turn, { book, isKept }: Event<'restored'>): void {
  const before = turn.state.book;
  const joined = before.locks.reduce(addLock, book);
  const isNews = joined !== book || before.counter > book.counter;
  const counter = isNews ? Math.max(joined.counter, before.counter + 1) : book.counter;
  const keptCounter = isKept ? book.counter : -1;
  turn.set({ isRestored: true, book: { ...joined, counter }, keptCounter });
  turn.baseline = { locks: joined.locks, isTold: false };
}

/** A proof of flat is newer than any position that was read before it. */
function flattenEnded(turn: Turn, outcome: 'proven' | 'unproven'): void {
  if (outcome === 'proven') {
    return turn.set({ flatten: { kind: 'none' }, positions: [], reductions: {} });
  }
  if (turn.state.flatten.kind !== 'asked') return;
  turn.set({ flatten: { kind: 'failed', at: turn.at.mono } });
}

function lockAsked(turn: Turn, { reason, until }: Event<'lock-asked'>): void {
  const { state, at } = turn;
  const end: LockEnd = until === null ? nextSession(state.session) : { kind: 'instant', at: until };
  const lock = newLock(state.account, latestTime(state.time, at), {
    id: 'trader',
    origin: 'trader',
    reason,
    end,
    keepsFlat: false,
    mayLoosen: true,
  });
  turn.set({ book: addLock(state.book, lock) });
}

function unlockAsked(turn: Turn, { lock, reason }: Event<'unlock-asked'>): void {
  const { state } = turn;
  // Where the next session begins hangs on the clock, so a clock that was moved must not bring it nearer.
  const isSure = state.time.isConfirmed && timeAt(state.time, turn.at).kind === 'trusted';
  if (!isSure) return turn.tell({ kind: 'unlock-refused', lock, reason, code: 'CLOCK_SUSPECT' });
  const wish = { id: lock, reason, at: latestTime(state.time, turn.at) };
  const isCauseGone = isRuleMended(turn, lock);
  const loosened = loosenLock(state.book, { ...wish, isCauseGone }, state.session);
  if (!loosened.ok) {
    return turn.tell({ kind: 'unlock-refused', lock, reason, code: loosened.error.code });
  }
  turn.set({ book: loosened.value });
  turn.tell({ kind: 'unlock-accepted', lock, reason });
}

/** The rule of a lock is judged by a good figure, and is not broken any more. */
function isRuleMended({ state }: Turn, lock: string): boolean {
  const rules = isUsable(state.figure) ? rulesInForce(state) : null;
  if (rules === null || rules.length === 0 || !lock.startsWith(RULE_LOCK)) return false;
  const broken = rules.find(({ rule }) => `${RULE_LOCK}${rule}` === lock);
  return broken === undefined || (broken.severity !== 'breach' && broken.severity !== 'unknown');
}

/** Only what opens or adds while locked is an attempt, and a fill of an order from before the lock is none. */
function fillSeen(turn: Turn, fill: SeenFill): void {
  const { state } = turn;
  if (state.fills.includes(fill.id)) return;
  turn.set({ fills: [...state.fills, fill.id].slice(-KEPT_FILLS) });
  const entered = enteredBy(fill);
  if (entered === 0 || state.book.locks.length === 0) return;
  const order = state.known[fill.orderId];
  if (order !== undefined && !order.isWhileLocked) {
    return turn.tell({ kind: 'late-fill', fill: fill.id, entered });
  }
  const isCounted = order?.first === 'entry';
  const attempts = state.attempts + (isCounted ? 0 : 1);
  turn.set({ attempts });
  turn.tell({ kind: 'bypass-fill', fill: fill.id, entered, attempts });
}

function readingHeard(turn: Turn, { reading, rules }: Event<'reading'>): void {
  const { state, settings, at } = turn;
  const { equity, second, isConnected, positions, orders, brokerRoom } = reading;
  const sample: FigureSample = { figure: equity, second, isConnected, positions };
  const floorSample: FigureSample = { figure: brokerRoom, second: null, isConnected, positions };
  const floorPolicy = { ...settings.figure, isZeroNormal: false };
  turn.set({
    figure: judgeFigure(state.figure, sample, settings.figure, at.mono),
    brokerRoom: judgeFigure(state.brokerRoom, floorSample, floorPolicy, at.mono),
    // A lost connection tells nothing of what is open.
    positions: isConnected ? positions : null,
    orders: isConnected ? orders : state.orders,
    heard: { rules, day: state.session.day },
  });
}
