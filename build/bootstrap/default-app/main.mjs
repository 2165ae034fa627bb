// What Electron itself does when it is started as "electron <folder>": take on the folder's name,
// version and path, then load its main module before the app becomes ready.
import { app } from 'electron';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = process.argv.slice(1).find((word) => !word.startsWith('-'));
if (folder === undefined) {
  console.error('Name the folder of the app to run.');
  app.exit(1);
} else {
  const root = resolve(folder);
  /** @type {unknown} */
  const parsed = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const about =
    /** @type {{ name: string, productName?: string, version: string, main: string }} */ (parsed);
  // Electron's own default app uses these two as well; they are not part of its public types.
  const host =
    /** @type {typeof app & { setVersion(version: string): void, setAppPath(path: string): void }} */ (
      app
    );
  host.setName(about.productName ?? about.name);
  host.setVersion(about.version);
  host.setAppPath(root);
  await import(pathToFileURL(join(root, about.main)).href);
}
