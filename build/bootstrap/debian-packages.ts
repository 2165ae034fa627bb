import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './child-process.mjs';
import { failureCause, lastWord } from './failure-cause.mjs';
import { Failure } from './failure.mjs';
import { step } from './progress.mjs';

/** What a Debian package is needed for, told by the program, the library or the file that it brings. */
type Need = { readonly package: string } & (
  { readonly program: string } | { readonly library: string } | { readonly file: string }
);

export const needs = {
  window: [
    { package: 'libgtk-3-0', library: 'libgtk-3.so.0' },
    { package: 'libnss3', library: 'libnss3.so' },
    { package: 'libasound2', library: 'libasound.so.2' },
    { package: 'libgbm1', library: 'libgbm.so.1' },
    { package: 'libxss1', library: 'libXss.so.1' },
    { package: 'libnotify4', library: 'libnotify.so.4' },
    { package: 'libsecret-1-0', library: 'libsecret-1.so.0' },
  ],
  hiddenDesktop: [
    { package: 'xvfb', program: 'Xvfb' },
    { package: 'xauth', program: 'xauth' },
    { package: 'dbus-x11', program: 'dbus-run-session' },
    { package: 'gnome-keyring', program: 'gnome-keyring-daemon' },
  ],
  nativeBuild: [
    { package: 'python3', program: 'python3' },
    { package: 'make', program: 'make' },
    { package: 'g++', program: 'g++' },
  ],
  mono: [
    { package: 'mono-mcs', program: 'mcs' },
    { package: 'mono-runtime', program: 'mono' },
    {
      package: 'libmono-system-web-extensions4.0-cil',
      file: '/usr/lib/mono/4.5/System.Web.Extensions.dll',
    },
    { package: 'libmono-system-xml-linq4.0-cil', file: '/usr/lib/mono/4.5/System.Xml.Linq.dll' },
  ],
} as const satisfies Record<string, readonly Need[]>;

/** What this machine is asked and told; tests put a machine of their own in its place. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  hasProgram(name: string): boolean;
  hasFile(path: string): boolean;
  libraries(): Promise<string>;
  run(program: string, args: readonly string[]): ReturnType<typeof run>;
}

/** Installs the missing Debian packages where that is permitted, and otherwise says what to type. */
export async function ensureDebianPackages(
  wanted: readonly Need[],
  machine: Machine = thisMachine,
): Promise<void> {
  if (machine.platform !== 'linux') return;
  const missing = await missingPackages(wanted, machine);
  if (missing.length === 0) return;
  if (!machine.hasProgram('apt-get')) {
    throw new Failure(
      `This Linux is not a Debian and lacks what these Debian packages bring: install the like of ${missing.join(' ')} and run the command again.`,
    );
  }
  const prefix = await rootPrefix(machine);
  if (prefix === undefined) {
    throw new Failure(
      `These system packages are missing and this user may not install them: run "sudo apt-get install ${missing.join(' ')}" and then the command again.`,
    );
  }
  await step(`Installing system packages: ${missing.join(' ')}`, () =>
    install(missing, { machine, prefix }),
  );
}

async function missingPackages(wanted: readonly Need[], machine: Machine): Promise<string[]> {
  const libraries = await machine.libraries();
  const isThere = (need: Need): boolean => {
    if ('program' in need) return machine.hasProgram(need.program);
    if ('file' in need) return machine.hasFile(need.file);
    return libraries.split(/\s+/).includes(need.library);
  };
  return wanted.filter((need) => !isThere(need)).map((need) => need.package);
}

async function rootPrefix(machine: Machine): Promise<readonly string[] | undefined> {
  if (machine.isRoot) return [];
  const sudo = machine.hasProgram('sudo') && (await machine.run('sudo', ['-n', 'true']));
  return sudo && sudo.code === 0 ? ['sudo', '-n'] : undefined;
}

async function install(
  missing: readonly string[],
  { machine, prefix }: { machine: Machine; prefix: readonly string[] },
): Promise<void> {
  const apt = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  const patience = ['-q', '-o', 'DPkg::Lock::Timeout=300'];
  const installation = ['install', '-y', '--no-install-recommends', ...missing];
  for (const verb of [['update'], installation]) {
    const [program = 'env', ...args] = [...apt, ...patience, ...verb];
    const ended = await machine.run(program, args);
    if (ended.code === 0) continue;
    // A list that cannot be refreshed may still be good enough to install from.
    if (verb[0] === 'update') continue;
    const why =
      failureCause(ended.output) === 'no-network'
        ? 'the package server cannot be reached'
        : `apt-get said: ${lastWord(ended.output)}`;
    throw new Failure(
      `The system packages ${missing.join(' ')} could not be installed (${why}): run "sudo apt-get install ${missing.join(' ')}" yourself and then the command again.`,
    );
  }
}

const thisMachine: Machine = {
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  hasProgram: (name) =>
    [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'].some(
      (folder) => folder !== '' && existsSync(join(folder, name)),
    ),
  hasFile: existsSync,
  libraries: async () => (await run('/sbin/ldconfig', ['-p'])).output,
  run,
};
