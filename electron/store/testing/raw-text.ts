import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const RAW = '?raw';

/** Lets a plain Node process import files as text, as the bundler and the test runner do. */
registerHooks({
  load: (url, context, next) => {
    if (!url.endsWith(RAW)) return next(url, context);
    const text = readFileSync(fileURLToPath(url.slice(0, -RAW.length)), 'utf8');
    const source = `export default ${JSON.stringify(text)};`;
    return { format: 'module', source, shortCircuit: true };
  },
});
