import * as esbuild from 'esbuild';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { contentHash } from './content-hash.ts';
import { Failure } from './failure.mjs';
import { step } from './progress.mjs';
import { isStamped, stamp, unstamp } from './stamp.ts';

interface Bundle {
  readonly source: string;
  readonly output: string;
  readonly format: 'esm' | 'cjs';
}

/** The programs that the app consists of, besides the window's page. */
export const bundles: readonly Bundle[] = [
  { source: 'electron/main.ts', output: 'dist/main/main.js', format: 'esm' },
  // A sandboxed preload script is CommonJS and may load nothing but Electron's own few modules.
  { source: 'electron/preload.ts', output: 'dist/preload/preload.cjs', format: 'cjs' },
  { source: 'electron/simulator/main.ts', output: 'dist/simulator/main.js', format: 'esm' },
  { source: 'electron/cli/apex.ts', output: 'dist/cli/apex.js', format: 'esm' },
];

const headless = ['electron/simulator/main.ts', 'electron/cli/apex.ts'];

export const pageConfig = 'renderer/vite.config.ts';

const sources = [
  'shared',
  'electron',
  'renderer',
  'build/bootstrap/app-build.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
];

/** Builds the app into dist/ when its sources have changed since the last build. */
export async function buildApp(root: string): Promise<void> {
  const mark = join(root, 'dist', '.built-app');
  const key = contentHash(root, sources, isShipped);
  if (isStamped(mark, key)) return;
  await step('Building the app', async () => {
    unstamp(mark);
    await told(Promise.all(bundles.map((one) => esbuild.build(bundleOptions(root, one)))));
    await told(buildPage(root));
    stamp(mark, key);
  });
}

/** Builds what the headless command needs, which is less than the app. */
export async function buildHeadless(root: string): Promise<void> {
  const mark = join(root, 'dist', '.built-headless');
  const key = contentHash(
    root,
    sources.filter((path) => path !== 'renderer'),
    isShipped,
  );
  if (isStamped(mark, key)) return;
  const wanted = bundles.filter(({ source }) => headless.includes(source));
  await told(Promise.all(wanted.map((bundle) => esbuild.build(bundleOptions(root, bundle)))));
  stamp(mark, key);
}

/** The bundlers print what is wrong with a source themselves, where it stands and in colour. */
async function told(building: Promise<unknown>): Promise<void> {
  try {
    await building;
  } catch (error) {
    const [what = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new Failure(
      `The app could not be built (${what.replace(/:$/, '')}): the messages above say where.`,
    );
  }
}

function isShipped(file: string): boolean {
  return !/\.test\.tsx?$|\/(e2e|testing)\/|\.md$|\/tsconfig[^/]*\.json$/.test(file);
}

/** How one of the programs is bundled. */
export function bundleOptions(
  root: string,
  { source, output, format }: Bundle,
): esbuild.BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints: [source],
    outfile: output,
    format,
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: ['electron', 'better-sqlite3', 'keytar'],
    sourcemap: 'linked',
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [rawText],
    // Bundled CommonJS packages ask for Node's own modules with require, which ESM does not have.
    ...(format === 'esm' && {
      banner: {
        js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
      },
    }),
  };
}

/** `import text from './0001-journal.sql?raw'` means the same here as it does in vite and vitest. */
const rawText: esbuild.Plugin = {
  name: 'raw-text',
  setup(build) {
    build.onResolve({ filter: /\?raw$/ }, ({ path, importer }) => ({
      path: resolve(dirname(importer), path.slice(0, -'?raw'.length)),
      namespace: 'raw-text',
    }));
    build.onLoad({ filter: /.*/, namespace: 'raw-text' }, async ({ path }) => ({
      contents: await readFile(path, 'utf8'),
      loader: 'text',
      watchFiles: [path],
    }));
  },
};

async function buildPage(root: string): Promise<void> {
  const vite = await import('vite');
  await vite.build({ configFile: join(root, pageConfig), logLevel: 'warn' });
}
