import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runOnTerminal } from './child-process.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { requireDisplay } from './display.mjs';
import { Failure } from './failure.mjs';
import { isNeededNode, nodeRuntime, withNodeFirst } from './node-runtime.mjs';

const NEED_A_SCREEN = new Set(['start', 'dev']);

/**
 * The way into every command: it runs on whatever Node is there, with nothing installed, makes the
 * packages and the right Node available, and goes on in that Node with the command itself.
 * @param {string} root the checkout
 * @param {readonly string[]} words the command's name and its arguments
 * @returns {Promise<number>}
 */
export async function enter(root, [name, ...args]) {
  const folder = join(root, 'build', 'commands');
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -'.ts'.length));
  if (name === undefined || !names.includes(name)) {
    throw new Failure(`Name one of these commands: ${names.join(', ')}.`);
  }
  if (NEED_A_SCREEN.has(name)) await requireDisplay(process.env);
  await ensureDependencies(root);
  const node = nodeRuntime(root);
  const file = join(folder, `${name}.ts`);
  Object.assign(process.env, withNodeFirst(node, process.env));
  if (!isNeededNode(process.versions.node)) {
    return runOnTerminal(node, [join(root, 'build', 'run.mjs'), name, ...args], { cwd: root });
  }
  /** @type {unknown} */
  const module = await import(pathToFileURL(file).href);
  const { default: command } =
    /** @type {{ default: (args: readonly string[]) => Promise<number> }} */ (module);
  return command(args);
}
