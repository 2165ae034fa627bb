import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const KEY = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders';
const LIMITS = { timeout: 5_000, windowsHide: true };

/** Asks Windows where this user's documents are; null where it does not tell. */
export type ShellFolder = () => Promise<string | null>;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the registry through reg.exe. It exports to a file instead of printing: what it prints is in the console's old
 * code page and loses names such as "Документы"; what it exports is UTF-16.
 */
export function registryShellFolder(env: Environment): ShellFolder {
  return async () => {
    if (process.platform !== 'win32') return null;
    const file = join(tmpdir(), `enigma-apex-${randomBytes(6).toString('hex')}.reg`);
    try {
      // By its full path, so that no other reg.exe on the search path is run.
      const program = join(env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'reg.exe');
      await run(program, ['export', KEY, file, '/y'], LIMITS);
      const value = exportedValue(await readFile(file, 'utf16le'), 'Personal');
      return value === null ? null : expand(value, env);
    } catch {
      // Without the answer the usual places are searched, and the person can name the folder.
      return null;
    } finally {
      await rm(file, { force: true });
    }
  };
}

/** One text value out of a registry export (`"Name"="text"` or the bytes of an expandable text); null if absent. */
export function exportedValue(text: string, name: string): string | null {
  // Long values go on in the next line after a backslash.
  const lines = text.replace(/\\\r?\n\s*/g, '').split(/\r?\n/);
  const line = lines.find((one) => one.startsWith(`"${name}"=`));
  const value = line?.slice(name.length + 3);
  if (value === undefined) return null;
  if (value.startsWith('hex(2):')) return expandableText(value.slice('hex(2):'.length));
  const quoted = /^"(.*)"$/.exec(value)?.[1];
  return quoted === undefined ? null : quoted.replace(/\\(.)/g, '$1');
}

function expandableText(hex: string): string | null {
  if (!/^[0-9a-f]{2}(,[0-9a-f]{2})*$/i.test(hex)) return null;
  const text = Buffer.from(hex.replaceAll(',', ''), 'hex').toString('utf16le');
  return text.replace(/\0.*$/s, '');
}

/** Puts in the values of `%NAME%`, in any case, as Windows does; null when a name has no value. */
export function expand(text: string, env: Environment): string | null {
  const values = new Map(Object.entries(env).map(([name, value]) => [name.toUpperCase(), value]));
  const names = [...text.matchAll(/%([^%]+)%/g)].map(([, name = '']) => name.toUpperCase());
  if (text === '' || names.some((name) => values.get(name) === undefined)) return null;
  return text.replace(/%([^%]+)%/g, (_whole, name: string) => values.get(name.toUpperCase()) ?? '');
}
