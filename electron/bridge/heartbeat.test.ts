import { describe, expect, it } from 'vitest';
import type { MonoMs } from '../../shared/kernel/clock.ts';
import { Heartbeat } from './heartbeat.ts';

const at = (ms: number): MonoMs => ms as MonoMs;

describe('the heartbeat', () => {
  it('calls a peer stale after three seconds and dead after ten seconds of silence', () => {
    const heartbeat = new Heartbeat(at(0));
    const pulses: [number, string][] = [];
    for (let now = 250; now <= 10_000; now += 250) {
      const pulse = heartbeat.tick(at(now));
      if (pulses.at(-1)?.[1] !== pulse) pulses.push([now, pulse]);
    }
    expect(pulses).toEqual([
      [250, 'alive'],
      [3_000, 'stale'],
      [10_000, 'dead'],
    ]);
  });

  it('calls it alive again when it speaks', () => {
    const heartbeat = new Heartbeat(at(0));
    for (let now = 250; now <= 4_000; now += 250) heartbeat.tick(at(now));
    heartbeat.heard(at(4_100));
    expect(heartbeat.tick(at(4_250))).toBe('alive');
  });

  it('never takes a pause of its own process for the death of the peer', () => {
    const heartbeat = new Heartbeat(at(0));
    heartbeat.tick(at(250));
    expect(heartbeat.tick(at(3_600_000))).toBe('stale');
    let died = 0;
    for (let now = 3_600_250; died === 0; now += 250) {
      if (heartbeat.tick(at(now)) === 'dead') died = now;
    }
    expect(died).toBe(3_607_000);
  });

  it('beats once a second', () => {
    const heartbeat = new Heartbeat(at(0));
    const beats: number[] = [];
    for (let now = 250; now <= 3_000; now += 250) if (heartbeat.takeBeat(at(now))) beats.push(now);
    expect(beats).toEqual([1_000, 2_000, 3_000]);
  });

  it('measures the round trip of the ping that was answered', () => {
    const heartbeat = new Heartbeat(at(0));
    heartbeat.pinged('p1', at(100));
    heartbeat.pinged('p2', at(200));
    heartbeat.ponged('p1', at(130));
    expect(heartbeat.latencyMs).toBe(30);
    heartbeat.ponged('p1', at(900));
    heartbeat.ponged('never sent', at(900));
    expect(heartbeat.latencyMs).toBe(30);
  });
});
