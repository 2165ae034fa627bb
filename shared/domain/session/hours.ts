const MINUTES_OF_DAY = 1_440;
const NOON = 720;

/** A trading day's opening and closing on the wall clock, in minutes from its date's midnight; negative is the eve. */
export interface Hours {
  readonly opens: number;
  readonly closes: number;
}

/**
 * Reads `18:00-13:00`, or `closed` as null. An opening from noon on is on the eve: no futures session starts in the
 * afternoon of its own date. The text comes from the project's own table; anything else is a bug.
 */
export function parseHours(text: string): Hours | null {
  if (text === 'closed') return null;
  const [, hour = '', minute = '', closeHour = '', closeMinute = ''] =
    /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(text) ?? [];
  const opens = Number(hour) * 60 + Number(minute);
  const closes = Number(closeHour) * 60 + Number(closeMinute);
  if (hour === '') throw new RangeError(`Not hours of trading: ${text}`);
  return { opens: opens >= NOON ? opens - MINUTES_OF_DAY : opens, closes };
}
