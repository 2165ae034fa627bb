import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../bootstrap/child-process.mjs';
import { tool } from '../bootstrap/tool.ts';
import { cycles } from '../boundaries/cycles.ts';
import { importGraph } from '../boundaries/import-graph.ts';
import { misplaced } from '../boundaries/layout.ts';
import { violations } from '../boundaries/violations.ts';
import { electronFault, newestElectron, pinnedElectron } from './electron-age.ts';
import { lockfileFaults } from './lockfile.ts';
import type { Lockfile, Manifest } from './lockfile.ts';

/** Something that holds for the source as it stands, without running the app. */
export interface Check {
  readonly name: string;
  /** What is wrong, for a reader; empty when nothing is. */
  readonly faults: (root: string) => Promise<string>;
}

export const checks: readonly Check[] = [
  { name: 'types', faults: outputOf('tsc', ['-b']) },
  {
    name: 'lint',
    faults: outputOf('eslint', ['--max-warnings', '0', '.']),
  },
  { name: 'format', faults: outputOf('prettier', ['--check', '--log-level', 'warn', '.']) },
  { name: 'dead exports and dependencies', faults: outputOf('knip', ['--no-progress']) },
  {
    name: 'boundaries',
    faults: async (root) => {
      const edges = importGraph(root, ['shared', 'electron', 'renderer']);
      return [...violations(edges), ...cycles(edges).map((path) => `cycle: ${path}`)].join('\n');
    },
  },
  {
    name: 'names and places',
    faults: async (root) => {
      const files = await trackedFiles(root);
      return files.length === 0 ? 'git does not list the files' : misplaced(files).join('\n');
    },
  },
  {
    name: 'lockfile',
    faults: async (root) => {
      const read = (name: string): unknown => JSON.parse(readFileSync(join(root, name), 'utf8'));
      const manifest = read('package.json') as Manifest;
      return lockfileFaults(manifest, read('package-lock.json') as Lockfile).join('\n');
    },
  },
  {
    name: 'Electron is a supported release',
    faults: async (root) => electronFault(await newestElectron(), pinnedElectron(root)),
  },
  {
    name: 'generated files',
    faults: async (root) => {
      const ended = await run(process.execPath, ['build/run.mjs', 'generate', '--check'], {
        cwd: root,
      });
      return ended.code === 0 ? '' : ended.output.trim();
    },
  },
];

function outputOf(name: string, args: readonly string[]): Check['faults'] {
  return async (root) => {
    const ended = await tool(root, name, args);
    return ended.code === 0 ? '' : ended.output.trim() || `${name} ended with ${ended.code}`;
  };
}

async function trackedFiles(root: string): Promise<readonly string[]> {
  const ended = await run('git', ['ls-files', '-z'], { cwd: root });
  return ended.code === 0 ? ended.output.split('\0').filter((file) => file !== '') : [];
}
