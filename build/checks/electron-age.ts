import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../bootstrap/child-process.mjs';
import { npmCommand } from '../bootstrap/dependencies.mjs';
import { print } from '../bootstrap/progress.mjs';

/** Electron mends security faults in its newest three major versions only. */
const SUPPORTED_MAJORS = 3;
const PATIENCE_MS = 30_000;

/** Why the Electron that is shipped may no longer be; empty when it may, or when nobody can say. */
export function electronFault(newest: string | undefined, pinned: string): string {
  if (newest === undefined) return '';
  const age = major(newest) - major(pinned);
  if (age < SUPPORTED_MAJORS) return '';
  return `Electron ${pinned} gets no security fixes any more (the newest is ${newest})`;
}

/** The registry's newest version; undefined, and said aloud, when the registry cannot be asked. */
export async function newestElectron(): Promise<string | undefined> {
  const [program = 'npm', ...lead] = npmCommand();
  const args = [...lead, 'view', 'electron', 'version', '--loglevel=silent', '--fetch-retries=0'];
  const { code, output } = await run(program, args, { timeLimitMs: PATIENCE_MS });
  const version = output.trim().split('\n').at(-1) ?? '';
  if (code === 0 && /^\d+\.\d+\.\d+$/.test(version)) return version;
  print('NOTE  the registry cannot be asked for the newest Electron, so its age is not checked');
  return undefined;
}

export function pinnedElectron(root: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { devDependencies } = manifest as { devDependencies: Record<string, string> };
  return devDependencies['electron'] ?? '0.0.0';
}

function major(version: string): number {
  return Number(version.split('.')[0]);
}
