import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { history, levels, play, type Instant } from '../../../testing/protection-histories.ts';
import {
  floorRule,
  position,
  protectionSettings,
  readingAt,
  sessionAt,
  stamp,
  WALL,
} from '../../../testing/protection-world.ts';
import { classOf, holdingOf } from './bypass.ts';
import { keptOf, protectionStateFrom } from './kept-protection.ts';
import type { Lock } from './lock.ts';
import type { ProtectionAction } from './outcome.ts';
import { protect } from './protect.ts';
import type { ProtectionInput } from './protection-event.ts';
import type { ProtectionState } from './protection-state.ts';
import { calendarTime } from './time-trust.ts';

describe('in every reachable state', () => {
  it('no reducing order is cancelled while its position is open, and no exit is asked to wait', () => {
    fc.assert(
      fc.property(history, levels, (steps, by) => {
        for (const { outcome } of play(steps, by)) {
          const { state, actions } = outcome;
          for (const action of actions) expect(isHarmless(action, state)).toBe(true);
        }
      }),
    );
  });

  it('a lock goes only by its own end, or comes to an earlier one only by a permitted wish', () => {
    fc.assert(
      fc.property(history, levels, (steps, by) => {
        for (const { before, input, outcome } of play(steps, by)) {
          for (const lock of before.book.locks) {
            const after = outcome.state.book.locks.find(({ id }) => id === lock.id);
            if (after === undefined) expect(hasPassed(lock, input)).toBe(true);
            else if (isEarlier(after, lock)) expect(isWished(lock, input)).toBe(true);
          }
        }
      }),
    );
  });

  it('the counter of the locks rises with every change and is given out to be kept', () => {
    fc.assert(
      fc.property(history, levels, (steps, by) => {
        for (const { before, outcome } of play(steps, by).slice(1)) {
          const isChanged =
            JSON.stringify(before.book.locks) !== JSON.stringify(outcome.state.book.locks);
          const kept = outcome.actions.filter(({ kind }) => kind === 'keep-locks');
          expect(outcome.state.book.counter > before.book.counter).toBe(kept.length === 1);
          if (isChanged) expect(kept).toHaveLength(1);
        }
      }),
    );
  });

  it('a flatten of the account is asked for once until it has ended', () => {
    fc.assert(
      fc.property(history, (steps) => {
        let isAsked = false;
        for (const { input, outcome, isStart } of play(steps)) {
          if (isStart || input.events.some(({ kind }) => kind === 'flatten-ended')) isAsked = false;
          const asked = outcome.actions.filter(isAccountFlatten).length;
          expect(asked).toBeLessThanOrEqual(isAsked ? 0 : 1);
          isAsked ||= asked > 0;
        }
      }),
    );
  });

  it('at the level observe nothing is done', () => {
    const observe = protectionSettings();
    const by = { ...observe, standing: { ...observe.standing, level: 'observe' as const } };
    const isOwn = ({ kind }: ProtectionAction) =>
      ['flatten', 'cancel-entries', 'reduce-excess'].includes(kind);
    fc.assert(
      fc.property(history, (steps) => {
        expect(play(steps, by).flatMap(({ outcome }) => outcome.actions.filter(isOwn))).toEqual([]);
      }),
    );
  });

  it('the wake-up time lies ahead', () => {
    fc.assert(
      fc.property(history, levels, (steps, by) => {
        for (const { input, outcome } of play(steps, by)) {
          if (outcome.wakeAt !== null) expect(outcome.wakeAt).toBeGreaterThan(input.at.mono);
        }
      }),
    );
  });

  it('nothing changes by time alone before the wake-up time', () => {
    fc.assert(
      fc.property(
        history,
        levels,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (steps, by, part) => {
          const last = play(steps.map(inTime), by).at(-1)!;
          const { state, wakeAt } = last.outcome;
          const ahead =
            wakeAt === null ? 20_000 : Math.min(20_000, wakeAt - last.input.at.mono - 1);
          const at = stamp(last.ms + Math.floor(ahead * part));
          const input = { at, session: sessionAt(calendarTime(state, at)), events: [] };
          const { actions, figure, gate } = protect(state, input, by);
          expect({ actions, figure, gate }).toEqual({
            actions: [],
            figure: last.outcome.figure,
            gate: last.outcome.gate,
          });
        },
      ),
    );
  });
});

describe('the same history', () => {
  it('gives the same bytes again, also through text', () => {
    fc.assert(
      fc.property(history, levels, (steps, by) => {
        const moments = play(steps, by);
        let state = moments[0]!.before;
        for (const { before, input, outcome, isStart } of moments) {
          if (isStart) state = before;
          const again = protect(JSON.parse(JSON.stringify(state)) as ProtectionState, input, by);
          expect(JSON.stringify(again)).toBe(JSON.stringify(outcome));
          ({ state } = again);
        }
      }),
    );
  });

  it('gives the same in whatever order the events of an instant arrived', () => {
    fc.assert(
      fc.property(history, levels, (steps, by) => {
        for (const { before, input, outcome } of play(steps, by)) {
          const turned = { ...input, events: input.events.toReversed() };
          expect(protect(before, turned, by)).toEqual(outcome);
        }
      }),
    );
  });

  it('is kept and read back whole at every moment', () => {
    fc.assert(
      fc.property(history, levels, (steps, by) => {
        for (const { input, outcome } of play(steps, by)) {
          const kept = keptOf(outcome.state, input.at);
          const read = protectionStateFrom(JSON.parse(JSON.stringify(kept)), input.at);
          expect(read.ok && keptOf(read.value, input.at)).toEqual(kept);
        }
      }),
    );
  });
});

describe('a breach that stands', () => {
  it('is acted on within 250 ms, whatever was said before', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const last = play(steps).at(-1)!;
        let { state } = last.outcome;
        const actions: ProtectionAction[] = [];
        for (let late = 1; late <= 251; late += 25) {
          const ms = last.ms + late;
          const at = stamp(ms);
          const breach = { equity: 47_000, positions: [position(2)], rules: [floorRule(-1_000)] };
          const session = sessionAt(calendarTime(state, at));
          const input = { at, session, events: [readingAt(ms, breach)] };
          const outcome = protect(state, input, protectionSettings());
          actions.push(...outcome.actions);
          ({ state } = outcome);
        }
        const isOnTheWay = last.outcome.state.flatten.kind !== 'none';
        expect(isOnTheWay || actions.some(isAccountFlatten)).toBe(true);
        expect(state.book.locks.some(({ id }) => id === 'rule:trailing')).toBe(true);
      }),
    );
  });
});

/** A clock that is put right within an instant changes the day that the instant was told. */
function inTime(one: Instant): Instant {
  return { ...one, wallMoved: 0 };
}

function isAccountFlatten(action: ProtectionAction): boolean {
  return action.kind === 'flatten' && action.instruments === null;
}

/** Cancels only what would open or add, and closes only what is held, never more. */
function isHarmless(action: ProtectionAction, { positions, orders }: ProtectionState): boolean {
  if (positions === null)
    return action.kind !== 'cancel-entries' && action.kind !== 'reduce-excess';
  const held = holdingOf(positions);
  if (action.kind === 'cancel-entries') {
    return action.orders.every((id) => {
      const found = orders.find((one) => one.id === id);
      return found !== undefined && classOf(found, held[found.instrument] ?? 0) === 'entry';
    });
  }
  if (action.kind !== 'reduce-excess') return true;
  const quantity = held[action.instrument] ?? 0;
  const isSameSide = action.keep === 0 || Math.sign(action.keep) === Math.sign(quantity);
  return isSameSide && Math.abs(action.keep) < Math.abs(quantity);
}

/** By both the true time of the test and the instant that the lock names. */
function hasPassed({ end }: Lock, { at }: ProtectionInput): boolean {
  const truth = WALL + (at.mono - stamp(0).mono);
  if (end.kind === 'open') return false;
  const instantOf = end.kind === 'instant' ? end.at : end.opensAt;
  return instantOf !== null && truth >= instantOf - 120_000;
}

function isEarlier(after: Lock, before: Lock): boolean {
  return after.loosening !== null && before.loosening === null;
}

function isWished({ id }: Lock, { events }: ProtectionInput): boolean {
  return events.some((event) => event.kind === 'unlock-asked' && event.lock === id);
}
