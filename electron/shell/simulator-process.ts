import { utilityProcess } from 'electron';
import type { DemoProcess } from './demo.ts';

const DEMO_ACCOUNTS = 3;

/** Starts the simulator's bundle; it finds the bridge through the demo's own pairing file. */
export function forkSimulator(bundle: string, pairingFile: string): DemoProcess {
  const words = ['--pairing', pairingFile, '--accounts', String(DEMO_ACCOUNTS)];
  const child = utilityProcess.fork(bundle, words, {
    serviceName: 'Simulated NinjaTrader',
    stdio: 'ignore',
  });
  return {
    get pid() {
      return child.pid;
    },
    onExit: (listener) => void child.on('exit', listener),
    kill: () => void child.kill(),
  };
}
