import type { PlatformPath } from 'node:path';
import { attempt } from './file-failure.ts';
import type { Files } from './files.ts';
import type { Layout } from './layout.ts';

/** A script that NinjaTrader's own log names together with a compiler error. */
export interface CompileComplaint {
  /** File name without its folder. */
  readonly file: string;
  /** The compiler's error, such as CS0101. */
  readonly error: string;
}

const TAIL_BYTES = 262_144;
const MOST_LOGS = 4;
const COMPLAINT = /([^\\/:*?"<>|\r\n'(]+\.cs)\b[^\r\n]*?\b(CS\d{4})\b/gi;

/**
 * Looks for compiler errors in what NinjaTrader logged since a time. Nobody has documented that a failed compile is
 * logged, and some say that it is not, so an empty answer proves nothing. Only file names and codes are taken: the
 * lines hold account names.
 */
export async function findComplaints(
  layout: Layout,
  since: number,
  files: Files,
  path: PlatformPath,
): Promise<readonly CompileComplaint[]> {
  const logs = [
    ...(await recentLogs(layout.logs, since, files, path)),
    ...(await recentLogs(layout.traces, since, files, path)),
  ];
  const found = new Map<string, CompileComplaint>();
  for (const log of logs) {
    const tail = await attempt(() => files.readTail(log, TAIL_BYTES));
    if (!tail.ok) continue;
    for (const complaint of complaintsIn(linesSince(tail.value.toString('utf8'), since))) {
      found.set(`${complaint.file} ${complaint.error}`, complaint);
    }
  }
  return [...found.values()];
}

/** The compiler errors that a log's text names. */
export function complaintsIn(text: string): readonly CompileComplaint[] {
  return [...text.matchAll(COMPLAINT)].map(([, file = '', error = '']) => ({
    file: file.trim(),
    error: error.toUpperCase(),
  }));
}

/**
 * The lines that are as late as the time; one without a time of its own goes with the line before it. A line's time is
 * local and given to the second.
 */
function linesSince(text: string, since: number): string {
  let isLate = true;
  const late = text.split(/\r?\n/).filter((line) => {
    const stamp = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)/.exec(line);
    // Without a zone in it such a text stands for local time.
    if (stamp !== null) isLate = Date.parse(`${stamp[1]}T${stamp[2]}.999`) >= since;
    return isLate;
  });
  return late.join('\n');
}

async function recentLogs(
  folder: string,
  since: number,
  files: Files,
  path: PlatformPath,
): Promise<readonly string[]> {
  const entries = await attempt(() => files.list(folder));
  if (!entries.ok) return [];
  const names = entries.value
    .filter(({ name, kind }) => kind === 'file' && /^(log|trace)\..*\.txt$/i.test(name))
    // Their names begin with the day, so the last ones are the newest.
    .map(({ name }) => name)
    .sort()
    .slice(-MOST_LOGS);
  const recent: string[] = [];
  for (const name of names) {
    const log = path.join(folder, name);
    const facts = await attempt(() => files.facts(log));
    if (facts.ok && facts.value.writtenAt >= since) recent.push(log);
  }
  return recent;
}
