import { changeWords, diffPacks } from '../../../shared/protocol/rule-pack/diff.ts';
import type { RulePack } from '../../../shared/protocol/rule-pack/template.ts';
import { hasErrors } from '../../../shared/protocol/rule-pack/read-pack.ts';
import { SystemClock } from '../../platform/system-clock.ts';
import { readPackFile } from '../../risk/pack-folder.ts';
import { EXIT, type HeadlessCommand, type Terminal } from '../command.ts';
import { parseWords, toggle } from '../words.ts';

const USAGE = 'Use: apex rules diff <old pack.json> <new pack.json> [--json]';

/**
 * `apex rules diff`: tells two editions of one firm's pack apart in words. Exits 0 whether they differ or not, 1 when a
 * pack has an error and cannot be trusted, 2 when one cannot be read or they are of different firms.
 */
export const rulesDiff: HeadlessCommand = (words, terminal) =>
  Promise.resolve(compare(words, terminal));

function compare(words: readonly string[], terminal: Terminal): number {
  const parsed = parseWords(words, { json: toggle });
  const [old, next, ...more] = parsed.ok ? parsed.value.rest : [];
  if (!parsed.ok || old === undefined || next === undefined || more.length > 0) {
    terminal.note(parsed.ok ? USAGE : `${parsed.error}. ${USAGE}`);
    return EXIT.usage;
  }
  const [before, after] = [packIn(old, terminal), packIn(next, terminal)];
  if (typeof before === 'number' || typeof after === 'number') {
    return before === EXIT.usage || after === EXIT.usage ? EXIT.usage : EXIT.failed;
  }
  if (before.firm.id !== after.firm.id) {
    terminal.note(`These are packs of two firms: ${before.firm.name} and ${after.firm.name}.`);
    return EXIT.usage;
  }
  tell(before, after, parsed.value.flags.json, terminal);
  return EXIT.done;
}

/** The pack of a file, or the exit code that says why there is none. */
function packIn(file: string, terminal: Terminal): RulePack | number {
  const today = new Date(new SystemClock().wall()).toISOString().slice(0, 10);
  const read = readPackFile(file, today);
  if (!read.ok) {
    terminal.note(`${file} cannot be read: ${read.error.detail}`);
    return EXIT.usage;
  }
  const { pack, issues } = read.value;
  if (pack !== null && !hasErrors(read.value)) return pack;
  const [first] = issues.filter(({ severity }) => severity === 'error');
  const where = first === undefined || first.path === '' ? '' : `${first.path}: `;
  terminal.note(`${file} has an error: ${where}${first?.sentence ?? 'It is not a pack.'}`);
  return EXIT.failed;
}

function tell(before: RulePack, after: RulePack, json: boolean, terminal: Terminal): void {
  const changes = diffPacks(before, after);
  const editions = { firm: after.firm.id, from: before.edition, to: after.edition };
  if (json) {
    terminal.out(JSON.stringify({ ...editions, changes }));
    return;
  }
  for (const change of changes) terminal.out(changeWords(change));
  const count = changes.length === 1 ? '1 template differs' : `${changes.length} templates differ`;
  terminal.out(`${after.firm.name}, ${before.edition} to ${after.edition}: ${count}`);
}
