import type { EpochMs } from '../../shared/kernel/clock.ts';
import type { ProtectionChoice } from '../../shared/domain/risk/feed/record.ts';
import type { ProtectionLevel } from '../../shared/domain/risk/protection/permission.ts';

const LEVELS: readonly ProtectionLevel[] = ['observe', 'guard', 'protect'];

/** The choice in force: the last one whose time has come. Null before the first. */
export function choiceAt(
  choices: readonly ProtectionChoice[],
  now: EpochMs,
): ProtectionChoice | null {
  return choices.findLast(({ from }) => from <= now) ?? choices[0] ?? null;
}

/** Whether a choice protects less than another in any way. */
export function protectsLess(
  next: Pick<ProtectionChoice, 'level' | 'safety' | 'insists'>,
  than: Pick<ProtectionChoice, 'level' | 'safety' | 'insists'>,
): boolean {
  return (
    LEVELS.indexOf(next.level) < LEVELS.indexOf(than.level) ||
    next.safety > than.safety ||
    // Without the trader's insisting the firm's word turns the level into observing.
    (than.insists && !next.insists)
  );
}
