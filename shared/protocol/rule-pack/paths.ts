/** A value within rules; lists count as one value, so that a tier is never torn from its neighbours. */
export type Leaf = string | number | boolean | readonly unknown[];

/** Every value of rules by its dotted path, in the order in which the rules hold them. */
export function leavesOf(rules: object): ReadonlyMap<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  collect(rules, '', leaves);
  return leaves;
}

/** The value or part at a dotted path; undefined when there is none. */
export function valueAt(rules: unknown, path: string): unknown {
  let value: unknown = rules;
  for (const key of path.split('.')) {
    if (!isPart(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** A copy with another value at a dotted path; undefined when the path does not lead into the rules. */
export function withValueAt<T extends object>(
  rules: T,
  path: string,
  value: unknown,
): T | undefined {
  const [key = '', ...rest] = path.split('.');
  if (rest.length === 0) return isSafe(key) ? { ...rules, [key]: value } : undefined;
  const part = (rules as Record<string, unknown>)[key];
  if (!Object.hasOwn(rules, key) || !isPart(part)) return undefined;
  const changed = withValueAt(part, rest.join('.'), value);
  return changed === undefined ? undefined : { ...rules, [key]: changed };
}

/** Lays one tree of values over another: parts are merged, everything else is replaced. */
export function overlay(
  below: Readonly<Record<string, unknown>>,
  above: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const under = merged[key];
    merged[key] = isPart(under) && isPart(value) ? overlay(under, value) : value;
  }
  return merged;
}

function collect(value: object, path: string, leaves: Map<string, Leaf>): void {
  for (const [key, inner] of Object.entries(value) as [string, unknown][]) {
    const at = path === '' ? key : `${path}.${key}`;
    if (isPart(inner)) collect(inner, at, leaves);
    else if (inner !== undefined) leaves.set(at, inner as Leaf);
  }
}

/** Assigning to this one key would change the object's nature instead of its contents. */
function isSafe(key: string): boolean {
  return key !== '' && key !== '__proto__';
}

function isPart(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
