/** Largest request of the window, in bytes of its text form. */
export const MAX_REQUEST_BYTES = 65_536;

/**
 * Whether a structured-clone value is larger than `limit` bytes, counted as if written as JSON. Stops at the
 * limit, so that neither a huge nor a circular value costs more than the limit does.
 */
export function exceedsBytes(value: unknown, limit: number): boolean {
  const open: unknown[] = [value];
  let left = limit;
  while (open.length > 0) {
    const next = open.pop();
    left -= ownBytes(next);
    if (left < 0) return true;
    if (typeof next !== 'object' || next === null) continue;
    const entries = innerValues(next);
    if (entries === null) return true;
    for (const [key, inner] of entries) {
      left -= key.length + 1;
      if (left < 0) return true;
      open.push(inner);
    }
  }
  return false;
}

function ownBytes(value: unknown): number {
  if (typeof value === 'string') return 2 + Buffer.byteLength(value);
  if (typeof value === 'bigint') return value.toString(16).length;
  return typeof value === 'object' ? 2 : 8;
}

/** Null for objects that are no plain data (buffers, maps, dates): they have no place in a request. */
function innerValues(value: object): Iterable<[string, unknown]> | null {
  if (Array.isArray(value)) return arrayEntries(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return null;
  return Object.entries(value);
}

function* arrayEntries(values: readonly unknown[]): Iterable<[string, unknown]> {
  for (const value of values) yield ['', value];
}
