import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { HOST_VARIABLE } from '../../../electron/cli/bench/ninjatrader/ninjatrader-host.ts';
import { compiledAddOn } from '../compile.ts';

/** The compiled host that `npm run test:unit` names. */
export function hostFile(): string {
  const file = process.env[HOST_VARIABLE];
  if (file === undefined) throw new Error('Run the tests with "npm run test:unit".');
  return file;
}

/** Statements as the body of an AddOn's method, compiled as an AddOn is. @returns what `use` makes of the assembly. */
export async function withCompiled<T>(
  source: string,
  use: (assembly: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'addon-'));
  const file = join(folder, 'Sample.cs');
  writeFileSync(file, source);
  let assembly = '';
  try {
    assembly = await compiledAddOn(dirname(hostFile()), file);
    return await use(assembly);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    if (assembly !== '') rmSync(dirname(assembly), { recursive: true, force: true });
  }
}

/** An AddOn with one method that holds the statements. */
export function addOnWith(statements: string): string {
  return `using System; using System.Globalization; using System.Linq; using System.Net.WebSockets; using System.Text;
using System.Threading; using System.Threading.Tasks; using NinjaTrader.Cbi;
namespace NinjaTrader.NinjaScript.AddOns { public class Sample : AddOnBase { void Work() { ${statements} } } }`;
}
