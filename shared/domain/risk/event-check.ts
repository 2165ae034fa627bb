import { err, ok, type Result } from '../../kernel/result.ts';
import type { RiskEvent } from './event.ts';
import { MAX_AMOUNT } from './exact.ts';

/** A figure of an event that no account can have: not an integer, or beyond what sums of days can carry. */
export type EventError = { readonly code: 'FIGURE_OUT_OF_RANGE'; readonly field: string };

/** Refuses figures that would poison the arithmetic. */
export function checkEvent(event: RiskEvent): Result<RiskEvent, EventError> {
  const field = badField(event, '');
  return field === null ? ok(event) : err({ code: 'FIGURE_OUT_OF_RANGE', field });
}

function badField(value: unknown, path: string): string | null {
  if (typeof value === 'number') return isSound(value, path) ? null : path;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const bad = badField(inner, path === '' ? key : `${path}.${key}`);
    if (bad !== null) return bad;
  }
  return null;
}

function isSound(value: number, path: string): boolean {
  if (!Number.isSafeInteger(value)) return false;
  // Instants are larger than any amount.
  return (
    path === 'at' || path === 'movedAt' || path.endsWith('.at') || Math.abs(value) <= MAX_AMOUNT
  );
}
