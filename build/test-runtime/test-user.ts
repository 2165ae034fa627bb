import { chmodSync, chownSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../bootstrap/child-process.mjs';
import type { ElectronRuntime } from '../bootstrap/electron-runtime.ts';
import { say } from '../bootstrap/progress.mjs';
import { inPrivateView } from './private-view.ts';

const NAME = 'enigma-e2e';

/** The ordinary user that root runs the app as: Chromium has no sandbox for root. */
export interface TestUser {
  readonly uid: number;
  readonly gid: number;
  /** The command line with which root runs a command as this user. */
  become(command: readonly string[]): readonly string[];
}

/** Makes the user on first need. Without one the tests still run, and say what they cannot prove. */
export async function testUser(
  root: string,
  electron: ElectronRuntime,
): Promise<TestUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const ids = (await idsOfUser()) ?? (await addUser());
  if (ids === undefined) {
    warn(`the system user ${NAME} cannot be added`);
    return undefined;
  }
  giveSandboxHelper(electron.folder);
  const paths = [root, electron.folder, ...beside(root), ...nodeFolder(root)];
  if (electron.sqliteBinding !== undefined) paths.push(dirname(electron.sqliteBinding));
  const user: TestUser = {
    ...ids,
    become: (command) =>
      inPrivateView(paths, [
        'setpriv',
        `--reuid=${ids.uid}`,
        `--regid=${ids.gid}`,
        '--clear-groups',
        ...command,
      ]),
  };
  const isReachable = ['test', '-r', join(root, 'package.json'), '-a', '-x', electron.executable];
  const [program = 'setpriv', ...args] = user.become(isReachable);
  const probe = await run(program, args);
  if (probe.code === 0) return user;
  warn(`the user ${NAME} cannot reach ${root}`);
  return undefined;
}

function warn(why: string): void {
  say(`> WARNING: the app is tested as root and WITHOUT Chromium's sandbox, because ${why}`);
}

async function addUser(): ReturnType<typeof idsOfUser> {
  const noLogin = [
    '--no-create-home',
    '--home-dir',
    '/nonexistent',
    '--shell',
    '/usr/sbin/nologin',
  ];
  await run('useradd', ['--system', '--user-group', ...noLogin, NAME]);
  return idsOfUser();
}

async function idsOfUser(): Promise<{ uid: number; gid: number } | undefined> {
  const [uid, gid] = await Promise.all([run('id', ['-u', NAME]), run('id', ['-g', NAME])]);
  if (uid.code !== 0 || gid.code !== 0) return undefined;
  return { uid: Number(uid.output), gid: Number(gid.output) };
}

/** Chromium's helper makes the sandbox, and runs only as a set-user-id program of root. */
function giveSandboxHelper(folder: string): void {
  const helper = join(folder, 'chrome-sandbox');
  chownSync(helper, 0, 0);
  chmodSync(helper, 0o4755);
}

/** Recorded market data may lie next to the checkout. */
function beside(root: string): readonly string[] {
  const parent = dirname(root);
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => join(parent, entry.name))
    .filter((folder) => folder !== root);
}

function nodeFolder(root: string): readonly string[] {
  return process.execPath.startsWith(root) ? [] : [dirname(dirname(process.execPath))];
}
