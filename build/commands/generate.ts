import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkout } from '../bootstrap/checkout.ts';
import { Failure } from '../bootstrap/failure.mjs';
import { print } from '../bootstrap/progress.mjs';

/** A file that is derived from source and kept in the repository. */
export interface GeneratedFile {
  /** Below the checkout, with forward slashes. */
  readonly path: string;
  readonly content: string;
}

/** Every module in build/generate whose default export is a function of this type is a generator. */
export type Generator = () => readonly GeneratedFile[] | Promise<readonly GeneratedFile[]>;

/** `npm run generate [-- --check]`: writes the derived files, or names the stale ones. */
export default async function generate(args: readonly string[]): Promise<number> {
  const stale = await staleFiles();
  if (args.includes('--check')) {
    if (stale.length === 0) return 0;
    const names = stale.map((file) => file.path).join(', ');
    throw new Failure(`These generated files are stale: ${names}; run "npm run generate".`);
  }
  for (const { path, content } of stale) {
    mkdirSync(dirname(join(checkout, path)), { recursive: true });
    writeFileSync(join(checkout, path), content);
    print(`wrote ${path}`);
  }
  return 0;
}

async function staleFiles(): Promise<readonly GeneratedFile[]> {
  const folder = join(checkout, 'build', 'generate');
  const modules = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    : [];
  const files: GeneratedFile[] = [];
  for (const name of modules) {
    const module = (await import(pathToFileURL(join(folder, name)).href)) as { default?: unknown };
    if (typeof module.default === 'function')
      files.push(...(await (module.default as Generator)()));
  }
  return files.filter(({ path, content }) => current(path) !== content);
}

function current(path: string): string | undefined {
  const file = join(checkout, path);
  return existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : undefined;
}
