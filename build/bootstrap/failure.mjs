import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An expected way for a command to fail. Its message is the one sentence that the user reads. */
export class Failure extends Error {
  /** @param {string} sentence */
  constructor(sentence) {
    super(sentence);
    this.name = 'Failure';
  }
}

/**
 * Runs a command to its end. A failure becomes one sentence on standard error and exit code 1; the
 * stack of an unforeseen one goes to a file, because it helps a developer and frightens a trader.
 * @param {string} root the checkout
 * @param {() => Promise<number | void>} work
 */
export async function endWithSentence(root, work) {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    process.exitCode = 1;
    console.error(`\n${error instanceof Failure ? error.message : unforeseen(root, error)}`);
  }
}

/**
 * @param {string} root
 * @param {unknown} error
 */
function unforeseen(root, error) {
  const system = refusalOfSystem(error);
  if (system !== undefined) return system;
  const what = error instanceof Error ? error.message.split('\n')[0] : String(error);
  const folder = join(root, '.cache');
  const file = join(folder, 'last-failure.log');
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, error instanceof Error ? String(error.stack) : String(error));
    return `Something unforeseen went wrong: ${what} (details are in ${file}).`;
  } catch {
    // A checkout that cannot be written to must not hide the failure that brought us here.
    return `Something unforeseen went wrong: ${what}.`;
  }
}

/**
 * Files are written in many places; being refused has the same remedy in all of them.
 * @param {unknown} error
 */
function refusalOfSystem(error) {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const path = 'path' in error ? String(error.path) : 'its folders';
  switch (error.code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `This user may not write to ${path}: change its owner or its permissions and run the command again.`;
    case 'ENOSPC':
      return `The disk that holds ${path} is full: free about 1 GB and run the command again.`;
    default:
      return undefined;
  }
}
