import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../bootstrap/child-process.mjs';
import { inPrivateView } from './private-view.ts';

const NOBODY = 65534;

let closed: string;
let checkout: string;

beforeEach(() => {
  closed = mkdtempSync(join(tmpdir(), 'closed-'));
  checkout = join(closed, "a trader's checkout");
  mkdirSync(checkout);
  writeFileSync(join(checkout, 'file'), 'readable');
  writeFileSync(join(closed, 'secret'), 'for the owner only');
});

afterEach(() => rmSync(closed, { recursive: true, force: true }));

const asNobody = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];

async function read(file: string, paths: readonly string[]): Promise<string> {
  const [program = '', ...args] = inPrivateView(paths, [...asNobody, 'cat', file]);
  const ended = await run(program, args);
  return ended.code === 0 ? ended.output : 'refused';
}

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.warn('private view: not tested, because only root can make one');

describe.runIf(isRoot)('a private view', () => {
  it('opens the named path to another user, in its own place', async () => {
    expect(await read(join(checkout, 'file'), [])).toBe('refused');
    expect(await read(join(checkout, 'file'), [checkout])).toBe('readable');
  });

  it('opens nothing else', async () => {
    expect(await read(join(closed, 'secret'), [checkout])).toBe('refused');
  });

  it('leaves the real folders as they were', async () => {
    await read(join(checkout, 'file'), [checkout]);
    expect(readdirSync(closed).sort()).toEqual(["a trader's checkout", 'secret']);
    expect(await read(join(checkout, 'file'), [])).toBe('refused');
  });

  it('is not made where every user can pass already', () => {
    chmodSync(closed, 0o755);
    expect(inPrivateView([checkout], ['true'])).toEqual(['true']);
  });
});
