import { onTestFinished } from 'vitest';
import { createDeskCore } from '../../desk/desk-core.ts';
import { SystemClock } from '../../platform/system-clock.ts';
import { UuidIds } from '../../platform/uuid-ids.ts';
import { parseOptions } from '../../simulator/simulator-options.ts';
import { runSimulator } from '../../simulator/simulator.ts';
import { shippedPacks } from '../shipped-packs.ts';

/**
 * A simulated NinjaTrader with two accounts, paired with the desks of a folder until the test ends. It finds a desk by
 * the pairing file, which a first desk has to write.
 */
export async function startPairedPlatform(folder: string): Promise<void> {
  const packs = shippedPacks;
  const wish = { folder, packs, demo: false, port: 0, version: '0.0.0', nativeBinding: undefined };
  const core = createDeskCore(wish);
  await core.bridge.start();
  await core.stop();
  const options = parseOptions(['--pairing', core.pairingFile, '--accounts', '2']);
  if (!options.ok) throw new Error(options.error);
  const parts = { world: new SystemClock(), ids: new UuidIds(), say: () => undefined };
  const started = runSimulator(options.value, parts);
  if (!started.ok) throw new Error(started.error);
  onTestFinished(() => started.value.stop('the test ended'));
}
