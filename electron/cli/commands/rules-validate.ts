import type { PackIssue } from '../../../shared/protocol/rule-pack/issue.ts';
import { SystemClock } from '../../platform/system-clock.ts';
import { packFilesIn, readPackFile, type PackAtHand } from '../../risk/pack-folder.ts';
import { EXIT, type HeadlessCommand, type Terminal } from '../command.ts';
import { shippedPacks } from '../shipped-packs.ts';
import { parseWords, toggle } from '../words.ts';

const USAGE = 'Use: apex rules validate [<pack.json>...] [--all] [--json]';

const FLAGS = { all: toggle, json: toggle };

/**
 * `apex rules validate`: reads rule packs, the shipped ones unless files are named. Exits 1 when one has an error and 2
 * when one cannot be read at all; warnings alone are no failure. --all tells every warning instead of one of each kind.
 */
export const rulesValidate: HeadlessCommand = (words, terminal) =>
  Promise.resolve(validateOn(today(new SystemClock().wall()), words, terminal));

/** The same on a given day, YYYY-MM-DD. */
export function validateOn(day: string, words: readonly string[], terminal: Terminal): number {
  const parsed = parseWords(words, FLAGS);
  if (!parsed.ok) {
    terminal.note(`${parsed.error}. ${USAGE}`);
    return EXIT.usage;
  }
  const { flags, rest } = parsed.value;
  const files = rest.length > 0 ? ({ ok: true, value: rest } as const) : packFilesIn(shippedPacks);
  const readings = files.ok ? files.value.map((file) => readPackFile(file, day)) : [files];
  const unreadable = readings.flatMap((reading) => (reading.ok ? [] : [reading.error]));
  const packs = readings.flatMap((reading) => (reading.ok ? [reading.value] : []));
  for (const { file, detail } of unreadable) terminal.note(`${file} cannot be read: ${detail}`);
  if (flags.json) terminal.out(JSON.stringify(reportOf(packs, day)));
  else for (const pack of packs) tell(pack, flags.all, terminal);
  if (unreadable.length > 0) return EXIT.usage;
  return count(packs, 'error') === 0 ? EXIT.done : EXIT.failed;
}

function reportOf(packs: readonly PackAtHand[], day: string): object {
  return {
    day,
    errors: count(packs, 'error'),
    warnings: count(packs, 'warning'),
    packs: packs.map(({ file, pack, issues }) => ({
      file,
      firm: pack?.firm.id ?? null,
      edition: pack?.edition ?? null,
      templates: pack?.templates.map(({ id }) => id) ?? [],
      issues,
    })),
  };
}

function tell(reading: PackAtHand, all: boolean, terminal: Terminal): void {
  const { file, pack, issues } = reading;
  const templates = pack === null ? 'not a pack' : counted(pack.templates.length, 'template');
  const errors = counted(count([reading], 'error'), 'error');
  const warnings = counted(count([reading], 'warning'), 'warning');
  terminal.out(`${file}: ${templates}, ${errors}, ${warnings}`);
  for (const issue of all ? issues : briefly(issues)) terminal.out(`  ${lineOf(issue)}`);
}

/** Every error, and of each kind of warning the first with how many more there are. */
function briefly(issues: readonly PackIssue[]): readonly PackIssue[] {
  const errors = issues.filter(({ severity }) => severity === 'error');
  const warnings = issues.filter(({ severity }) => severity === 'warning');
  const kinds = [...new Set(warnings.map(({ code }) => code))];
  const firsts = kinds.flatMap((kind) => {
    const [first, ...others] = warnings.filter(({ code }) => code === kind);
    if (first === undefined) return [];
    const more = others.length === 0 ? '' : ` And ${others.length} more like it.`;
    return [{ ...first, sentence: `${first.sentence}${more}` }];
  });
  return [...errors, ...firsts];
}

function lineOf({ severity, code, path, sentence }: PackIssue): string {
  return `${severity} ${code} ${path === '' ? '' : `${path}: `}${sentence}`;
}

function count(packs: readonly PackAtHand[], severity: PackIssue['severity']): number {
  return packs.flatMap(({ issues }) => issues).filter((issue) => issue.severity === severity)
    .length;
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function today(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
