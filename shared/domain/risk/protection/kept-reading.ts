/** Readers of plain data that was kept: each gives the value, or undefined for what it does not understand. */
export type Read<T> = (value: unknown) => T | undefined;

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function whole(value: unknown): number | undefined {
  return Number.isSafeInteger(value) ? (value as number) : undefined;
}

export function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** A number of the same unit that the compiler tells apart, as a time. */
export function wholeAs<T extends number>(): Read<T> {
  return (value) => whole(value) as T | undefined;
}

export function textAs<T extends string>(): Read<T> {
  return (value) => text(value) as T | undefined;
}

export function oneOf<T extends string>(words: readonly T[]): Read<T> {
  return (value) => words.find((word) => word === value);
}

export function nullOr<T>(read: Read<T>): Read<T | null> {
  return (value) => (value === null ? null : read(value));
}

export function listOf<T>(read: Read<T>): Read<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const items = value.map(read).filter((item) => item !== undefined);
    return items.length === value.length ? items : undefined;
  };
}

export function mapOf<T>(read: Read<T>): Read<Readonly<Record<string, T>>> {
  return (value) => {
    const entries = fieldsOf(value);
    const found: [string, T][] = [];
    for (const [key, one] of entries ?? []) {
      const item = read(one);
      if (item !== undefined) found.push([key, item]);
    }
    return found.length === entries?.length ? Object.fromEntries(found) : undefined;
  };
}

/** An object with exactly these fields. */
export function shapeOf<T extends object>(reads: { readonly [K in keyof T]: Read<T[K]> }): Read<T> {
  return (value) => {
    const fields = new Map(fieldsOf(value) ?? []);
    const names = Object.keys(reads) as (keyof T & string)[];
    if (fields.size !== names.length) return undefined;
    const found = names.map((name) => [name, reads[name](fields.get(name))] as const);
    if (found.some(([, item]) => item === undefined)) return undefined;
    return Object.fromEntries(found) as T;
  };
}

function fieldsOf(value: unknown): [string, unknown][] | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? Object.entries(value) : undefined;
}
