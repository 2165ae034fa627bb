import type { EpochMs } from '../../../kernel/clock.ts';
import { civilDayAt } from '../../session/zone.ts';
import type { InactivityRule } from '../rule.ts';
import { count, severityByUse } from '../verdict.ts';
import type { RuleModule } from './module.ts';

export interface IdleMemory {
  /** The last fill, or the beginning of a fresh account; null is unknown. */
  readonly since: EpochMs | null;
}

/** Calendar days without a fill, by the dates where the firm's day rolls. Holidays and weekends count. */
export const inactivity: RuleModule<InactivityRule, IdleMemory> = {
  start: (_rule, { isFresh }, { at }) => ({ since: isFresh ? at : null }),
  follow: (_rule, memory, { at }, event) =>
    event.kind === 'fill' || event.kind === 'trade' ? { since: at } : memory,
  judge(rule, { since }, { book, ladder, rulebook }) {
    const shape = {
      unit: 'count',
      limit: rule.maxDays,
      basis: 'calendar days without a trade',
    } as const;
    if (since === null) {
      const reason = 'The last trade of the account is not known.';
      return { ...shape, severity: 'unknown', used: null, left: null, reason, readings: {} };
    }
    const { zone } = rulebook.roll;
    const idle = civilDayAt(zone, book.at) - civilDayAt(zone, since);
    const isOver = idle >= rule.maxDays;
    return {
      ...shape,
      severity: isOver ? 'breach' : severityByUse(idle, rule.maxDays, ladder),
      used: idle,
      left: Math.max(0, rule.maxDays - idle),
      reason: isOver ? 'The account was idle for too long.' : 'The account is in use.',
      readings: { idleDays: count(idle) },
    };
  },
};
