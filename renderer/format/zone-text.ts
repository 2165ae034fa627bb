import { clockText, dateText } from './time-text.ts';

/** The futures exchanges' wall clock. */
const EXCHANGE_ZONE = 'America/Chicago';

const exchangeClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: EXCHANGE_ZONE,
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** The same instant here and at the exchange: `16:59:00 here, Mon 15:59:00 in Chicago`; the date where it is not today's. */
export function bothClocks(epochMs: number, now: number): string {
  const parts = Object.fromEntries(
    exchangeClock.formatToParts(epochMs).map(({ type, value }) => [type, value]),
  );
  const { weekday = '', hour = '', minute = '', second = '' } = parts;
  const day = dateText(epochMs) === dateText(now) ? '' : `${dateText(epochMs)} `;
  return `${day}${clockText(epochMs)} here, ${weekday} ${hour}:${minute}:${second} in Chicago`;
}
