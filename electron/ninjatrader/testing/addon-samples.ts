import { posix } from 'node:path';
import type { Timers } from '../../../shared/kernel/clock.ts';
import { fingerprintOf, type ShippedAddon } from '../addon-source.ts';
import { diskFiles, type Files } from '../files.ts';
import type { PlacedFileTools } from '../placed-file.ts';
import { addonText } from './documents-tree.ts';

/** An earlier release, as its text was. */
export const earlierText = addonText('1.0.0');

/** The AddOn that the app of these tests ships. */
export const shippedAddon: ShippedAddon = (() => {
  const text = addonText('1.1.0');
  const earlier = new Set([fingerprintOf(earlierText)]);
  return { version: '1.1.0', text, fingerprint: fingerprintOf(text), earlier };
})();

/** Pauses that take no time; what is paused for is decided by the disk. */
const atOnce: Timers = {
  after(_delayMs, run) {
    queueMicrotask(run);
    return () => undefined;
  },
  every: () => () => undefined,
};

export function toolsOver(files: Files = diskFiles): PlacedFileTools {
  return { files, path: posix, timers: atOnce };
}
