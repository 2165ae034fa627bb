import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { watchApp } from '../bootstrap/app-watch.ts';
import { checkout } from '../bootstrap/checkout.ts';
import { electronCommand } from '../bootstrap/electron-command.ts';
import type { ElectronCommand } from '../bootstrap/electron-command.ts';
import { electronRuntime } from '../bootstrap/electron-runtime.ts';
import { say } from '../bootstrap/progress.mjs';

/** `npm run dev`: rebuilds on every change and starts the app again; ends when the app is closed. */
export default async function dev(args: readonly string[]): Promise<number> {
  const electron = await electronCommand(await electronRuntime(checkout));
  return new Promise((resolve, reject) => {
    const app = new RestartedApp(electron, [checkout, ...args], () => void stop.then(finish));
    const stop = watchApp(checkout, (failed) => app.builtAnew(failed));
    stop.catch(reject);
    const finish = async (stopWatching: () => Promise<void>): Promise<void> => {
      await stopWatching();
      resolve(0);
    };
  });
}

/** One running app at most, started again when the programs it consists of have changed. */
class RestartedApp {
  #running: ChildProcess | undefined;
  #restarting = false;
  readonly #command: ElectronCommand;
  readonly #args: readonly string[];
  readonly #closed: () => void;

  constructor(command: ElectronCommand, args: readonly string[], closed: () => void) {
    this.#command = command;
    this.#args = args;
    this.#closed = closed;
  }

  builtAnew(failed: boolean): void {
    if (failed) say('> not restarted: the build has errors');
    else this.#restart();
  }

  #restart(): void {
    if (this.#running === undefined) return this.#launch();
    this.#restarting = true;
    // A polite end would ask the trader first while something is open; a crash it is built to survive.
    this.#running.kill('SIGKILL');
  }

  #launch(): void {
    const { program, args, env } = this.#command;
    say('> starting the app');
    this.#running = spawn(program, [...args, ...this.#args], { stdio: 'inherit', env });
    this.#running.on('close', () => {
      this.#running = undefined;
      if (!this.#restarting) return this.#closed();
      this.#restarting = false;
      this.#launch();
    });
  }
}
