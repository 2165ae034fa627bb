import type { FlatByRule } from '../../../shared/domain/session/flat-by.ts';
import type { Zone } from '../../../shared/domain/session/zone.ts';
import { placeTimeOf } from '../../../shared/protocol/rule-pack/clock-time.ts';
import { isPart } from '../../../shared/protocol/rule-pack/values.ts';
import {
  gapOf,
  headOf,
  joined,
  NOTHING,
  rulesOf,
  unknownOf,
  type Terms,
  type Translated,
} from './terms.ts';

const MINUTE = 60;
const MINUTE_MS = 60_000;
/** The window around a release where the firm names none. */
const USUAL_NEWS_MINUTES = 2;

/** The ordinary close of the exchange on the clocks that firms write their deadlines in. */
const CLOSES: Readonly<Record<string, number>> = {
  'America/New_York': 17 * 60 * MINUTE,
  'America/Chicago': 16 * 60 * MINUTE,
};

/** When to be flat: before the close, and around the news. */
export function hourRules(terms: Terms): Translated {
  return joined(flatBy(terms), news(terms));
}

function flatBy(terms: Terms): Translated {
  const { session } = terms.rules;
  if (session.flatBy === 'unknown') return unknownOf('session.flatBy');
  if (session.flatBy === 'none') return NOTHING;
  const { seconds, zone } = placeTimeOf(session.flatBy);
  const usual = Math.max(0, (CLOSES[zone] ?? seconds) - seconds);
  const early = earlyOf(session.earlyClose, zone);
  const deadline: FlatByRule = {
    ...{ kind: 'wall-time', zone: zone as Zone, time: seconds },
    ...(early ?? { earlyLead: usual }),
  };
  const rule = rulesOf({
    ...headOf(terms, 'session.flatBy', effectOf(session.atFlatBy)),
    kind: 'flat-by',
    deadline,
    includesOrders: true,
  });
  const sentence = `On an early close the deadline is taken to be ${Math.round(usual / MINUTE)} minutes before it, as on other days.`;
  return joined(
    rule,
    early === null ? gapOf('assumed', 'session.earlyClose', sentence) : NOTHING,
    session.atFlatBy === 'unknown' ? gapOf('assumed', 'session.atFlatBy', HARDEST) : NOTHING,
  );
}

type Early = Pick<Extract<FlatByRule, { kind: 'wall-time' }>, 'earlyLead' | 'earlyTime'>;

/** The firm's own rule for days with an early close; null where it states none that the engine can follow. */
function earlyOf(early: Terms['rules']['session']['earlyClose'], zone: string): Early | null {
  if (!isPart(early)) return null;
  if ('minutesBefore' in early) return { earlyLead: early.minutesBefore * MINUTE };
  const { seconds, zone: place } = placeTimeOf(early.at);
  // Never at the close itself, if the exchange should close at that very time.
  return place === zone ? { earlyLead: MINUTE, earlyTime: seconds } : null;
}

const HARDEST = 'What follows a missed deadline is not known; it is taken to cost the account.';

/** Where the firm's answer is not known, the hardest one is taken, as for every other limit. */
function effectOf(atFlatBy: Terms['rules']['session']['atFlatBy']): 'hard' | 'soft' | 'warn' {
  if (atFlatBy === 'breach' || atFlatBy === 'unknown') return 'hard';
  return atFlatBy === 'traderDuty' ? 'warn' : 'soft';
}

function news(terms: Terms): Translated {
  const { news: rule } = terms.rules;
  if (rule === 'unknown') return unknownOf('news');
  if (!isPart(rule)) return NOTHING;
  if (rule.rule === 'oneDirection')
    return gapOf('not-evaluated', 'news', 'One direction per release is left to the trader.');
  const minutes = [rule.minutesBefore, rule.minutesAfter] as const;
  const [before, after] = minutes.map(
    (m) => (m === 'unknown' ? USUAL_NEWS_MINUTES : m) * MINUTE_MS,
  );
  const translated = rulesOf({
    ...headOf(terms, 'news', 'refuse'),
    kind: 'news-window',
    before: before ?? 0,
    after: after ?? 0,
    classes: rule.events,
    roots: [],
    demands: rule.rule === 'flat' || rule.rule === 'closedByFirm' ? 'flat' : 'no-entries',
  });
  const sentence = `Where the firm names no time, ${USUAL_NEWS_MINUTES} minutes are taken.`;
  const isStated = !minutes.includes('unknown');
  return joined(translated, isStated ? NOTHING : gapOf('assumed', 'news', sentence));
}
