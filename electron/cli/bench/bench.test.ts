import { beforeEach, describe, expect, it } from 'vitest';
import { measureBridge } from './bridge-throughput.ts';
import { measureFlatten } from './flatten-latency.ts';
import { soak } from './soak.ts';
import type { Stage } from './stage.ts';
import { shortStage } from './testing/short-stage.ts';

const WITHIN_MS = 60_000;

let stage: Stage;

beforeEach(() => {
  stage = shortStage();
});

describe('the measurements', () => {
  it(
    'count a message only once its executions are journaled',
    async () => {
      const plan = { rounds: 1, warmUpMs: 200, windowMs: 500 };
      const report = await measureBridge(stage, plan);
      expect(report.msgPerSec).toBeGreaterThan(0);
      expect(report.sinkMsgPerSec).toBeGreaterThan(0);
      expect(report.ratio).toBeGreaterThan(0);
      expect(report.executions).toBeGreaterThan(0);
      expect(report.executionRows).toBe(report.executions);
    },
    WITHIN_MS,
  );

  it(
    'time every flatten they ask for, from the call to the frame and to the answer',
    async () => {
      const report = await measureFlatten(stage, { idle: 8, whole: 2, pauseMs: 53 });
      expect(report).toMatchObject({ requests: 10, acked: 10 });
      expect(report.firstFrameP99Ms).toBeGreaterThan(0);
      // How long each took is for the benchmark to say; a test that compares times fails on a busy machine.
      expect(report.ackP99Ms).toBeGreaterThan(0);
      expect(report.requestDelayP99Ms).toBeGreaterThan(0);
    },
    WITHIN_MS,
  );

  it(
    'find every execution of the books in the journal, once, over a line that drops and reorders',
    async () => {
      const report = await soak(stage, 5);
      expect(report).toMatchObject({ lost: 0, duplicated: 0, invented: 0 });
      expect(report.executions).toBeGreaterThan(0);
      expect(report.gaps).toBeGreaterThan(0);
      expect(report.timed).toBeGreaterThan(0);
    },
    WITHIN_MS,
  );
});
