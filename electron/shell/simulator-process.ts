import { utilityProcess } from 'electron';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Log } from '../../shared/kernel/log.ts';
import type { Engine } from '../engine/engine.ts';
import type { DemoProcess } from './demo.ts';
import { knownAccounts } from './known-accounts.ts';

const DEMO_ACCOUNTS = 3;

/** The desk that the simulated platform belongs to. */
export interface DemoDesk {
  readonly engine: Pick<Engine, 'state'>;
  readonly pairingFile: string;
  readonly log: Log;
}

/**
 * Starts the simulator's bundle; it finds the bridge through the demo's own pairing file. The books of its
 * broker lie beside the desk's journal, so that a demo that is started again goes on in both.
 */
export function forkSimulator(bundle: string, folder: string, desk: DemoDesk): DemoProcess {
  const { engine, pairingFile, log } = desk;
  const words = ['--pairing', pairingFile, '--accounts', String(DEMO_ACCOUNTS)];
  const known = JSON.stringify(knownAccounts(engine.state()));
  words.push('--books', join(folder, 'simulated-broker.json'), '--known', known);
  const child = utilityProcess.fork(bundle, words, {
    serviceName: 'Simulated NinjaTrader',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (child.stdout !== null) {
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (text) => log.info('demo.said', { text }));
  }
  return {
    get pid() {
      return child.pid;
    },
    onExit: (listener) => void child.on('exit', listener),
    kill: () => void child.kill(),
  };
}
