import type { PowerMonitor } from 'electron';
import type { Log } from '../../shared/kernel/log.ts';

interface PowerActions {
  readonly verify: () => void;
  /** The system ends everything and asks nobody; what is in memory goes to disk. */
  readonly end: () => void;
}

/** After sleep every figure is old: the desk asks the platform for everything again. */
export function followPower(monitor: PowerMonitor, log: Log, actions: PowerActions): void {
  monitor.on('suspend', () => log.info('power.suspended'));
  monitor.on('resume', () => {
    log.info('power.resumed');
    actions.verify();
  });
  monitor.on('shutdown', () => actions.end());
}
