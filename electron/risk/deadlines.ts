import type { EpochMs } from '../../shared/kernel/clock.ts';
import { DAY_MS } from '../../shared/domain/session/civil-day.ts';
import { flatBy } from '../../shared/domain/session/flat-by.ts';
import { sessionOf } from '../../shared/domain/session/session.ts';
import { tradingDayOf, type TradingDay } from '../../shared/domain/session/trading-day.ts';
import type { Deadline } from '../../shared/domain/risk/protection/deadline.ts';
import type { RulesInForce } from './rules-in-force.ts';
import { CALENDAR_ROOT } from './rules-in-force.ts';

/** By when an account must be flat on the present and the coming trading day. */
export function deadlinesOf({ engine }: RulesInForce, now: EpochMs): readonly Deadline[] {
  const days = [tradingDayOf(now), tradingDayOf((now + DAY_MS) as EpochMs)];
  return engine.rulebook.rules.flatMap((rule) => {
    if (rule.kind !== 'flat-by') return [];
    return [...new Set(days)].flatMap((day) => deadlineOn(day, rule));
  });
}

type FlatByRule = Extract<RulesInForce['engine']['rulebook']['rules'][number], { kind: 'flat-by' }>;

function deadlineOn(day: TradingDay, rule: FlatByRule): readonly Deadline[] {
  const found = flatBy(CALENDAR_ROOT, day, rule.deadline);
  const session = sessionOf(CALENDAR_ROOT, day);
  if (!found.ok || found.value === null || !session.ok) return [];
  const endsAt = session.value.span?.closesAt ?? found.value.at;
  const { id, effect } = rule;
  return [{ id, day, at: found.value.at, endsAt, instruments: null, acts: effect !== 'warn' }];
}
