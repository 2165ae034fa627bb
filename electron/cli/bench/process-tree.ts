import { readdirSync, readFileSync } from 'node:fs';

export interface TreeMemory {
  readonly processes: number;
  /** Resident memory of all of them; what they share counts once for each. */
  readonly rssMb: number;
  /** The same with shared memory counted once in all; null where the system does not tell. */
  readonly pssMb: number | null;
}

/** Memory of a process and its descendants; null on systems without /proc. */
export function memoryOfTree(root: number): TreeMemory | null {
  const pids = treeOf(root);
  if (pids === null) return null;
  const rss = pids.map((pid) => kilobytes(`/proc/${pid}/status`, 'VmRSS'));
  const pss = pids.map((pid) => kilobytes(`/proc/${pid}/smaps_rollup`, 'Pss'));
  const total = (parts: readonly (number | null)[]): number =>
    Math.round(parts.reduce<number>((sum, part) => sum + (part ?? 0), 0) / 1_024);
  return {
    processes: pids.length,
    rssMb: total(rss),
    pssMb: pss.includes(null) ? null : total(pss),
  };
}

/** The process and its descendants that live now; null on systems without /proc. */
export function treeOf(root: number): readonly number[] | null {
  if (process.platform !== 'linux') return null;
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = parentOf(name);
    if (parent === null) continue;
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found: number[] = [];
  const pending = [root];
  for (let pid = pending.pop(); pid !== undefined; pid = pending.pop()) {
    found.push(pid);
    pending.push(...(children.get(pid) ?? []));
  }
  return found;
}

/** The fields after the name, which stands in brackets and may hold anything: state, parent, ... */
function parentOf(pid: string): number | null {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields?.[1] === undefined ? null : Number(fields[1]);
}

function kilobytes(file: string, field: string): number | null {
  const match = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(read(file) ?? '');
  return match?.[1] === undefined ? null : Number(match[1]);
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // The process ended meanwhile, or may not be looked into.
    return null;
  }
}
