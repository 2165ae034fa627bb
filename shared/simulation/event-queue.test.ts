import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventQueue } from './event-queue.ts';

describe('the event queue', () => {
  it('runs by time, then by creation, whatever the order of adding', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 80 }), (times) => {
        const queue = new EventQueue();
        const ran: [number, number][] = [];
        times.forEach((time, index) => queue.at(time, () => ran.push([time, index])));
        queue.advanceTo(20);
        const expected = times.map((time, index): [number, number] => [time, index]);
        expected.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        expect(ran).toEqual(expected);
      }),
    );
  });

  it('shows each callback its own time and runs what callbacks add', () => {
    const queue = new EventQueue();
    const seen: number[] = [];
    queue.after(5, () => {
      seen.push(queue.now);
      queue.after(5, () => seen.push(queue.now));
    });
    queue.advanceTo(100);
    expect(seen).toEqual([5, 10]);
    expect(queue.now).toBe(100);
  });

  it('runs nothing that was cancelled, nor a period after its end', () => {
    const queue = new EventQueue();
    let runs = 0;
    queue.after(5, () => (runs += 100))();
    const stop = queue.every(10, () => (runs += 1));
    queue.advanceTo(35);
    stop();
    queue.advanceTo(100);
    expect(runs).toBe(3);
    expect(queue.nextAt).toBeNull();
  });

  it('takes a time in the past as now', () => {
    const queue = new EventQueue();
    queue.advanceTo(50);
    let at = 0;
    queue.at(10, () => (at = queue.now));
    queue.advanceTo(50);
    expect(at).toBe(50);
  });
});
