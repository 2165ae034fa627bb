import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from './failure.mjs';

const NEEDED_MAJOR = 24;

/**
 * The Node that tests, benchmarks and the headless command run on: the same major as the Node inside
 * the shipped Electron, out of an npm package, whatever Node the machine itself has.
 * @param {string} root the checkout
 * @returns {string} path of the executable
 */
export function nodeRuntime(root) {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const packaged = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', name);
  if (existsSync(packaged)) return packaged;
  if (isNeededNode(process.versions.node)) return process.execPath;
  throw new Failure(
    `Node ${NEEDED_MAJOR} is needed, no package carries it for ${process.platform}-${process.arch}, and this machine has Node ${process.versions.node}: install Node ${NEEDED_MAJOR} and run the command again.`,
  );
}

/** @param {string} version */
export function isNeededNode(version) {
  return Number(version.split('.')[0]) >= NEEDED_MAJOR;
}

/**
 * An environment in which every child that asks for "node" gets this one.
 * @param {string} node path of the executable
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function withNodeFirst(node, env) {
  const separator = process.platform === 'win32' ? ';' : ':';
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...env, [key]: [dirname(node), env[key] ?? ''].join(separator) };
}
