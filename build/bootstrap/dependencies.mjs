import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child-process.mjs';
import { failureCause, lastWord } from './failure-cause.mjs';
import { Failure } from './failure.mjs';
import { step } from './progress.mjs';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockedPackage */

/**
 * Installs exactly what the lockfile names, unless it is installed already.
 * @param {string} root the checkout
 * @param {{ npm?: readonly string[] }} [tools] the npm command; tests put another in its place
 */
export async function ensureDependencies(root, tools = {}) {
  if (isInstalled(root)) return;
  const npm = tools.npm ?? npmCommand();
  await step('Installing the packages of the lockfile', async () => {
    let ended = await install(root, npm, []);
    if (ended.code !== 0 && failureCause(ended.output) === 'damaged-download') {
      ended = await install(root, npm, ['--prefer-online']);
    }
    if (ended.code !== 0) throw new Failure(sentence(root, ended.output));
  });
}

/**
 * npm writes what it installed to a lockfile inside node_modules, as its last act. Comparing that
 * with ours holds for an install that somebody made by hand, which a stamp of our own would not.
 * @param {string} root
 */
export function isInstalled(root) {
  const wanted = lockedPackages(join(root, 'package-lock.json'));
  const present = lockedPackages(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || present === undefined) return false;
  return Object.entries(wanted).every(([path, locked]) => {
    if (path === '' || locked.link === true) return true;
    const installed = present[path];
    if (installed === undefined) return locked.optional === true;
    return (
      installed.version === locked.version &&
      installed.integrity === locked.integrity &&
      existsSync(join(root, path, 'package.json'))
    );
  });
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage> | undefined}
 */
function lockedPackages(file) {
  try {
    /** @type {unknown} */
    const lockfile = JSON.parse(readFileSync(file, 'utf8'));
    return /** @type {{ packages?: Record<string, LockedPackage> }} */ (lockfile).packages;
  } catch {
    // Absent or half written: both mean that the packages are not known to be installed.
    return undefined;
  }
}

/**
 * On Windows the running node.exe may live in node_modules, and a clean install could not delete it.
 * @param {string} root
 * @param {readonly string[]} npm
 * @param {readonly string[]} extra
 */
function install(root, npm, extra) {
  const [program = 'npm', ...lead] = npm;
  const inPlace = process.platform === 'win32' && existsSync(join(root, 'node_modules'));
  const verb = inPlace ? ['install', '--no-save'] : ['ci'];
  const quiet = [
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--fetch-retry-mintimeout=2000',
  ];
  return run(program, [...lead, ...verb, ...quiet, ...extra], { cwd: root });
}

/** npm as a script for a Node, because npm.cmd cannot be started without a shell on Windows. */
export function npmCommand() {
  const script = process.env['npm_execpath'];
  if (script?.endsWith('.js') !== true) return ['npm'];
  return [process.env['npm_node_execpath'] ?? process.execPath, script];
}

/**
 * @param {string} root
 * @param {string} output
 */
function sentence(root, output) {
  switch (failureCause(output)) {
    case 'no-network':
      return 'The packages could not be downloaded because the package registry cannot be reached: check the network connection (or the proxy that npm is told to use) and run the command again.';
    case 'damaged-download':
      return 'A package arrived damaged twice: run "npm cache clean --force" and then the command again.';
    case 'no-permission':
      return `The packages could not be written: allow this user to write to ${root} and to npm's cache folder, close programs that use node_modules, and run the command again.`;
    case 'disk-full':
      return `The packages could not be written because the disk that holds ${root} is full: free about 1 GB and run the command again.`;
    case 'lockfile-disagrees':
      return 'package.json and package-lock.json disagree: run "npm install", commit the lockfile, and run the command again.';
    case 'unknown':
      return `The packages could not be installed (npm said: ${lastWord(output)}).`;
  }
}
