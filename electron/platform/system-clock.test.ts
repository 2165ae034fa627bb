import { describe, expect, it } from 'vitest';
import { SystemClock } from './system-clock.ts';
import { UuidIds } from './uuid-ids.ts';

describe("the machine's clock", () => {
  it('never runs backwards and counts in milliseconds', async () => {
    const clock = new SystemClock();
    const before = { mono: clock.mono(), wall: clock.wall() };
    await new Promise<void>((resolve) => clock.after(20, resolve));
    const passed = clock.mono() - before.mono;
    expect(passed).toBeGreaterThanOrEqual(19);
    expect(passed).toBeLessThan(10_000);
    expect(Number.isInteger(clock.wall())).toBe(true);
  });

  it('fires what repeats until it is cancelled', async () => {
    const clock = new SystemClock();
    let fired = 0;
    await new Promise<void>((resolve) => {
      const stop = clock.every(1, () => {
        fired += 1;
        if (fired < 3) return;
        stop();
        resolve();
      });
    });
    expect(fired).toBe(3);
  });

  it('never fires what was cancelled', async () => {
    const clock = new SystemClock();
    let fired = false;
    clock.after(1, () => (fired = true))();
    await new Promise<void>((resolve) => clock.after(10, resolve));
    expect(fired).toBe(false);
  });
});

describe('identifiers', () => {
  it('name their kind and never repeat', () => {
    const ids = new UuidIds();
    const made = Array.from({ length: 1_000 }, () => ids.next('cmd'));
    expect(new Set(made).size).toBe(1_000);
    for (const id of made) expect(id).toMatch(/^cmd-[0-9a-f-]{36}$/);
  });
});
