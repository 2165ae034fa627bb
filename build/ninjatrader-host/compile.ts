import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { cacheFolder } from '../bootstrap/cache-folder.ts';
import { run } from '../bootstrap/child-process.mjs';
import { contentHash } from '../bootstrap/content-hash.ts';
import { ensureDebianPackages, needs } from '../bootstrap/debian-packages.ts';
import { Failure } from '../bootstrap/failure.mjs';
import { step } from '../bootstrap/progress.mjs';

const HERE = 'build/ninjatrader-host';
const ADDON = 'resources/ninjatrader/EnigmaApexBridge.cs';
/** The host renames each copy that it loads, in the file's bytes; the digits are the room for it. */
const LOADABLE = '0000.dll';
const CORE = 'NinjaTrader.Core.dll';
const HOST = 'NinjaTraderHost.exe';
const HOST_KEPT_MS = 7 * 24 * 60 * 60_000;

/** What NinjaTrader 8 refers a script to by default, as far as Mono has it. */
const REFERENCES = ['System.Core.dll', 'System.Web.Extensions.dll', 'System.Xml.Linq.dll'];

/**
 * The variables through which the tests and the benchmark find the host and the AddOn.
 * @param lentTo A folder that both are copied to, for a user who cannot reach the cache.
 */
export async function ninjaTraderEnvironment(
  root: string,
  lentTo?: string,
): Promise<Record<string, string>> {
  const folder = await compiledHost(root);
  const addon = await compiledAddOn(folder, join(root, ADDON));
  const host = join(folder, HOST);
  if (lentTo === undefined) return variables(host, addon);
  const lent = (file: string): string => join(lentTo, basename(file));
  for (const file of [host, addon, join(folder, CORE)]) copyFileSync(file, lent(file));
  return variables(lent(host), lent(addon));
}

function variables(host: string, addon: string): Record<string, string> {
  return { ENIGMA_APEX_NINJATRADER_HOST: host, ENIGMA_APEX_NINJATRADER_ADDON: addon };
}

/**
 * The stub of NinjaTrader and the program around it, compiled once for each state of their sources.
 * @returns the folder that holds both.
 */
async function compiledHost(root: string): Promise<string> {
  await ensureMono();
  const cache = cacheFolder();
  const key = contentHash(root, [HERE], (path) => /\.cs$|compile\.ts$/.test(path));
  const folder = join(cache, `ninjatrader-host-${key.slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  forgetOldHosts(cache);
  const draft = mkdtempSync(join(cache, 'native-build-'));
  await step('Compiling the NinjaTrader test host', async () => {
    const core = join(draft, CORE);
    await compile(['-t:library', `-out:${core}`, ...HOUSE, ...sources(root, 'stub')]);
    const references = [`-r:${core}`, ...REFERENCES.map((name) => `-r:${name}`)];
    await compile([
      '-t:exe',
      `-out:${join(draft, HOST)}`,
      ...HOUSE,
      ...references,
      ...sources(root, 'host'),
    ]);
    settle(draft, folder);
  });
  return folder;
}

/** Every change of the sources makes a folder of its own; nobody comes back to one of last week. */
function forgetOldHosts(cache: string): void {
  for (const name of readdirSync(cache).filter((each) => each.startsWith('ninjatrader-host-'))) {
    const folder = join(cache, name);
    const { mtimeMs } = statSync(folder);
    if (Date.now() - mtimeMs > HOST_KEPT_MS) rmSync(folder, { recursive: true, force: true });
  }
}

/** Fields of the faults are set by name, which the compiler cannot see. */
const HOUSE = ['-langversion:7', '-nowarn:649', '-warnaserror'];

/**
 * The AddOn as NinjaTrader would compile it, and then once more with its sockets watched.
 * @param source One C# 5 file, with nothing in it but what NinjaTrader's API is known to have.
 * @returns the watched copy, in a folder of the host's, once for each state of the source.
 */
export async function compiledAddOn(host: string, source: string): Promise<string> {
  const name = basename(source, '.cs');
  const key = contentHash(join(source, '..'), [basename(source)]);
  const folder = join(host, `${name}-${key.slice(0, 16)}`);
  const file = join(folder, `${name}${LOADABLE}`);
  if (existsSync(file)) return file;
  const text = readFileSync(source, 'utf8');
  const draft = mkdtempSync(join(host, 'draft-'));
  try {
    await compileAddOn(host, { source, output: join(draft, 'as-it-is.dll') });
    const watched = join(draft, basename(source));
    writeFileSync(watched, withWatchedSockets(text));
    await compileAddOn(host, { source: watched, output: join(draft, basename(file)) });
    if (!existsSync(folder)) settle(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return file;
}

/**
 * A program with the AddOn's source in it, which therefore reaches what is internal to the AddOn.
 * @returns the program, in a folder of the host's, once for each state of both sources.
 */
export async function compiledWithAddOn(
  root: string,
  host: string,
  source: string,
): Promise<string> {
  const addon = join(root, ADDON);
  const name = basename(source, '.cs');
  const keys = [addon, source].map((file) => contentHash(join(file, '..'), [basename(file)]));
  const folder = join(host, [name, ...keys.map((key) => key.slice(0, 16))].join('-'));
  const file = join(folder, `${name}.exe`);
  if (existsSync(file)) return file;
  const draft = mkdtempSync(join(host, 'draft-'));
  const references = [join(host, CORE), ...REFERENCES].map((reference) => `-r:${reference}`);
  const output = `-out:${join(draft, basename(file))}`;
  await compile(['-t:exe', output, ...HOUSE, ...references, addon, source]);
  copyFileSync(join(host, CORE), join(draft, CORE));
  settle(draft, folder);
  return file;
}

/** Mono lets pass what .NET Framework refuses; the copy that the tests load has sockets that refuse it too. */
function withWatchedSockets(source: string): string {
  return source.replace(
    /\b(System\.Net\.WebSockets\.)?ClientWebSocket(Options)?\b/g,
    (_, _space, options?: string) => `NinjaTraderHost.WatchedWebSocket${options ?? ''}`,
  );
}

async function compileAddOn(
  host: string,
  { source, output }: { readonly source: string; readonly output: string },
): Promise<void> {
  const references = [join(host, CORE), ...REFERENCES].map((name) => `-r:${name}`);
  const how = ['-langversion:5', '-warnaserror', '-t:library', `-out:${output}`];
  await compile([...how, ...references, source]);
}

async function compile(args: readonly string[]): Promise<void> {
  const ended = await run('mcs', args);
  if (ended.code === 0) return;
  const lines = ended.output.split('\n').filter((line) => /(error|warning) CS\d+/.test(line));
  const where = (lines[0] ?? ended.output.trim().split('\n').at(-1) ?? '').replace(/^.*[\\/]/, '');
  const others = lines.length > 1 ? ` (and ${lines.length - 1} more)` : '';
  throw new Failure(`The C# for NinjaTrader does not compile: ${where}${others}`);
}

async function ensureMono(): Promise<void> {
  await ensureDebianPackages(needs.mono);
  if ((await run('mcs', ['--version'])).code === 0) return;
  throw new Failure(
    'The tests of the NinjaTrader AddOn need Mono (mono and mcs on the PATH): install it and run the command again.',
  );
}

/** Another run may have been faster; what it made is the same. */
function settle(draft: string, folder: string): void {
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
}

function sources(root: string, part: string): string[] {
  return readdirSync(join(root, HERE, part), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.cs'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
