import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkout } from '../bootstrap/checkout.ts';
import { run } from '../bootstrap/child-process.mjs';
import { inKeyringSession } from './keyring-session.ts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'keyring-'));
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

// A daemon may have written half a line just before: the answer begins on a line of its own.
const roundTrip = `
  const keytar = require(${JSON.stringify(join(checkout, 'node_modules', 'keytar'))});
  (async () => {
    const before = await keytar.getPassword('enigma-apex-probe', 'trader');
    await keytar.setPassword('enigma-apex-probe', 'trader', 'secret');
    const kept = await keytar.getPassword('enigma-apex-probe', 'trader');
    const forgotten = await keytar.deletePassword('enigma-apex-probe', 'trader');
    const after = await keytar.getPassword('enigma-apex-probe', 'trader');
    console.log('\\n' + JSON.stringify({ before, kept, forgotten, after }));
  })().catch((error) => console.log('\\n' + JSON.stringify({ refused: error.message })));
`;

async function answerOf(wrap: (words: readonly string[]) => readonly string[]): Promise<unknown> {
  const [program = '', ...args] = wrap([process.execPath, '-e', roundTrip]);
  const env = { PATH: process.env['PATH'], HOME: home, XDG_RUNTIME_DIR: home };
  const ended = await run(program, args, { env, timeLimitMs: 15_000 });
  const line = ended.output.split('\n').find((text) => text.startsWith('{'));
  return line === undefined ? ended : JSON.parse(line);
}

describe.runIf(process.platform === 'linux')('the keyring of the test runtime', () => {
  it('keeps, gives and forgets a secret', async () => {
    expect(await answerOf(inKeyringSession)).toEqual({
      before: null,
      kept: 'secret',
      forgotten: true,
      after: null,
    });
  });

  it('is refused with a message, and neither hangs nor crashes, where there is none', async () => {
    const answer = (await answerOf((words) => words)) as { refused?: unknown };
    expect(answer.refused).toMatch(/D-Bus/);
  });
});
