import { describe, expect, it } from 'vitest';
import type { MonoMs } from '../../shared/kernel/clock.ts';
import { FakeClock } from '../../shared/testing/fake-clock.ts';
import { SeqIds } from '../../shared/testing/seq-ids.ts';
import { FloodPump } from './flood-pump.ts';
import { assemblePlatform } from './platform-assembly.ts';
import { parseOptions } from './simulator-options.ts';
import { WireSession } from './wire-session.ts';

const RATE = 2_000;
const TURN_MS = 1;
/** What one step of the market can tell at most; a step is never cut in two. */
const ONE_STEP = 60;
/** Longest stall that is made up for in full. */
const DEBT_MS = 100;
/** Bytes at which a flood of as many as go waits for the socket. */
const FULL_BYTES = 229_376;

/** A flood whose clock, socket and session are in the test's hands. */
class Flood {
  readonly clock = new FakeClock();
  readonly platform: ReturnType<typeof platformAt>;
  readonly pump: FloodPump;
  session: WireSession | null = null;
  /** Bytes written and not yet taken by the socket. */
  backlog = 0;
  #stalledMs = 0;

  constructor(rate: number | 'max') {
    this.platform = platformAt(this.clock.wall());
    const { clock } = this;
    this.pump = new FloodPump({
      platform: this.platform,
      world: {
        wall: () => clock.wall(),
        mono: () => (clock.mono() + this.#stalledMs) as MonoMs,
        // A turn of the process takes time, or a fake clock would never get past this moment.
        after: (delay, run) => clock.after(Math.max(TURN_MS, delay), run),
        every: (period, run) => clock.every(period, run),
      },
      rate,
      session: () => this.session,
      backlog: () => this.backlog,
    });
  }

  open(): WireSession {
    this.session = new WireSession({
      platform: this.platform,
      ids: new SeqIds(),
      clock: this.clock,
      outgoing: (frame) => (this.backlog += frame.length),
      isBackedUp: () => false,
    });
    this.session.open();
    return this.session;
  }

  /** Time passes and the process gets none of it. */
  stall(ms: number): void {
    this.#stalledMs += ms;
  }

  /** Messages that the session writes while so much time passes. */
  sentIn(ms: number): number {
    const before = this.session?.sent ?? 0;
    this.clock.advance(ms);
    return (this.session?.sent ?? 0) - before;
  }
}

function platformAt(wall: number) {
  const words = ['--pairing', 'none', '--history-minutes', '5', '--accounts', '5'];
  const options = parseOptions(words);
  if (!options.ok) throw new Error(options.error);
  const platform = assemblePlatform(options.value, wall);
  if (!platform.ok) throw new Error(platform.error);
  return platform.value;
}

function running(rate: number | 'max' = RATE): Flood {
  const flood = new Flood(rate);
  flood.open();
  flood.backlog = 0;
  flood.pump.start();
  return flood;
}

describe('a flood with a rate', () => {
  it('keeps to it at every moment and over a minute', () => {
    const flood = running();
    let sent = 0;
    for (let ms = 50; ms <= 60_000; ms += 50) {
      sent += flood.sentIn(50);
      expect(sent).toBeGreaterThanOrEqual((RATE * ms) / 1_000);
      expect(sent).toBeLessThan((RATE * ms) / 1_000 + ONE_STEP);
    }
  });

  it.each([
    ['makes up for a short stall in full', DEBT_MS - 20, DEBT_MS - 20],
    ['does not make up for more of a long one than it may', 5_000, DEBT_MS],
  ])('%s', (_, stalledMs, madeUpMs) => {
    const flood = running();
    flood.sentIn(1_000);
    flood.stall(stalledMs);
    const made = flood.sentIn(1_000) - RATE;
    expect(Math.abs(made - (RATE * madeUpMs) / 1_000)).toBeLessThan(ONE_STEP);
    expect(Math.abs(flood.sentIn(1_000) - RATE)).toBeLessThan(ONE_STEP);
  });

  it('owes nothing for the time without a session', () => {
    const flood = running();
    flood.session?.close();
    flood.session = null;
    flood.clock.advance(10_000);
    flood.open();
    expect(Math.abs(flood.sentIn(1_000) - RATE)).toBeLessThan(ONE_STEP);
  });

  it('ends with the pump', () => {
    const flood = running();
    flood.pump.stop();
    expect(flood.sentIn(1_000)).toBe(0);
  });
});

describe('a flood of as many as go', () => {
  it('waits for the socket when it is full and goes on when it is not', () => {
    const flood = running('max');
    expect(flood.backlog).toBeGreaterThanOrEqual(FULL_BYTES);
    expect(flood.sentIn(1_000)).toBe(0);
    flood.backlog = 0;
    expect(flood.sentIn(TURN_MS)).toBeGreaterThan(0);
    expect(flood.backlog).toBeGreaterThanOrEqual(FULL_BYTES);
  });
});
