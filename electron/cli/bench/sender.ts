import { spawn, type ChildProcess } from 'node:child_process';

const KEPT_OUTPUT = 2_000;

/** The simulated NinjaTrader as a process of its own. */
export class Sender {
  readonly ended: Promise<number | null>;
  readonly #process: ChildProcess;
  #output = '';

  constructor(program: string, words: readonly string[]) {
    this.#process = spawn(process.execPath, [program, ...words], { stdio: 'pipe' });
    const keep = (chunk: Buffer): void => {
      this.#output = (this.#output + chunk.toString('utf8')).slice(-KEPT_OUTPUT);
    };
    this.#process.stdout?.on('data', keep);
    this.#process.stderr?.on('data', keep);
    this.ended = new Promise((resolve) => {
      this.#process.once('exit', resolve);
      this.#process.once('error', (error) => {
        this.#output += error.message;
        resolve(null);
      });
    });
  }

  /** The last lines it printed, for a failure's explanation. */
  get output(): string {
    return this.#output.trim();
  }

  /** Asks it to leave, and waits until it has. */
  async stop(): Promise<void> {
    this.#process.kill('SIGTERM');
    await this.ended;
  }
}
