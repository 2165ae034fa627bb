import { EXIT, type HeadlessCommand, type Terminal } from '../command.ts';
import { replayFiles } from '../rules/replay-files.ts';
import { parseWords, toggle } from '../words.ts';
import { rulesValidate } from './rules-validate.ts';

const USAGE =
  'Use: apex rules replay <vectors.json> [<more.json> ...] [--json], or apex rules validate [<pack.json> ...] [--json]';

/**
 * `apex rules replay` sends vectors through the rule engine, `apex rules validate` checks rule packs. Exits 1 on a
 * mismatch or a flaw, 2 on a file that it cannot read.
 */
export const rules: HeadlessCommand = (words, terminal) =>
  words[0] === 'validate'
    ? rulesValidate(words.slice(1), terminal)
    : Promise.resolve(run(words, terminal));

function run(words: readonly string[], terminal: Terminal): number {
  const parsed = parseWords(words, { json: toggle });
  const [action, ...files] = parsed.ok ? parsed.value.rest : [];
  if (!parsed.ok || action !== 'replay' || files.length === 0) {
    terminal.note(parsed.ok ? USAGE : `${parsed.error}. ${USAGE}`);
    return EXIT.usage;
  }
  return replayFiles(files, parsed.value.flags.json, terminal);
}
