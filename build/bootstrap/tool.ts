import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, runOnTerminal } from './child-process.mjs';

/** A development tool of node_modules, started by its script so that no shell and no .cmd is involved. */
export function tool(root: string, name: string, args: readonly string[]): ReturnType<typeof run> {
  return run(process.execPath, [script(root, name), ...args], { cwd: root });
}

export function toolOnTerminal(
  root: string,
  name: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  return runOnTerminal(process.execPath, [script(root, name), ...args], { cwd: root, env });
}

const packageOf: Readonly<Record<string, string>> = {
  playwright: '@playwright/test',
  tsc: 'typescript',
};

export function script(root: string, name: string): string {
  const folder = join(root, 'node_modules', packageOf[name] ?? name);
  const about: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { bin } = about as { bin: string | Record<string, string> };
  const path = typeof bin === 'string' ? bin : bin[name];
  if (path === undefined) throw new Error(`${folder} has no program named ${name}`);
  return join(folder, path);
}
