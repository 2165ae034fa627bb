import type { EpochMs } from '../../shared/kernel/clock.ts';
import type { ProtectionChoice } from '../../shared/domain/risk/feed/record.ts';
import type { ProtectionLevel } from '../../shared/domain/risk/protection/permission.ts';

const LEVELS: readonly ProtectionLevel[] = ['observe', 'guard', 'protect'];

type Protection = Pick<ProtectionChoice, 'level' | 'safety' | 'insists'>;

/**
 * The choice in force by all that were ever made, oldest first; null before the first. What protects more counts from
 * its record on, whatever the clock says, so that a clock set back brings no older choice. What protects less counts
 * from its time on, and of a choice that does both its stricter part counts at once.
 */
export function choiceAt(
  choices: readonly ProtectionChoice[],
  now: EpochMs,
): ProtectionChoice | null {
  return choices.reduce<ProtectionChoice | null>((before, next) => {
    if (before === null || next.from <= now || !protectsLess(next, before)) return next;
    return { ...before, ...stricter(before, next) };
  }, null);
}

/** Whether a choice protects less than another in any way. */
export function protectsLess(next: Protection, than: Protection): boolean {
  return (
    LEVELS.indexOf(next.level) < LEVELS.indexOf(than.level) ||
    next.safety > than.safety ||
    // Without the trader's insisting the firm's word turns the level into observing.
    (than.insists && !next.insists)
  );
}

function stricter(a: Protection, b: Protection): Protection {
  return {
    level: LEVELS.indexOf(a.level) >= LEVELS.indexOf(b.level) ? a.level : b.level,
    safety: Math.min(a.safety, b.safety),
    insists: a.insists || b.insists,
  };
}
