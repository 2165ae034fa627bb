import { describe, expect, it } from 'vitest';
import { run } from '../bootstrap/child-process.mjs';
import { displayOf, onHiddenDisplays } from './hidden-display.ts';

describe('the hidden displays', () => {
  it('are shared out among the workers, each with the key that opens it', () => {
    const env = { ENIGMA_APEX_TEST_DISPLAYS: ' :99=/tmp/a :100=/tmp/b' };
    expect(displayOf(0, env)).toEqual({ DISPLAY: ':99', XAUTHORITY: '/tmp/a' });
    expect(displayOf(1, env)).toEqual({ DISPLAY: ':100', XAUTHORITY: '/tmp/b' });
    expect(displayOf(2, env)).toEqual(displayOf(0, env));
  });

  it('are left alone where there are none', () => {
    expect(displayOf(0, {})).toEqual({});
  });

  it.runIf(process.platform === 'linux')('are two that both answer', async () => {
    const probe = 'echo "$ENIGMA_APEX_TEST_DISPLAYS"';
    const [program = '', ...args] = onHiddenDisplays(2, ['bash', '-c', probe]);
    const ended = await run(program, args, { timeLimitMs: 15_000 });
    const listed = { ENIGMA_APEX_TEST_DISPLAYS: ended.output };
    const names = [0, 1].map((worker) => displayOf(worker, listed)['DISPLAY']);
    expect(names[0]).toMatch(/^:\d+$/);
    expect(names[1]).toMatch(/^:\d+$/);
    expect(names[1]).not.toBe(names[0]);
  });
});
