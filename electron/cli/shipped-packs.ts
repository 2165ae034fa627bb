import { join } from 'node:path';

/** Where the project keeps its rule packs; source and bundle lie equally deep below it. */
export const shippedPacks = join(import.meta.dirname, '..', '..', 'resources', 'prop-firms');
