import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const about = join(import.meta.dirname, '..', '..', 'package.json');

/** Version of the project; source and bundle lie equally deep below it. */
export const version: string = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(about, 'utf8'))).version;
