import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';

const KEPT_ERRORS = 4_000;

export interface LineProcessTerms {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly onLine: (line: string) => void;
}

/** A program that is spoken to in lines, and that ends when nobody speaks to it any more. */
export class LineProcess {
  /** Resolves when the program is gone, with what it wrote to standard error. */
  readonly ended: Promise<string>;
  readonly #child: ChildProcessWithoutNullStreams;
  #errors = '';

  constructor({ program, args, env, onLine }: LineProcessTerms) {
    this.#child = spawn(program, [...args], { env, stdio: 'pipe' });
    this.#child.stderr.on('data', (chunk: Buffer) => {
      this.#errors = (this.#errors + chunk.toString('utf8')).slice(-KEPT_ERRORS);
    });
    // A program that has just ended refuses what is still written to it; its end is told by `ended`.
    this.#child.stdin.on('error', () => undefined);
    createInterface({ input: this.#child.stdout }).on('line', onLine);
    this.ended = new Promise((resolve) => {
      this.#child.once('close', () => resolve(this.#errors.trim()));
      this.#child.once('error', (error) => resolve(error.message));
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  write(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  /** The polite way out: nothing more will be said. */
  hangUp(): void {
    this.#child.stdin.end();
  }

  /** Stands still where it is, with every connection open, until it is woken. */
  hang(): void {
    this.#child.kill('SIGSTOP');
  }

  wake(): void {
    this.#child.kill('SIGCONT');
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}
