import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A stamp is a file that holds the key of what was last made; the same key means nothing to do. */
export function isStamped(file: string, key: string): boolean {
  try {
    return readFileSync(file, 'utf8') === key;
  } catch {
    // No stamp, or one that cannot be read: what it stood for is made again.
    return false;
  }
}

export function stamp(file: string, key: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, key);
}

export function unstamp(file: string): void {
  rmSync(file, { force: true });
}
