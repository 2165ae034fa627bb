import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child-process.mjs';
import { integrityOf } from './content-hash.ts';
import { npmCommand } from './dependencies.mjs';
import { failureCause, lastWord } from './failure-cause.mjs';
import { Failure } from './failure.mjs';
import { say } from './progress.mjs';

export interface PackageTarball {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
}

/** Puts a file for the package into a folder; tests put another in its place. */
export type Fetch = (wanted: PackageTarball, folder: string) => Promise<void>;

/**
 * Downloads a package as a file, without installing it, and answers only for the bytes that were
 * asked for: a file that does not match its integrity is fetched once more, then given up.
 */
export async function packageTarball(
  wanted: PackageTarball,
  folder: string,
  fetch: Fetch = packWithNpm,
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${wanted.name.replace(/[@/]/g, '-')}-${wanted.version}.tgz`);
  if (existsSync(file)) {
    if ((await integrityOf(file)) === wanted.integrity) return file;
    say('  the downloaded file in the cache is damaged; downloading it again');
  }
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    rmSync(file, { force: true });
    await fetchInto(wanted, { folder, file, fetch });
    if ((await integrityOf(file)) === wanted.integrity) return file;
    rmSync(file, { force: true });
  }
  throw new Failure(
    `The package ${wanted.name} ${wanted.version} arrived damaged twice: run "npm cache clean --force" and then the command again.`,
  );
}

async function fetchInto(
  wanted: PackageTarball,
  { folder, file, fetch }: { folder: string; file: string; fetch: Fetch },
): Promise<void> {
  const arrivals = mkdtempSync(join(folder, 'arriving-'));
  try {
    await fetch(wanted, arrivals);
    const [name] = readdirSync(arrivals);
    if (name === undefined) throw new Failure(`The package ${wanted.name} did not arrive.`);
    renameSync(join(arrivals, name), file);
  } finally {
    rmSync(arrivals, { recursive: true, force: true });
  }
}

async function packWithNpm(wanted: PackageTarball, folder: string): Promise<void> {
  const [program = 'npm', ...lead] = npmCommand();
  const spec = `${wanted.name}@${wanted.version}`;
  const quiet = ['--ignore-scripts', '--loglevel=error'];
  const args = [...lead, 'pack', spec, '--pack-destination', folder, ...quiet];
  const ended = await run(program, args, { cwd: folder });
  if (ended.code !== 0) throw new Failure(sentence(spec, folder, ended.output));
}

function sentence(spec: string, folder: string, output: string): string {
  switch (failureCause(output)) {
    case 'no-network':
      return `The package ${spec} could not be downloaded because the package registry cannot be reached: check the network connection and run the command again.`;
    case 'no-permission':
      return `The package ${spec} could not be written to ${folder}: allow this user to write there, or set ENIGMA_APEX_CACHE to another folder.`;
    case 'disk-full':
      return `The package ${spec} could not be written because the disk that holds ${folder} is full: free about 1 GB and run the command again.`;
    case 'damaged-download':
      return `The package ${spec} arrived damaged: run "npm cache clean --force" and then the command again.`;
    case 'lockfile-disagrees':
    case 'unknown':
      return `The package ${spec} could not be downloaded (npm said: ${lastWord(output)}).`;
  }
}
