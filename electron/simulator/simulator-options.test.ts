import { describe, expect, it } from 'vitest';
import { parseOptions } from './simulator-options.ts';

const parse = (...words: string[]) => parseOptions(['--pairing', 'p.json', ...words]);

describe('the command line of the simulator', () => {
  it('needs the pairing file and nothing else', () => {
    expect(parse()).toMatchObject({
      ok: true,
      value: { pairing: 'p.json', accounts: 2, market: 'generated', speed: 1, flood: null },
    });
    expect(parseOptions([])).toMatchObject({ ok: false });
  });

  it('reads numbers, switches and both kinds of flood', () => {
    expect(parse('--accounts', '20', '--speed', '0.5', '--trader', 'off')).toMatchObject({
      value: { accounts: 20, speed: 0.5, trader: 'off' },
    });
    expect(parse('--flood', 'max')).toMatchObject({ value: { flood: 'max' } });
    expect(parse('--flood', '5000')).toMatchObject({ value: { flood: 5000 } });
  });

  const wrong = [
    ['--accounts', '21'],
    ['--accounts', 'two'],
    ['--speed', '0'],
    ['--flood', 'much'],
    ['--history-minutes', '-1'],
    ['--from', 'yesterday'],
    ['--profile', 'bank'],
    ['--colour', 'red'],
  ];
  it.each(wrong)('refuses %s %s by naming the flag', (flag, value) => {
    const parsed = parse(flag, value);
    expect(parsed.ok ? '' : parsed.error).toContain(flag);
  });
});
