import { execFile } from 'node:child_process';
import { readFile, readdir, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const COMMAND_LIMITS = { timeout: 3_000, windowsHide: true, maxBuffer: 4_194_304 };

/** Names the process that listens on a local TCP port, where the system tells; null otherwise. */
export async function findPortHolder(port: number): Promise<string | null> {
  try {
    if (process.platform === 'linux') return await holderOnLinux(port);
    if (process.platform === 'win32') return await holderOnWindows(port);
    return null;
  } catch {
    // The answer only makes an error message better; without it the message says that the holder is unknown.
    return null;
  }
}

/** Inode of the socket listening on the port, from the text of /proc/net/tcp; null when there is none. */
export function listeningInode(table: string, port: number): string | null {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  for (const line of table.split('\n').slice(1)) {
    const columns = line.trim().split(/\s+/);
    if (columns[3] === '0A' && columns[1]?.endsWith(suffix) === true) return columns[9] ?? null;
  }
  return null;
}

/** Process id of the listener on the port, from the output of `netstat -ano -p tcp`. */
export function listeningPid(netstat: string, port: number): string | null {
  for (const line of netstat.split(/\r?\n/)) {
    // The state's name is translated by Windows; a listener is known by its foreign port 0.
    const [protocol, local, foreign, , pid] = line.trim().split(/\s+/);
    const listens = foreign?.endsWith(':0') === true && local?.endsWith(`:${port}`) === true;
    if (protocol === 'TCP' && listens && pid !== undefined) return pid;
  }
  return null;
}

/** Image name from one line of `tasklist /FO CSV /NH`; null when the process is gone. */
export function imageName(tasklist: string): string | null {
  return /^"([^"]+)","\d+"/m.exec(tasklist)?.[1] ?? null;
}

async function holderOnLinux(port: number): Promise<string | null> {
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map(readOrEmpty));
  const inode = tables.map((table) => listeningInode(table, port)).find((found) => found !== null);
  if (inode === undefined) return null;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    if (!(await holdsSocket(pid, inode))) continue;
    const name = (await readOrEmpty(`/proc/${pid}/comm`)).trim();
    return describe(name === '' ? null : name, pid);
  }
  return null;
}

async function holdsSocket(pid: string, inode: string): Promise<boolean> {
  try {
    for (const fd of await readdir(`/proc/${pid}/fd`)) {
      if ((await readlink(`/proc/${pid}/fd/${fd}`)) === `socket:[${inode}]`) return true;
    }
  } catch {
    // The process ended meanwhile or belongs to somebody else; either way it cannot be read.
  }
  return false;
}

async function readOrEmpty(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    // Not every kernel has every table.
    return '';
  }
}

async function holderOnWindows(port: number): Promise<string | null> {
  const { stdout } = await run('netstat', ['-ano', '-p', 'tcp'], COMMAND_LIMITS);
  const pid = listeningPid(stdout, port);
  if (pid === null) return null;
  const tasks = await run(
    'tasklist',
    ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'],
    COMMAND_LIMITS,
  );
  return describe(imageName(tasks.stdout), pid);
}

function describe(name: string | null, pid: string): string {
  return name === null ? `process ${pid}` : `${name} (process ${pid})`;
}
