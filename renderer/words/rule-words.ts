import type { RuleView } from '../../shared/protocol/ipc/risk-view.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import { grouped, MINUS, moneyText, UNKNOWN } from '../format/money-text.ts';
import { clockText, spanText } from '../format/time-text.ts';

type Unit = RuleView['unit'];

/** 2520ths, so that every weight of a micro is a whole number. */
const LOTS_OF_MINI = 2_520;
const PARTS_OF_PERCENT = 10_000;

/** A rule's limit or its used part. */
export function amountText(value: number | null, unit: Unit, currency: string): string {
  if (value === null) return UNKNOWN;
  switch (unit) {
    case 'money':
      return moneyText(value, currency);
    case 'lots':
      return `${decimal(value, LOTS_OF_MINI)} ${value === LOTS_OF_MINI ? 'mini' : 'minis'}`;
    case 'count':
      return decimal(value, 1);
    case 'share':
      return `${decimal(value, PARTS_OF_PERCENT)} %`;
    case 'ms':
      return spanText(value);
    case 'instant':
      return clockText(value);
    default:
      return assertNever(unit);
  }
}

/** What a rule leaves. Until an instant that is a duration. */
export function leftText(value: number | null, unit: Unit, currency: string): string {
  if (value === null || unit !== 'instant') return amountText(value, unit, currency);
  return spanText(value);
}

/** The used part; of a time it is the present one, which says nothing. */
export function usedText(value: number | null, unit: Unit, currency: string): string {
  return unit === 'instant' ? '' : amountText(value, unit, currency);
}

/** Parts per thousand as whole percent, rounded down, so that nothing reads as left that is not. */
export function shareText(perThousand: number): string {
  const percent = Math.floor(Math.abs(perThousand) / 10);
  return `${perThousand < 0 && percent > 0 ? MINUS : ''}${grouped(String(percent))} %`;
}

/** What is left of the firm's room. A floor that stands still leaves more than the whole of it to a profit. */
export function roomShareText(perThousand: number): string {
  return perThousand > 1_000 ? '> 100 %' : shareText(perThousand);
}

/** What a rulebook does not tell: the place in the pack before the sentence becomes words. */
export function gapText(gap: string): string {
  const [, place, sentence] = /^([\w.]+): (.+)$/.exec(gap) ?? [];
  if (place === undefined || sentence === undefined) return gap;
  const words = place
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .split('.')
    .join(', ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}: ${sentence}`;
}

/** A source in few characters: of a page only the site. */
export function sourceName(name: string): string {
  return /^https:\/\/(?:www\.)?([^/]+)/.exec(name)?.[1] ?? name;
}

/** At most one decimal, cut and not rounded. */
function decimal(value: number, whole: number): string {
  const tenths = Math.trunc((Math.abs(value) * 10) / whole);
  const sign = value < 0 && tenths > 0 ? MINUS : '';
  const fraction = tenths % 10 === 0 ? '' : `.${String(tenths % 10)}`;
  return `${sign}${grouped(String(Math.floor(tenths / 10)))}${fraction}`;
}
