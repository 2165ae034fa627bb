import { z } from 'zod';
import { exportJournal } from '../../store/journal-export.ts';
import { verifyJournal } from '../../store/journal-verify.ts';
import { openToRead, type Database } from '../../store/sqlite.ts';
import { describeStoreError } from '../../store/store-error.ts';
import { EXIT, type HeadlessCommand, type Terminal } from '../command.ts';
import { parseWords, toggle } from '../words.ts';

const USAGE = 'Use: apex journal verify|export --file <journal> [--from <seq>] [--json]';

const FLAGS = {
  file: z.string().min(1),
  from: z.coerce.number().int().min(1).default(1),
  json: toggle,
};

/** `apex journal verify` checks the chain of a journal, `apex journal export` prints it as JSON lines. */
export const journal: HeadlessCommand = (words, terminal) => {
  const parsed = parseWords(words, FLAGS);
  const action = parsed.ok ? parsed.value.rest[0] : undefined;
  if (!parsed.ok || (action !== 'verify' && action !== 'export')) {
    terminal.note(parsed.ok ? USAGE : `${parsed.error}. ${USAGE}`);
    return Promise.resolve(EXIT.usage);
  }
  const { file, from, json } = parsed.value.flags;
  const opened = openToRead({ path: file });
  if (!opened.ok) {
    terminal.note(describeStoreError(opened.error));
    return Promise.resolve(EXIT.failed);
  }
  try {
    if (action === 'verify') return Promise.resolve(verify(opened.value, json, terminal));
    for (const line of exportJournal(opened.value, from)) terminal.out(line);
    return Promise.resolve(EXIT.done);
  } finally {
    opened.value.close();
  }
};

function verify(db: Database, json: boolean, terminal: Terminal): number {
  const verdict = verifyJournal(db);
  if (json) {
    terminal.out(JSON.stringify(verdict));
  } else {
    for (const flaw of verdict.flaws) terminal.out(`${flaw.code} at ${flaw.seq}: ${flaw.detail}`);
    const { records, batches, flaws } = verdict;
    terminal.out(`${records} records in ${batches} batches, ${flaws.length} flaws`);
  }
  return verdict.flaws.length === 0 ? EXIT.done : EXIT.failed;
}
