import { z } from 'zod';
import { money, type Money } from '../../../shared/domain/money/money.ts';
import { MAX_AMOUNT } from '../../../shared/domain/risk/exact.ts';
import {
  LOT,
  WHOLE,
  type DayClock,
  type Lots,
  type Share,
} from '../../../shared/domain/risk/rule-parts.ts';
import { dayNumber } from '../../../shared/domain/session/civil-day.ts';
import { zoneNamed } from '../../../shared/domain/session/zone.ts';
import type { EpochMs } from '../../../shared/kernel/clock.ts';

const MONEY_DECIMALS = 4;
const SHARE_DECIMALS = 6;
/** 24:00 ends a span; no clock shows more. */
const DAY_SECONDS = 86_400;
const INSTANT = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** Digits of a decimal text as an integer so many places to the left; null when it has more places than that. */
export function scaledDecimal(text: string, places: number): number | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  const [, sign = '', whole = '', part = ''] = match ?? [];
  if (match === null || part.length > places) return null;
  const value = Number(`${sign}${whole}${part.padEnd(places, '0')}`);
  return Number.isSafeInteger(value) ? value + 0 : null;
}

/** A text that is read into something, refused with one sentence. */
function read<T>(parse: (text: string) => T | null, message: string) {
  return z.string().transform((text, context): T => {
    const value = parse(text);
    if (value !== null) return value;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

export const amount = read<Money>((text) => {
  const value = scaledDecimal(text, MONEY_DECIMALS);
  return value === null || Math.abs(value) > MAX_AMOUNT ? null : money(value);
}, 'expected an amount as text with at most four decimals and 100 million units, such as "1250.50"');

export const share = read<Share>((text) => {
  const value = scaledDecimal(text, SHARE_DECIMALS);
  return value === null || value < 0 || value > WHOLE ? null : (value as Share);
}, 'expected a share from 0 to 1 as text, such as "0.30"');

/** Minis as a decimal or a fraction: "2", "0.1", "1/3". */
export const lots = read<Lots>((text) => {
  const [top = '', bottom = '1'] = text.split('/');
  const [scaled, divisor] = [scaledDecimal(top, 2), scaledDecimal(bottom, 0)];
  if (scaled === null || divisor === null || divisor < 1) return null;
  const value = (scaled * LOT) / (100 * divisor);
  return Number.isInteger(value) ? (value as Lots) : null;
}, 'expected contracts in minis as text, such as "2" or "1/10"');

export const instant = read<EpochMs>((text) => {
  const [, date = ''] = INSTANT.exec(text) ?? [];
  const at = Date.parse(text);
  // A parser takes 30 February for 2 March.
  return Number.isFinite(at) && dayNumber(date).ok ? (at as EpochMs) : null;
}, 'expected an instant with its offset, such as "2026-11-18T15:00:00Z"');

/** A date that is in the calendar. */
export const date = read(
  (text) => (dayNumber(text).ok ? text : null),
  'expected a date such as "2026-11-18"',
);

export const operator = z.enum(['<=', '<']);
export const root = z.string().regex(/^[A-Z0-9]{1,6}$/, 'expected a root symbol such as "ES"');
export const whole = z.number().int().min(0).max(1_000_000_000);
export const minutes = z
  .number()
  .min(0)
  .max(10_080)
  .transform((value) => Math.round(value * 60_000));

export const durationSeconds = z
  .number()
  .min(0)
  .max(86_400)
  .transform((value) => Math.round(value * 1_000));

export const timeOfDay = read((text) => secondsOf(text), 'expected a time such as "16:59:59"');

export const zone = read((text) => {
  const named = zoneNamed(text);
  return named.ok ? named.value : null;
}, 'expected an IANA zone such as "America/New_York"');

/** "18:00 America/New_York" strikes where a trading day begins, with " daily" on every date. */
export const dayClock = read<DayClock>((text) => {
  const [time = '', zoneName = '', days = 'trading', ...rest] = text.split(' ');
  const [seconds, named] = [secondsOf(time), zoneNamed(zoneName)];
  if (seconds === null || !named.ok || rest.length > 0) return null;
  if (days !== 'trading' && days !== 'daily') return null;
  const kind = days === 'daily' ? 'calendar' : 'trading';
  return { zone: named.value, time: seconds, days: kind, skips: [] };
}, 'expected a clock such as "18:00 America/New_York" or "00:00 Europe/Prague daily"');

function secondsOf(text: string): number | null {
  const match = /^([01]\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
  if (match === null) return null;
  const [, hours, mins, seconds = '0'] = match;
  const time = Number(hours) * 3_600 + Number(mins) * 60 + Number(seconds);
  return time <= DAY_SECONDS ? time : null;
}

/** A decimal text of an integer so many places to the left, without needless zeros. */
export function decimalText(value: number, places: number): string {
  const digits = String(Math.abs(value)).padStart(places + 1, '0');
  const part = places === 0 ? '' : digits.slice(-places).replace(/0+$/, '');
  const text = digits.slice(0, digits.length - places) + (part === '' ? '' : `.${part}`);
  return value < 0 ? `-${text}` : text;
}

export function moneyText(value: number): string {
  return decimalText(value, MONEY_DECIMALS);
}

/** Per cent with four decimals at most. */
export function shareText(value: number): string {
  return `${decimalText(Math.round((value * 100 * 10_000) / WHOLE), 4)}%`;
}
