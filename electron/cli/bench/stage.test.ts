import { beforeEach, describe, expect, it } from 'vitest';
import type { Stage } from './stage.ts';
import { shortStage } from './testing/short-stage.ts';

let stage: Stage;

beforeEach(() => {
  stage = shortStage();
});

describe('a run that is broken off', () => {
  it('ends its desk and its sender', async () => {
    const desk = await stage.openDesk({ folder: stage.folder('desk') });
    const sender = stage.startSender(desk.pairingFile, ['--flood', '100']);
    expect(await stage.until(() => desk.bridge.received() > 0, 15_000)).toBe(true);
    await stage.close();
    expect(desk.bridge.status().state).toBe('lost');
    await sender.ended;
  });

  it('lets no measurement go on behind it', async () => {
    const waiting = stage.wait(3_600_000);
    const broken = expect(waiting).rejects.toThrow('broken off');
    await stage.close();
    await broken;
    await expect(stage.wait(0)).rejects.toThrow('broken off');
    await expect(stage.until(() => false, 1_000)).rejects.toThrow('broken off');
    expect(() => stage.folder('next')).toThrow('broken off');
  });
});

it('waits for a promise no longer than it may', async () => {
  const never = new Promise<void>(() => undefined);
  await stage.within(never, 1);
  await stage.within(Promise.resolve(), 3_600_000);
});
