import { expect, test } from 'vitest';
import { FakeClock } from '../../shared/testing/fake-clock.ts';
import { DemoPlatform, type DemoProcess } from './demo.ts';

/** A child process as the operating system would give it, without one. */
class Child implements DemoProcess {
  readonly pid = 1;
  killed = false;
  #listener: (code: number) => void = () => undefined;

  onExit(listener: (code: number) => void): void {
    this.#listener = listener;
  }

  exit(code: number): void {
    this.#listener(code);
  }

  kill(): void {
    this.killed = true;
  }
}

function demo() {
  const clock = new FakeClock();
  const children: Child[] = [];
  const nothing = (): void => undefined;
  const platform = new DemoPlatform({
    fork: () => {
      const child = new Child();
      children.push(child);
      return child;
    },
    timers: clock,
    log: { info: nothing, warn: nothing, error: nothing },
  });
  return { clock, children, platform };
}

test('the demo platform comes back when it dies', () => {
  const { clock, children, platform } = demo();
  platform.start();
  children[0]?.exit(1);
  clock.advance(999);
  expect(children).toHaveLength(1);
  clock.advance(1);
  expect(children).toHaveLength(2);
});

test('it ends with the app and stays ended', () => {
  const { clock, children, platform } = demo();
  platform.start();
  platform.stop();
  expect(children[0]?.killed).toBe(true);
  children[0]?.exit(0);
  clock.advance(60_000);
  expect(children).toHaveLength(1);
});

test('ending it during the pause before a restart cancels the restart', () => {
  const { clock, children, platform } = demo();
  platform.start();
  children[0]?.exit(1);
  platform.stop();
  clock.advance(60_000);
  expect(children).toHaveLength(1);
});
