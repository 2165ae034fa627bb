import type { EpochMs } from '../../shared/kernel/clock.ts';
import { ok, type Result } from '../../shared/kernel/result.ts';
import type { NewsRelease } from '../../shared/domain/risk/event.ts';
import { DAY_MS } from '../../shared/domain/session/civil-day.ts';
import { tradingDayOf, type TradingDay } from '../../shared/domain/session/trading-day.ts';
import type { NewsView } from '../../shared/protocol/ipc/risk-calls.ts';
import type { AccountGuard } from './account-guard.ts';
import type { KeptNews, NewsPlace } from './news-file.ts';
import { newsIn } from './news-text.ts';

/** A calendar older than this is told to be old, in milliseconds. */
const OLD_MS = 7 * DAY_MS;

interface Told {
  readonly kept: KeptNews | null;
  readonly day: TradingDay;
}

/** Tells rules that look at news releases those of yesterday to the day after tomorrow, anew on every trading day. */
export class NewsCalendar {
  readonly #place: NewsPlace;
  readonly #tell: (guard: AccountGuard, text: string) => void;
  #told = new WeakMap<AccountGuard, Told>();

  constructor(place: NewsPlace, tell: (guard: AccountGuard, text: string) => void) {
    this.#place = place;
    this.#tell = tell;
  }

  /** A new run of an account knows nothing any more; all are told again. */
  forget(): void {
    this.#told = new WeakMap();
  }

  /** Replaces the calendar; the error is one sentence and the calendar of before stays. */
  bring(text: string, now: EpochMs): Result<number, string> {
    const releases = newsIn(text);
    if (!releases.ok) return releases;
    const written = this.#place.write({ importedAt: now, releases: releases.value });
    return written.ok ? ok(releases.value.length) : written;
  }

  view(now: EpochMs): NewsView {
    const kept = this.#place.read();
    const releases = kept?.releases ?? [];
    return {
      importedAt: kept?.importedAt ?? null,
      releases: releases.length,
      first: releases[0]?.at ?? null,
      last: releases.at(-1)?.at ?? null,
      doubt: doubtOf(kept, now),
    };
  }

  tell(now: EpochMs, guards: Iterable<AccountGuard>): void {
    const concerned = [...guards].filter(looksAtNews);
    if (concerned.length === 0) return;
    const kept = this.#place.read();
    const day = tradingDayOf(now);
    for (const guard of concerned) {
      const told = this.#told.get(guard);
      if (told !== undefined && told.kept === kept && told.day === day) continue;
      this.#told.set(guard, { kept, day });
      guard.feed({ kind: 'news', releases: releasesAt(kept, now) });
      const doubt = doubtOf(kept, now);
      if (doubt !== '') this.#tell(guard, doubt);
    }
  }
}

function looksAtNews({ engine }: AccountGuard): boolean {
  return engine.rules.engine.rulebook.rules.some(({ kind }) => kind === 'news-window');
}

/** The releases around a time; null where the calendar does not reach. */
function releasesAt(kept: KeptNews | null, now: EpochMs): readonly NewsRelease[] | null {
  if (kept === null || !reaches(kept, now)) return null;
  return kept.releases.filter(({ at }) => at >= now - DAY_MS && at <= now + 3 * DAY_MS);
}

/** From the trading day of its first release to that of its last one. */
function reaches({ releases }: KeptNews, now: EpochMs): boolean {
  const [first, last] = [releases[0], releases.at(-1)];
  if (first === undefined || last === undefined) return false;
  const day = tradingDayOf(now);
  return day >= tradingDayOf(first.at) && day <= tradingDayOf(last.at);
}

function doubtOf(kept: KeptNews | null, now: EpochMs): string {
  if (kept === null) return '';
  if (!reaches(kept, now))
    return 'The news calendar has no releases for this day: import a new one.';
  const days = Math.floor((now - kept.importedAt) / DAY_MS);
  if (now - kept.importedAt <= OLD_MS) return '';
  return `The news calendar was imported ${days} days ago. Releases may have moved since.`;
}
