import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../shared/testing/fake-clock.ts';
import { createLog } from './log.ts';
import { Redactor } from './redact.ts';
import { rotatingFile, type LineSink } from './rotating-file.ts';

let folder: string;
let file: string;
let sink: LineSink;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'));
  file = join(folder, 'logs', 'app.log');
  sink = rotatingFile(file);
});
afterEach(() => {
  sink.close();
  rmSync(folder, { recursive: true, force: true });
});

const logTo = (target: LineSink, homes: string[] = []) =>
  createLog({ clock: new FakeClock(0), sink: target, redactor: new Redactor(homes) });

const written = (): string => readFileSync(file, 'utf8');

describe('the log', () => {
  it('is one JSON object per line with time, level and event', () => {
    const log = logTo(sink);
    log.info('bridge.listening', { port: 8765, created: true });
    log.error('store.failed', { at: 'field', detail: 'two\nlines' });
    const lines = written().trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        at: '1970-01-01T00:00:00.000Z',
        level: 'info',
        event: 'bridge.listening',
        port: 8765,
        created: true,
      },
      {
        at: '1970-01-01T00:00:00.000Z',
        level: 'error',
        event: 'store.failed',
        detail: 'two\nlines',
      },
    ]);
  });

  it.runIf(process.platform !== 'win32')('is readable by its owner only', () => {
    logTo(sink).info('x');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('starts anew when it is full and keeps a bounded past', () => {
    const small = rotatingFile(file, { bytes: 100, files: 2 });
    for (let n = 0; n < 10; n++) small.write(`${n}`.repeat(60));
    small.close();
    expect(readdirSync(join(folder, 'logs')).sort()).toEqual(['app.log', 'app.log.1', 'app.log.2']);
    expect(written()[0]).toBe('9');
    expect(readFileSync(`${file}.1`, 'utf8')[0]).toBe('8');
    expect(readFileSync(`${file}.2`, 'utf8')[0]).toBe('7');
  });

  it('goes on where it stopped', () => {
    sink.write('one');
    sink.close();
    const again = rotatingFile(file);
    again.write('two');
    again.close();
    expect(written()).toBe('one\ntwo\n');
  });

  it('never stops its caller when it cannot be written, and recovers', () => {
    const blocked = join(folder, 'blocked');
    mkdirSync(blocked);
    const target = rotatingFile(blocked);
    const log = logTo(target);
    expect(() => log.error('x')).not.toThrow();
    rmSync(blocked, { recursive: true });
    log.error('y');
    target.close();
    expect(readFileSync(blocked, 'utf8')).toContain('"y"');
  });
});

describe('no canary leaves', () => {
  const key = Buffer.alloc(32, 0x5a);
  const canaries = [
    key.toString('base64'),
    key.toString('hex'),
    'APEX-123456-01',
    'pa-apex-654321-02',
    'traderjoe',
    '/opt/custom-home',
  ];

  it('through any field of the log', () => {
    const log = logTo(sink, ['/opt/custom-home']);
    log.info('bridge.accountSeen', { account: 'APEX-123456-01' });
    log.info('bridge.accountSeen', { account: 'PA-APEX-654321-02' });
    log.warn('bridge.refusedMessage', {
      detail: `account=APEX-123456-01 key=${key.toString('base64')} and PA-APEX-654321-02.`,
      path: 'C:\\Users\\traderjoe\\AppData\\Local\\Enigma Apex\\pairing.json',
      escaped: '"C:\\\\Users\\\\traderjoe\\\\x"',
      unix: 'ENOENT: /home/traderjoe/.local/x, /Users/traderjoe/y, /opt/custom-home/z',
      proof: key.toString('hex'),
      account: 'apex-123456-01',
    });
    const text = written().toLowerCase();
    for (const canary of canaries) expect(text).not.toContain(canary.toLowerCase());
    expect(text).toContain('account=account-1');
    expect(text).toContain('[secret]');
    expect(text).toContain('~/.local/x');
  });

  it('even when one field names the account and another holds the name', () => {
    const redactor = new Redactor([]);
    expect(redactor.fields({ detail: 'Sim101 was lost', account: 'Sim101' })).toEqual({
      detail: 'account-1 was lost',
      account: 'account-1',
    });
  });

  it('and nothing else is taken for an account', () => {
    const redactor = new Redactor([]);
    redactor.account('Sim1');
    redactor.account('a.b*');
    expect(redactor.text('Sim101 Sim1 xSim1 a.b* aab')).toBe(
      'Sim101 account-1 xSim1 account-2 aab',
    );
  });

  it('and aliases stay the same', () => {
    const redactor = new Redactor([]);
    expect([redactor.account('A'), redactor.account('B'), redactor.account('A')]).toEqual([
      'account-1',
      'account-2',
      'account-1',
    ]);
  });

  it('and long texts are cut', () => {
    expect(new Redactor([]).text('x'.repeat(5_000)).length).toBeLessThan(2_010);
  });
});
