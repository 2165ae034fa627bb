import type { PowerMonitor } from 'electron';
import type { Log } from '../../shared/kernel/log.ts';

/** After sleep every figure is old: the desk asks the platform for everything again. */
export function followPower(monitor: PowerMonitor, log: Log, verify: () => void): void {
  monitor.on('suspend', () => log.info('power.suspended'));
  monitor.on('resume', () => {
    log.info('power.resumed');
    verify();
  });
}
