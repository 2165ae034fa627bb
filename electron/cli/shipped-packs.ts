import { join } from 'node:path';
import { PackLibrary } from '../risk/pack-library.ts';

/** Where the project keeps its rule packs; source and bundle lie equally deep below it. */
export const shippedPacks = join(import.meta.dirname, '..', '..', 'resources', 'prop-firms');

/** A day on which the shipped packs were new, for runs that must not depend on the date. */
export const PACK_DAY = '2026-11-21';

/** The shipped packs as on a day, YYYY-MM-DD, without values of a trader. */
export function shippedLibrary(today: string): PackLibrary {
  const overrides = join(shippedPacks, 'no-overrides.json');
  return new PackLibrary({ packs: shippedPacks, overrides }, () => today);
}
