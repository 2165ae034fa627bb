import { z } from 'zod';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { NewsRelease } from '../../shared/domain/risk/event.ts';
import { DAY_MS } from '../../shared/domain/session/civil-day.ts';
import { instantOf, zoneNamed } from '../../shared/domain/session/zone.ts';

const HEAD = 'time,class,name';
const MOST = 20_000;
const Exact = z.iso.datetime({ offset: true });
const LOCAL = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}) (\S+)$/u;

/**
 * Releases from CSV: the head `time,class,name`, then a line per release. A time is ISO 8601 with its offset, or a wall
 * clock with its zone, as `2026-12-04T08:30 America/New_York`. The error names the line.
 */
export function newsIn(text: string): Result<readonly NewsRelease[], string> {
  const [head, ...lines] = text
    .replace(/^\uFEFF/u, '')
    .trimEnd()
    .split(/\r?\n/u);
  if (head?.trim() !== HEAD) return err(`Line 1: the head must be ${HEAD}`);
  if (lines.length === 0) return err('The calendar has no release.');
  if (lines.length > MOST) return err(`The calendar has more than ${MOST} lines.`);
  const releases: NewsRelease[] = [];
  for (const [index, line] of lines.entries()) {
    const release = releaseOf(line);
    if (!release.ok) return err(`Line ${index + 2}: ${release.error}`);
    releases.push(release.value);
  }
  return ok(releases.sort((a, b) => a.at - b.at));
}

function releaseOf(line: string): Result<NewsRelease, string> {
  const [time = '', kind = '', ...rest] = line.split(',').map((cell) => cell.trim());
  const name = rest.join(', ');
  if (kind === '' || name === '') return err(`not in the form ${HEAD}`);
  const at = instantIn(time);
  return at === null ? err(`"${time}" is no time with its zone`) : ok({ at, class: kind, name });
}

function instantIn(time: string): EpochMs | null {
  if (Exact.safeParse(time).success) return Date.parse(time) as EpochMs;
  const [, date = '', hours = '', minutes = '', place = ''] = LOCAL.exec(time) ?? [];
  const zone = zoneNamed(place);
  if (!zone.ok || !z.iso.date().safeParse(date).success) return null;
  if (Number(hours) > 23 || Number(minutes) > 59) return null;
  const seconds = Number(hours) * 3_600 + Number(minutes) * 60;
  return instantOf(zone.value, Date.parse(date) / DAY_MS, seconds);
}
