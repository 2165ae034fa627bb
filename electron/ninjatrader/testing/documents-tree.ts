import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes a file and the folders above it; `at` (epoch milliseconds) becomes its time stamp. */
export function put(file: string, content: string | Uint8Array, at?: number): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  if (at !== undefined) utimesSync(file, at / 1_000, at / 1_000);
  return file;
}

/** NinjaTrader's user folder as it is after some weeks of use, below a documents folder. */
export function ninjaTraderTree(documents: string, usedAt = Date.UTC(2026, 0, 5)): string {
  const root = join(documents, 'NinjaTrader 8');
  put(join(root, 'bin', 'Custom', 'NinjaTrader.Custom.dll'), 'MZ other scripts', usedAt);
  put(join(root, 'bin', 'Custom', 'AddOns', '@AddOns.cs'), '// NinjaTrader', usedAt);
  put(join(root, 'bin', 'Custom', 'Indicators', '@SMA.cs'), 'class SMA {}', usedAt);
  put(join(root, 'db', 'NinjaTrader.sqlite'), 'db', usedAt);
  for (const folder of ['log', 'trace']) mkdirSync(join(root, folder), { recursive: true });
  for (const folder of ['db', 'log', 'trace']) {
    utimesSync(join(root, folder), usedAt / 1_000, usedAt / 1_000);
  }
  return root;
}

/** Source that looks like the AddOn's, of a version. */
export function addonText(version: string, more = ''): string {
  return [
    'namespace NinjaTrader.NinjaScript.AddOns',
    '{',
    '    internal static class EnigmaApexAddonInfo',
    '    {',
    `        internal const string Version = "${version}";`,
    '    }',
    `    public class EnigmaApexBridge : AddOnBase { ${more} }`,
    '}',
    '',
  ].join('\n');
}
