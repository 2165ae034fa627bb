import { money } from '../../money/money.ts';
import type { OwnLadder } from './own-ladder.ts';
import type { ProtectionLevel } from './permission.ts';
import type { ProtectionSettings } from './settings.ts';

const LEVELS: readonly ProtectionLevel[] = ['observe', 'guard', 'protect'];

/**
 * What holds between a change of the settings and the next session: of every choice the stricter one, so that
 * tightening counts at once and loosening does not. What is no choice, as the mode, is as it is now.
 */
export function stricterSettings(
  before: ProtectionSettings,
  wanted: ProtectionSettings,
): ProtectionSettings {
  const [was, will] = [before.ownLimit, wanted.ownLimit];
  return {
    ...wanted,
    standing: {
      ...wanted.standing,
      level: stricterLevel(before.standing.level, wanted.standing.level),
      insists: before.standing.insists || wanted.standing.insists,
    },
    ownLimit: {
      safety: Math.min(was.safety, will.safety),
      reserve: {
        amount: money(Math.max(was.reserve.amount, will.reserve.amount)),
        ticks: Math.max(was.reserve.ticks, will.reserve.ticks),
        assumedTicks: Math.max(was.reserve.assumedTicks, will.reserve.assumedTicks),
      },
    },
    ladder: stricterLadder(before.ladder, wanted.ladder),
    attemptLimit: stricterCount(before.attemptLimit, wanted.attemptLimit),
  };
}

/** Whether the wanted settings permit anything that the present ones do not. */
export function loosensSettings(before: ProtectionSettings, wanted: ProtectionSettings): boolean {
  const { ownLimit, ladder, attemptLimit, standing } = stricterSettings(before, wanted);
  const choices = [ownLimit, ladder, attemptLimit, standing];
  const asked = [wanted.ownLimit, wanted.ladder, wanted.attemptLimit, wanted.standing];
  return choices.some((choice, index) => !isSame(choice, asked[index]));
}

/** The steps of two rising ladders, the lower of each, rise too. */
function stricterLadder(a: OwnLadder, b: OwnLadder): OwnLadder {
  const notice = Math.min(a.notice, b.notice);
  return {
    notice,
    warning: Math.min(a.warning, b.warning),
    critical: Math.min(a.critical, b.critical),
    act: Math.min(a.act, b.act),
    hysteresis: Math.min(Math.max(a.hysteresis, b.hysteresis), notice - 1),
  };
}

function stricterLevel(a: ProtectionLevel, b: ProtectionLevel): ProtectionLevel {
  return LEVELS.indexOf(a) >= LEVELS.indexOf(b) ? a : b;
}

function stricterCount(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

/** Field by field, whatever order the fields came in. */
function isSame(a: unknown, b: unknown): boolean {
  if (!isFields(a) || !isFields(b)) return a === b;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => isSame(a[name], b[name]));
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
