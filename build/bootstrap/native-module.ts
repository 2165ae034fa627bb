import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './child-process.mjs';
import { ensureDebianPackages, needs } from './debian-packages.ts';
import { lastWord } from './failure-cause.mjs';
import { Failure } from './failure.mjs';
import { step } from './progress.mjs';

/** Lets the module ask for a newer Node-API than the older Electron names as its own. */
const NEWER_NODE_API =
  '-UNAPI_VERSION -DNAPI_VERSION=2147483647 -DNAPI_EXPERIMENTAL -DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT';

/** The Node inside the substitute Electron, for the headers when the machine has none. */
const HEADERS_OF = '20.18.1';

interface Runtime {
  readonly version: string;
  readonly executable: string;
}

/**
 * better-sqlite3 for an Electron that is too old for the binary in its package: built once from a
 * copy of the package, kept in the cache folder by the versions of both.
 * @returns the file to pass as the `nativeBinding` option.
 */
export async function sqliteBinding(
  root: string,
  { cache, electron }: { readonly cache: string; readonly electron: Runtime },
): Promise<string> {
  const source = join(root, 'node_modules', 'better-sqlite3');
  const version = packageVersion(source);
  const folder = join(cache, `better-sqlite3-${version}-electron-${electron.version}-linux-x64`);
  const binding = join(folder, 'better_sqlite3.node');
  if (existsSync(binding)) return binding;
  await ensureDebianPackages(needs.nativeBuild);
  const workshop = mkdtempSync(join(cache, 'native-build-'));
  try {
    await step(`Building better-sqlite3 ${version} for Electron ${electron.version}`, async () => {
      const built = await build(root, { source, workshop });
      await prove(electron, { source, binding: built });
      mkdirSync(folder, { recursive: true });
      renameSync(built, binding);
    });
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
  return binding;
}

async function build(
  root: string,
  { source, workshop }: { readonly source: string; readonly workshop: string },
): Promise<string> {
  const copy = join(workshop, 'better-sqlite3');
  cpSync(source, copy, { recursive: true });
  const headers = nodeHeaders();
  const gyp = join(root, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  const where = headers ? [`--nodedir=${headers}`] : [`--target=${HEADERS_OF}`];
  const ended = await run(
    process.execPath,
    [gyp, 'rebuild', '--release', '--force_build=1', '-j', '2', ...where],
    {
      cwd: copy,
      // The copy is alone in its folder and still finds the headers-only package it depends on.
      env: {
        ...process.env,
        CXXFLAGS: NEWER_NODE_API,
        NODE_PATH: join(root, 'node_modules'),
      },
    },
  );
  if (ended.code !== 0) {
    throw new Failure(
      `better-sqlite3 could not be built for the test Electron (node-gyp said: ${lastWord(ended.output)}).`,
    );
  }
  return join(copy, 'build', 'Release', 'better_sqlite3.node');
}

/** A binding that does not fit ends the process without a word, so it is tried before it is kept. */
async function prove(
  electron: Runtime,
  { source, binding }: { readonly source: string; readonly binding: string },
): Promise<void> {
  const script = `const Database = require(${JSON.stringify(source)});
    const database = new Database(':memory:', { nativeBinding: ${JSON.stringify(binding)} });
    process.exit(database.prepare('SELECT 40 + 2 AS n').get().n === 42 ? 0 : 1);`;
  const ended = await run(electron.executable, ['-e', script], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    timeLimitMs: 60_000,
  });
  if (ended.code !== 0) {
    throw new Failure(
      `better-sqlite3 was built but does not run in Electron ${electron.version} (exit code ${ended.code}).`,
    );
  }
}

function nodeHeaders(): string | undefined {
  const machineNode = process.env['npm_node_execpath'];
  const candidates = [
    process.env['npm_config_nodedir'],
    machineNode && dirname(dirname(machineNode)),
    '/usr',
  ];
  return candidates.find(
    (folder) => folder && existsSync(join(folder, 'include', 'node', 'node_api.h')),
  );
}

function packageVersion(folder: string): string {
  const about: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return (about as { version: string }).version;
}
