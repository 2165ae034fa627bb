import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { enter } from './bootstrap/enter.mjs';
import { endWithSentence } from './bootstrap/failure.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

await endWithSentence(root, () => enter(root, process.argv.slice(2)));
