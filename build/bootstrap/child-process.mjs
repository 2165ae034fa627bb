import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, timeLimitMs?: number }} RunOptions
 * @typedef {{ code: number, output: string, timedOut: boolean }} Ended
 */

const KEPT_OUTPUT = 200_000;
const hasGroups = process.platform !== 'win32';

/**
 * Runs a program quietly and hands back how it ended. A program that does not exist ends with 127,
 * as in a shell, so that callers have one path.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Ended>}
 */
export function run(program, args, options = {}) {
  return new Promise((resolve) => {
    let output = '';
    let timedOut = false;
    const child = spawn(program, [...args], {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      // A group of its own lets a program that overstays be ended with all that it has started.
      detached: hasGroups && options.timeLimitMs !== undefined,
    });
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output = (output + chunk.toString()).slice(-KEPT_OUTPUT);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const limit = options.timeLimitMs
      ? setTimeout(() => {
          timedOut = true;
          endGroup(child);
        }, options.timeLimitMs)
      : undefined;
    child.on('error', (error) => {
      clearTimeout(limit);
      resolve({ code: 127, output: error.message, timedOut });
    });
    child.on('close', (code, signal) => {
      clearTimeout(limit);
      resolve({ code: exitCode(code, signal), output, timedOut });
    });
  });
}

/** @param {import('node:child_process').ChildProcess} child */
function endGroup(child) {
  try {
    if (hasGroups && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // The group is gone already; what still holds its output is no child of ours.
    child.stdout?.destroy();
    child.stderr?.destroy();
  }
}

/**
 * Runs a program on this terminal, hands our signals on to it, and gives back its exit code.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>}
 */
export function runOnTerminal(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: 'inherit',
    });
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    /** @param {NodeJS.Signals} signal */
    const handOn = (signal) => child.kill(signal);
    for (const signal of signals) process.on(signal, handOn);
    const release = () => {
      for (const signal of signals) process.off(signal, handOn);
    };
    child.on('error', (error) => {
      release();
      reject(error);
    });
    child.on('close', (code, signal) => {
      release();
      resolve(exitCode(code, signal));
    });
  });
}

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
function exitCode(code, signal) {
  if (code !== null) return code;
  return signal === null ? 1 : 128 + constants.signals[signal];
}
