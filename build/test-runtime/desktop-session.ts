import { chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDebianPackages, needs } from '../bootstrap/debian-packages.ts';
import { canSandbox, electronEnvironment } from '../bootstrap/electron-command.ts';
import type { ElectronRuntime } from '../bootstrap/electron-runtime.ts';
import { onHiddenDisplays } from './hidden-display.ts';
import { inKeyringSession } from './keyring-session.ts';
import { testUser } from './test-user.ts';
import type { TestUser } from './test-user.ts';

/** As many as tests run side by side. They wait for the app more than they work. */
export const DISPLAYS = 2;

/** A desktop for the app under test: display, keyring and folders of its own. */
export interface DesktopSession {
  /** Whether Chromium's sandbox is real in this session. */
  readonly sandboxed: boolean;
  /** A folder that programs in the session can write to; gone after `close`. */
  readonly workspace: string;
  readonly env: NodeJS.ProcessEnv;
  /** The command line that runs a command inside the session. */
  command(words: readonly string[]): readonly string[];
  close(): void;
}

/** Opens a session that needs no screen and touches none of the user's own files. */
export async function openDesktopSession(
  root: string,
  electron: ElectronRuntime,
): Promise<DesktopSession> {
  const isLinux = process.platform === 'linux';
  if (isLinux) await ensureDebianPackages(needs.hiddenDesktop);
  const user = isLinux ? await testUser(root, electron) : undefined;
  const workspace = makeWorkspace(user);
  const sandboxed = user !== undefined || (await canSandbox(electron));
  return {
    sandboxed,
    workspace,
    env: {
      ...electronEnvironment(electron, isLinux ? linuxEnvironment(workspace) : process.env),
      ENIGMA_APEX_TEST_ELECTRON: electron.executable,
      ENIGMA_APEX_TEST_SANDBOX: sandboxed ? 'on' : 'off',
    },
    command: (words) => {
      if (!isLinux) return words;
      const desktop = onHiddenDisplays(DISPLAYS, inKeyringSession(words));
      return user ? user.become(desktop) : desktop;
    },
    close: () => rmSync(workspace, { recursive: true, force: true }),
  };
}

const FOLDERS = ['home', 'runtime', 'temporary'];

function makeWorkspace(user: TestUser | undefined): string {
  // Root's own temporary folder may be closed to the test user.
  const workspace = mkdtempSync(join(user ? '/tmp' : tmpdir(), 'enigma-apex-'));
  for (const name of FOLDERS) mkdirSync(join(workspace, name), { mode: 0o700 });
  if (user) {
    for (const name of ['.', ...FOLDERS]) chownSync(join(workspace, name), user.uid, user.gid);
  }
  return workspace;
}

/** Nothing of the caller's environment reaches the app but where its tools are and its language. */
function linuxEnvironment(workspace: string): NodeJS.ProcessEnv {
  const { PATH, LANG, CI, FORCE_COLOR } = process.env;
  return {
    PATH,
    LANG: LANG ?? 'C.UTF-8',
    ...(CI !== undefined && { CI }),
    ...(FORCE_COLOR !== undefined && { FORCE_COLOR }),
    HOME: join(workspace, 'home'),
    TMPDIR: join(workspace, 'temporary'),
    XDG_RUNTIME_DIR: join(workspace, 'runtime'),
  };
}
