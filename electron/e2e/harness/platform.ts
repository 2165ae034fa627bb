import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../../../build/bootstrap/checkout.ts';

export interface PlatformWish {
  readonly pairingFile: string;
  /** Folder for the ledger and the fault script. */
  readonly folder: string;
  readonly words?: readonly string[];
  readonly faults?: readonly Readonly<Record<string, unknown>>[];
}

/** One fill in the simulated broker's own books. */
export interface LedgerFill {
  readonly kind: 'fill';
  readonly account: string;
  readonly instrument: string;
  readonly executionId: string;
  readonly orderId: string;
  readonly side: 'buy' | 'sell';
  readonly quantity: number;
  readonly price: number;
  /** In currency, for the whole fill. */
  readonly commission: number;
  readonly positionAfter: number;
  readonly time: number;
}

export interface LedgerAccount {
  readonly kind: 'account';
  readonly account: string;
  readonly startCash: number;
  readonly cash: number;
  readonly positions: Readonly<Record<string, number>>;
}

/** The simulated NinjaTrader as a process of its own; it reaches the app over the real bridge and nothing else. */
export class Platform {
  readonly output: string[] = [];
  readonly #process: ChildProcess;
  readonly #ledger: string;

  private constructor(process: ChildProcess, ledger: string) {
    this.#process = process;
    this.#ledger = ledger;
    for (const stream of [process.stdout, process.stderr]) {
      stream?.on('data', (chunk: Buffer) => this.output.push(chunk.toString()));
    }
  }

  static start({ pairingFile, folder, words = [], faults = [] }: PlatformWish): Platform {
    const ledger = join(folder, 'ledger.jsonl');
    const script = join(folder, 'faults.json');
    writeFileSync(script, JSON.stringify({ v: 1, faults }));
    const args = ['--pairing', pairingFile, '--ledger', ledger, '--faults', script, ...words];
    const simulator = join(checkout, 'dist', 'simulator', 'main.js');
    const child = spawn(process.execPath, [simulator, ...args], { stdio: 'pipe' });
    return new Platform(child, ledger);
  }

  /** Every fill the broker has booked so far. */
  fills(): readonly LedgerFill[] {
    return this.#lines().filter((line): line is LedgerFill => line.kind === 'fill');
  }

  /** The broker's closing books; only after `stop`. */
  accounts(): readonly LedgerAccount[] {
    return this.#lines().filter((line): line is LedgerAccount => line.kind === 'account');
  }

  /** Contracts held per account and instrument, by the fills alone. */
  open(): Readonly<Record<string, number>> {
    const held: Record<string, number> = {};
    for (const { account, instrument, side, quantity } of this.fills()) {
      const key = `${account} ${instrument}`;
      held[key] = (held[key] ?? 0) + (side === 'buy' ? quantity : -quantity);
    }
    return Object.fromEntries(Object.entries(held).filter(([, quantity]) => quantity !== 0));
  }

  /** Ends it properly: it says goodbye and closes its books. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#process.once('exit', () => resolve(undefined));
    this.#process.kill(signal);
    await promise;
  }

  #lines(): readonly (LedgerFill | LedgerAccount)[] {
    // The last line may be half written.
    return readFileSync(this.#ledger, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as LedgerFill | LedgerAccount);
  }
}
