import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { err, ok, type Result } from '../../../shared/kernel/result.ts';
import { OwnRulesWish } from '../../../shared/protocol/ipc/own-rules.ts';
import { readOwnRules } from '../../risk/own-rules/own-rule-text.ts';
import { FUTURES_ROLL } from '../../risk/written-rules/rule-params.ts';
import { EXIT, type HeadlessCommand, type Terminal } from '../command.ts';
import { defaultFolder, withKeptDesk } from '../headless-desk.ts';
import { parseWords, toggle } from '../words.ts';

const USAGE =
  'Use: apex rules own --account <name> [--file <own-rules.json>] [--reason <words>] [--folder <dir>] [--json]. Without a file it prints the present ones in the same format; the file replaces all of them';

const FLAGS = {
  account: z.string().min(1).max(200),
  file: z.string().min(1).optional(),
  reason: z.string().max(400).default(''),
  folder: z.string().min(1).default(defaultFolder()),
  json: toggle,
};

/** `apex rules own`: the trader's own rules of an account; exits 1 when they were refused. */
export const rulesOwn: HeadlessCommand = (words, terminal) => {
  const parsed = parseWords(words, FLAGS);
  if (!parsed.ok || parsed.value.rest.length > 0) {
    return misused(parsed.ok ? 'Name an account and no more' : parsed.error, terminal);
  }
  const { account, file, reason, folder, json } = parsed.value.flags;
  if (file === undefined) return show(folder, account, terminal);
  const wish = wishIn(file, account, reason);
  if (!wish.ok) return misused(wish.error, terminal);
  return withKeptDesk(folder, terminal, (desk) => {
    const answer = desk.engine.risk.chooseOwnRules(wish.value);
    const from = answer.outcome === 'later' && answer.from !== null ? answer.from : null;
    const when = from === null ? '' : ` From ${new Date(from).toISOString()}.`;
    terminal.out(json ? JSON.stringify(answer) : `${account}: ${answer.message}${when}`);
    return answer.outcome === 'refused' ? EXIT.failed : EXIT.done;
  });
};

function show(folder: string, account: string, terminal: Terminal): Promise<number> {
  return withKeptDesk(folder, terminal, (desk) => {
    const { rules, waiting } = desk.engine.risk.ownRules({ account });
    terminal.out(JSON.stringify(rules, null, 2));
    if (waiting === null) return EXIT.done;
    const names = waiting.rules.map(({ id }) => id).join(', ');
    const set = names === '' ? 'none' : names;
    terminal.note(`From ${new Date(waiting.from).toISOString()} others count: ${set}.`);
    return EXIT.done;
  });
}

/** The rules of a file; the error names the rule and the field. */
function wishIn(file: string, account: string, reason: string): Result<OwnRulesWish, string> {
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return err(`${file} cannot be read: ${(error as Error).message}`);
  }
  const read = readOwnRules(given, FUTURES_ROLL);
  if (!read.ok) return err(`${file}: ${read.error}`);
  const wish = OwnRulesWish.safeParse({ account, rules: read.value, reason });
  return wish.success ? ok(wish.data) : err(`${file}: ${wish.error.issues[0]?.message ?? ''}`);
}

function misused(error: string, terminal: Terminal): Promise<number> {
  terminal.note(`${error}. ${USAGE}`);
  return Promise.resolve(EXIT.usage);
}
