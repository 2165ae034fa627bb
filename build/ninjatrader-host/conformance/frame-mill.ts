import type { Random } from '../../../shared/simulation/random.ts';

const FRAGMENTS = [
  ...['"', '\\', '{', '}', '[', ']', ',', ':', '-', '+', '.', 'e', 'E', '0', '1', '9', ' ', '\t'],
  ...['null', 'true', 'NaN', '\u0000', '\u001f', '\u2028', '\ufeff', '\u00e4', '\\u00', '\\ud800'],
  ...['1e999', '-0', '1e-400', '01', '0x1', '1.', '.5', '//', "'", '\r\n', '\u00a0', '\u0661'],
] as const;

const VALUES: readonly [unknown, ...unknown[]] = [
  null,
  ...[true, false, 0, -0, 1, -1, 0.5, 1e21, 1e-7, 2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1, 2 ** 53],
  ...[
    '',
    ' ',
    'x',
    'all',
    '1',
    'x'.repeat(128),
    'x'.repeat(129),
    'x'.repeat(201),
    '\u0000',
    '\ud800',
  ],
  ...[
    [],
    {},
    [[]],
    [null],
    { kind: 'all' },
    { a: 1 },
    20,
    21,
    600_000,
    600_001,
    8.64e15,
    8.64e15 + 2,
  ],
];

/** A message as it may come from a broken or hostile sender: well-formed with one wrong thing, or broken text. */
export function milled(random: Random, sound: readonly [string, ...string[]]): string {
  const text = random.pick(sound);
  if (random.chance(0.5)) return broken(text, random);
  const value: unknown = JSON.parse(text);
  const changes = random.int(1, 2);
  let changed = value;
  for (let i = 0; i < changes; i += 1) changed = changedOnce(changed, random);
  return JSON.stringify(changed);
}

function broken(text: string, random: Random): string {
  const at = random.int(0, text.length);
  const to = Math.min(text.length, at + random.int(0, 3));
  const inserted = random.chance(0.7) ? random.pick(FRAGMENTS) : '';
  return text.slice(0, at) + inserted + text.slice(to);
}

/** Replaces, removes, adds or moves one member, anywhere in the value. */
function changedOnce(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random.chance(0.1)) return random.pick(VALUES);
  if (Array.isArray(value)) return changedList(value, random);
  const names = Object.keys(value);
  const name = names[random.int(0, names.length - 1)];
  const fields = value as Record<string, unknown>;
  const { [name ?? '']: old, ...others } = fields;
  const kind = random.int(0, 5);
  if (kind === 0) return others;
  if (kind === 1)
    return { ...fields, [random.pick(['extra', 'v', 'Type', 'account'])]: old ?? null };
  if (name === undefined) return fields;
  return { ...fields, [name]: changedOnce(old, random) };
}

function changedList(list: readonly unknown[], random: Random): unknown {
  if (list.length === 0 || random.chance(0.2)) return [...list, random.pick(VALUES)];
  const at = random.int(0, list.length - 1);
  if (random.chance(0.2)) return list.filter((_, i) => i !== at);
  return list.map((entry, i) => (i === at ? changedOnce(entry, random) : entry));
}
