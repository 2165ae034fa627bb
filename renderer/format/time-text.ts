/** Local wall time as `15:04:22`. */
export function clockText(epochMs: number): string {
  const at = new Date(epochMs);
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map(twoDigits).join(':');
}

/** Local wall time to the millisecond, for the steps of a proof. */
export function preciseClockText(epochMs: number): string {
  return `${clockText(epochMs)}.${String(new Date(epochMs).getMilliseconds()).padStart(3, '0')}`;
}

/** Local date as `2026-01-05`. */
export function dateText(epochMs: number): string {
  const at = new Date(epochMs);
  return `${String(at.getFullYear())}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`;
}

/** How long, in the two largest useful units; a negative span (a clock set back) reads as 0 s. */
export function spanText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${String(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${String(minutes)} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${String(hours)} h ${String(minutes % 60)} min`;
  return `${String(Math.floor(hours / 24))} d ${String(hours % 24)} h`;
}

/** Whole seconds left until a moment, never below 0. */
export function secondsUntil(epochMs: number, now: number): number {
  return Math.max(0, Math.ceil((epochMs - now) / 1000));
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
