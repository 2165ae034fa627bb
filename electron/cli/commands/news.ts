import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { err, type Result } from '../../../shared/kernel/result.ts';
import type { NewsRelease } from '../../../shared/domain/risk/event.ts';
import { SystemClock } from '../../platform/system-clock.ts';
import { NewsFile } from '../../risk/news-file.ts';
import { newsIn } from '../../risk/news-text.ts';
import { EXIT, type HeadlessCommand, type Terminal } from '../command.ts';
import { defaultFolder } from '../headless-desk.ts';
import { parseWords } from '../words.ts';

const USAGE =
  'Use: apex news import <calendar.csv> [--folder <dir>], or apex news show [--folder <dir>]';

const FLAGS = { folder: z.string().min(1).default(defaultFolder()) };

/** `apex news`: imports the calendar of releases that news rules look at, and shows it. */
export const news: HeadlessCommand = (words, terminal) => {
  const parsed = parseWords(words, FLAGS);
  const [action, file, ...more] = parsed.ok ? parsed.value.rest : [];
  const isImport = action === 'import' && file !== undefined;
  const isShow = action === 'show' && file === undefined;
  if (!parsed.ok || more.length > 0 || (!isImport && !isShow)) {
    terminal.note(parsed.ok ? USAGE : `${parsed.error}. ${USAGE}`);
    return Promise.resolve(EXIT.usage);
  }
  const place = new NewsFile(join(parsed.value.flags.folder, 'news.json'));
  return Promise.resolve(isImport ? importFrom(file, place, terminal) : show(place, terminal));
};

function importFrom(file: string, place: NewsFile, terminal: Terminal): number {
  const found = releasesIn(file);
  if (!found.ok) {
    terminal.note(`${file}: ${found.error}`);
    return EXIT.usage;
  }
  const importedAt = new SystemClock().wall();
  const kept = place.write({ importedAt, releases: found.value });
  if (kept.ok) terminal.out(spanText(found.value));
  else terminal.note(kept.error);
  return kept.ok ? EXIT.done : EXIT.failed;
}

function releasesIn(file: string): Result<readonly NewsRelease[], string> {
  try {
    return newsIn(readFileSync(file, 'utf8'));
  } catch (error) {
    return err(`cannot be read: ${(error as Error).message}`);
  }
}

function show(place: NewsFile, terminal: Terminal): number {
  const kept = place.read();
  if (kept === null) {
    terminal.out('No news calendar was imported.');
    return EXIT.failed;
  }
  terminal.out(spanText(kept.releases));
  for (const release of kept.releases) {
    terminal.out(`${new Date(release.at).toISOString()} ${release.class} ${release.name}`);
  }
  return EXIT.done;
}

function spanText(releases: readonly NewsRelease[]): string {
  const [first, last] = [releases[0], releases.at(-1)].map((release) =>
    release === undefined ? '' : new Date(release.at).toISOString(),
  );
  return `${releases.length} releases from ${first} to ${last}.`;
}
