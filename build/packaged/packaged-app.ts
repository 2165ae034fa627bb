import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../bootstrap/child-process.mjs';
import type { DesktopSession } from '../test-runtime/desktop-session.ts';

const START_LIMIT_MS = 60_000;

/** The packaged app under inspection. */
export interface PackagedApp {
  readonly folder: string;
  readonly executable: string;
  readonly session: DesktopSession;
}

/** What the shipped program promises. Each gives the reasons why it does not hold. */
export const promises: readonly {
  readonly name: string;
  readonly faults: (app: PackagedApp) => Promise<readonly string[]>;
}[] = [
  { name: 'the fuses stand as configured', faults: wrongFuses },
  { name: 'the archive holds the built app and nothing of its sources', faults: wrongArchive },
  { name: 'native parts are unpacked, for this platform only', faults: wrongNativeParts },
  { name: 'the shipped resources lie beside the archive', faults: missingResources },
  { name: 'the app starts and ends with --smoke', faults: (app) => badStart(app, []) },
  { name: 'no debugger can be attached with --inspect', faults: debuggerOpened },
  { name: 'the program cannot be used as Node', faults: runsAsNode },
];

const fuses: readonly (readonly [FuseV1Options, boolean])[] = [
  [FuseV1Options.RunAsNode, false],
  [FuseV1Options.EnableCookieEncryption, true],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, false],
  [FuseV1Options.EnableNodeCliInspectArguments, false],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, true],
  [FuseV1Options.OnlyLoadAppFromAsar, true],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, false],
];

async function wrongFuses({ executable }: PackagedApp): Promise<readonly string[]> {
  const wire = await getCurrentFuseWire(executable);
  return fuses
    .filter(([fuse, on]) => wire[fuse] !== (on ? FuseState.ENABLE : FuseState.DISABLE))
    .map(([fuse, on]) => `${FuseV1Options[fuse]} is not ${on ? 'on' : 'off'}`);
}

async function wrongArchive({ folder }: PackagedApp): Promise<readonly string[]> {
  const files = listPackage(join(folder, 'resources', 'app.asar'), { isPack: false }).map((file) =>
    file.replaceAll('\\', '/'),
  );
  const wanted = ['/package.json', '/dist/main/main.js', '/dist/preload/preload.cjs'];
  const foreign = files.filter(
    (file) =>
      !/^\/(package\.json$|dist(\/(?!\.)|$)|node_modules$|node_modules\/(better-sqlite3|keytar)(\/|$))/.test(
        file,
      ) || /\.(map|gyp|cc|tsx?)$/.test(file.replace(/\.d\.ts$/, '')),
  );
  return [
    ...wanted.filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
    ...foreign.map((file) => `${file} does not belong there`),
  ];
}

async function wrongNativeParts({ folder }: PackagedApp): Promise<readonly string[]> {
  const unpacked = join(folder, 'resources', 'app.asar.unpacked');
  const found = readdirSync(unpacked, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.node'))
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
  const here = `${process.platform}-${process.arch}`;
  const isOurs = (file: string): boolean => file.includes(here);
  const owners = ['better-sqlite3', 'keytar'];
  return [
    ...owners
      .filter((owner) => !found.some((file) => file.includes(owner) && isOurs(file)))
      .map((owner) => `${owner} has no native part for ${here}`),
    ...found.filter((file) => !isOurs(file)).map((file) => `${file} is for another platform`),
  ];
}

async function missingResources({ folder }: PackagedApp): Promise<readonly string[]> {
  return ['icons/app.ico', 'icons/app.png']
    .filter((file) => !existsSync(join(folder, 'resources', file)))
    .map((file) => `${file} is missing`);
}

async function badStart(app: PackagedApp, args: readonly string[]): Promise<readonly string[]> {
  const { code, output, timedOut } = await start(app, ['--smoke', '--port=0', ...args]);
  if (timedOut) return [`did not end within ${START_LIMIT_MS / 1000} s\n${output}`];
  return code === 0 ? [] : [`ended with ${code}\n${output}`];
}

async function debuggerOpened(app: PackagedApp): Promise<readonly string[]> {
  const { code, output } = await start(app, ['--smoke', '--port=0', '--inspect=127.0.0.1:0']);
  return /Debugger listening/.test(output)
    ? ['--inspect opened a debugger']
    : code === 0 || code === 2
      ? []
      : [`ended with ${code}\n${output}`];
}

async function runsAsNode(app: PackagedApp): Promise<readonly string[]> {
  const env = { ELECTRON_RUN_AS_NODE: '1' };
  const { code } = await start(app, ['-e', 'process.exit(77)', '--smoke', '--port=0'], env);
  return code === 77 ? ['ELECTRON_RUN_AS_NODE turned the program into Node'] : [];
}

function start(
  { executable, session }: PackagedApp,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): ReturnType<typeof run> {
  const sandbox = session.sandboxed ? [] : ['--no-sandbox'];
  const [program = executable, ...rest] = session.command([executable, ...sandbox, ...args]);
  const { ENIGMA_APEX_SQLITE_BINDING: _, ...clean } = session.env;
  return run(program, rest, { env: { ...clean, ...env }, timeLimitMs: START_LIMIT_MS });
}
