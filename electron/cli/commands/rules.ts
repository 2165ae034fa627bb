import { EXIT, type HeadlessCommand, type Terminal } from '../command.ts';
import { replayFiles } from '../rules/replay-files.ts';
import { parseWords, toggle } from '../words.ts';
import { rulesAssign, rulesShow } from './rules-assign.ts';
import { rulesOwn } from './rules-own.ts';
import { rulesRecord } from './rules-record.ts';
import { rulesDiff } from './rules-diff.ts';
import { rulesValidate } from './rules-validate.ts';

const USAGE =
  'Use: apex rules replay <vectors.json> [<more.json> ...] [--json], or apex rules validate, diff, assign, show, record or own';

const HELP: readonly string[] = ['--help', '-h', 'help'];

const ACTIONS: Readonly<Record<string, HeadlessCommand>> = {
  validate: rulesValidate,
  diff: rulesDiff,
  assign: rulesAssign,
  show: rulesShow,
  record: rulesRecord,
  own: rulesOwn,
};

/**
 * `apex rules replay` sends vectors through the rule engine, `apex rules validate` checks rule packs, `apex rules diff`
 * compares two of them, `assign`, `show`, `record` and `own` are for the rules of accounts. Exits 1 on a mismatch or a flaw, 2 on a file that it cannot read.
 */
export const rules: HeadlessCommand = (words, terminal) => {
  const [name = '', ...rest] = words;
  if (HELP.includes(name)) {
    terminal.out(USAGE);
    return Promise.resolve(EXIT.done);
  }
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  return action === undefined ? Promise.resolve(run(words, terminal)) : action(rest, terminal);
};

function run(words: readonly string[], terminal: Terminal): number {
  const parsed = parseWords(words, { json: toggle });
  const [action, ...files] = parsed.ok ? parsed.value.rest : [];
  if (!parsed.ok || action !== 'replay' || files.length === 0) {
    terminal.note(parsed.ok ? USAGE : `${parsed.error}. ${USAGE}`);
    return EXIT.usage;
  }
  return replayFiles(files, parsed.value.flags.json, terminal);
}
