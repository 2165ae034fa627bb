import { join } from 'node:path';

/** The files that ship with the app; source and bundle lie equally deep below the project. */
export const resourcesFolder: string = join(import.meta.dirname, '..', '..', 'resources');
