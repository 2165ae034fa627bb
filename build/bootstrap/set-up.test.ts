import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheFolder } from './cache-folder.ts';
import { checkout } from './checkout.ts';
import { run } from './child-process.mjs';
import { contentHash } from './content-hash.ts';
import { Failure } from './failure.mjs';
import { isStamped, stamp, unstamp } from './stamp.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'set-up-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const withoutScreen = { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' };

/** What a person sees of a failure: no stack, and one sentence as the last line. */
function expectOneSentence(output: string, sentence: RegExp): void {
  expect(output).not.toMatch(/^\s+at .*:\d+:\d+/m);
  expect(output.trim().split('\n').at(-1)).toMatch(sentence);
}

describe('a command that cannot be carried out', () => {
  it.runIf(process.platform === 'linux')('says that there is no screen', async () => {
    const args = [join(checkout, 'build', 'run.mjs'), 'start'];
    const ended = await run(process.execPath, args, { env: withoutScreen });
    expect(ended.code).toBe(1);
    expectOneSentence(ended.output, /^The desk needs a screen.*\.$/);
    expect(ended.output.trim().split('\n')).toHaveLength(1);
  });

  it('names the commands there are when it does not know the one asked for', async () => {
    const ended = await run(process.execPath, [join(checkout, 'build', 'run.mjs'), 'fly']);
    expect(ended.code).toBe(1);
    expectOneSentence(ended.output, /^Name one of these commands: .*start.*\.$/);
  });

  it('says on a fresh clone without a network that it needs one', async () => {
    for (const name of ['build', 'package.json', 'package-lock.json', '.npmrc']) {
      cpSync(join(checkout, name), join(folder, name), { recursive: true });
    }
    const ended = await run(process.execPath, [join(folder, 'build', 'run.mjs'), 'check'], {
      cwd: folder,
      env: {
        ...process.env,
        npm_config_registry: 'http://127.0.0.1:9',
        npm_config_fetch_retries: '0',
        npm_config_cache: join(folder, 'npm-cache'),
      },
    });
    expect(ended.code).toBe(1);
    expectOneSentence(ended.output, /registry cannot be reached: check the network connection/);
    expect(existsSync(join(folder, 'node_modules', 'typescript'))).toBe(false);
  });

  it.each([
    [
      "new TypeError('no such thing')",
      /^Something unforeseen went wrong: no such thing \(details are in /,
    ],
    [
      "Object.assign(new Error('x'), { code: 'EACCES', path: '/a/b' })",
      /^This user may not write to \/a\/b:/,
    ],
    [
      "Object.assign(new Error('x'), { code: 'ENOSPC', path: '/a/b' })",
      /^The disk that holds \/a\/b is full:/,
    ],
  ])('shows no stack of %s', async (error, sentence) => {
    const module = JSON.stringify(join(checkout, 'build', 'bootstrap', 'failure.mjs'));
    const script = `import { endWithSentence } from ${module};
      await endWithSentence(${JSON.stringify(folder)}, async () => { throw ${error}; });`;
    const ended = await run(process.execPath, ['--input-type=module', '-e', script]);
    expect(ended.code).toBe(1);
    expectOneSentence(ended.output, sentence);
  });

  it('keeps the stack of an unforeseen failure in a file', async () => {
    const module = JSON.stringify(join(checkout, 'build', 'bootstrap', 'failure.mjs'));
    const script = `import { endWithSentence } from ${module};
      await endWithSentence(${JSON.stringify(folder)}, async () => { throw new TypeError('odd'); });`;
    await run(process.execPath, ['--input-type=module', '-e', script]);
    expect(readFileSync(join(folder, '.cache', 'last-failure.log'), 'utf8')).toMatch(/at .*:\d+/);
  });

  it('says that the cache folder cannot be made', () => {
    writeFileSync(join(folder, 'file'), '');
    const place = join(folder, 'file', 'cache');
    expect(() => cacheFolder({ ENIGMA_APEX_CACHE: place })).toThrow(Failure);
    expect(() => cacheFolder({ ENIGMA_APEX_CACHE: place })).toThrow(/set ENIGMA_APEX_CACHE/);
  });
});

describe('a program that overstays its time', () => {
  it.runIf(process.platform !== 'win32')('is ended with everything it has started', async () => {
    const ended = await run('bash', ['-c', 'sleep 300 & echo $!; wait'], { timeLimitMs: 300 });
    expect(ended.timedOut).toBe(true);
    // The line is empty for a process that has ended and waits for its parent to take note.
    const file = `/proc/${ended.output.trim()}/cmdline`;
    expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe('');
  });
});

describe('a stamp', () => {
  it('holds for the key it was made with, and no longer than it is there', () => {
    const mark = join(folder, 'deep', 'mark');
    expect(isStamped(mark, 'key')).toBe(false);
    stamp(mark, 'key');
    expect(isStamped(mark, 'key')).toBe(true);
    expect(isStamped(mark, 'other key')).toBe(false);
    unstamp(mark);
    expect(isStamped(mark, 'key')).toBe(false);
  });
});

describe('the hash of the sources', () => {
  const hashed = (): string => contentHash(folder, ['src'], (name) => !name.endsWith('.test.ts'));

  it('changes with a name and with a content, and with nothing else', () => {
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src', 'a.ts'), 'one');
    const first = hashed();
    writeFileSync(join(folder, 'src', 'a.test.ts'), 'a test');
    expect(hashed()).toBe(first);
    writeFileSync(join(folder, 'src', 'a.ts'), 'two');
    const second = hashed();
    expect(second).not.toBe(first);
    cpSync(join(folder, 'src', 'a.ts'), join(folder, 'src', 'b.ts'));
    expect(hashed()).not.toBe(second);
  });

  it('is the same for the same files in another place', () => {
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src', 'a.ts'), 'one');
    cpSync(join(folder, 'src'), join(folder, 'elsewhere', 'src'), { recursive: true });
    expect(contentHash(join(folder, 'elsewhere'), ['src'])).toBe(contentHash(folder, ['src']));
  });
});
