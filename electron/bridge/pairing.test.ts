import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../shared/testing/fake-clock.ts';
import { createPairingStore, type PairingStore } from './pairing.ts';

let folder: string;
let file: string;
let store: PairingStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pairing-'));
  file = join(folder, 'bridge', 'pairing.json');
  store = createPairingStore(file, new FakeClock());
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function opened(port = 8765) {
  const result = store.open(port);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const read = (): Record<string, unknown> =>
  JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

describe('the pairing file', () => {
  it('is created with a new key that only its owner can read', () => {
    const { key, created } = opened();
    expect(created).toBe(true);
    expect(key).toHaveLength(32);
    expect(read()).toEqual({
      v: 1,
      host: '127.0.0.1',
      port: 8765,
      key: Buffer.from(key).toString('base64'),
      createdAt: new FakeClock().wall(),
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'bridge'))).toEqual(['pairing.json']);
  });

  it('keeps its key from one start to the next', () => {
    const first = opened();
    const second = opened();
    expect(second).toEqual({ key: Buffer.from(first.key), created: false, repaired: false });
  });

  it('keeps its key when the port changes', () => {
    const first = opened(8765);
    const second = opened(9001);
    expect(Buffer.from(second.key)).toEqual(Buffer.from(first.key));
    expect(read()['port']).toBe(9001);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['empty', ''],
    ['cut off', '{"v":1,"host":"127.0.0.1","po'],
    ['without a key', '{"v":1,"host":"127.0.0.1","port":1,"createdAt":1}'],
    ['with a short key', '{"v":1,"host":"127.0.0.1","port":1,"key":"AAAA","createdAt":1}'],
    ['of another version', `{"v":2,"host":"127.0.0.1","port":1,"key":"x","createdAt":1}`],
  ])('is reported and left alone when it is %s', (_how, text) => {
    opened();
    writeFileSync(file, text);
    expect(store.open(8765)).toMatchObject({ ok: false, error: { code: 'CORRUPT' } });
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('never shows its content in an error', () => {
    opened();
    const secret = 'A'.repeat(43) + '=';
    writeFileSync(file, `{"key":"${secret}" broken`);
    expect(JSON.stringify(store.open(8765))).not.toContain('AAAA');
  });

  it('that others could read is made private, and that is reported', () => {
    opened();
    chmodSync(file, 0o644);
    expect(opened().repaired).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(opened().repaired).toBe(false);
  });

  it('gets another key on demand, also over a corrupt file', () => {
    const before = opened();
    writeFileSync(file, 'garbage');
    const rotated = store.rotate(8765);
    expect(rotated.ok).toBe(true);
    expect(Buffer.from(opened().key)).not.toEqual(Buffer.from(before.key));
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('that cannot be written is a typed error and leaves nothing behind', () => {
    mkdirSync(file, { recursive: true });
    expect(store.open(8765)).toMatchObject({ ok: false, error: { code: 'UNREADABLE' } });
    expect(store.rotate(8765)).toMatchObject({ ok: false, error: { code: 'NOT_WRITABLE' } });
    expect(readdirSync(join(folder, 'bridge'))).toEqual(['pairing.json']);
    expect(existsSync(file)).toBe(true);
  });

  it('can be looked at without being changed, and without its key', () => {
    expect(store.inspect()).toEqual({ ok: true, value: null });
    const { key } = opened(9001);
    const facts = { port: 9001, createdAt: new FakeClock().wall(), isPrivate: true };
    expect(store.inspect()).toEqual({ ok: true, value: facts });
    chmodSync(file, 0o644);
    const seen = store.inspect();
    expect(seen).toEqual({ ok: true, value: { ...facts, isPrivate: false } });
    expect(statSync(file).mode & 0o777).toBe(0o644);
    expect(JSON.stringify(seen)).not.toContain(Buffer.from(key).toString('base64'));
    writeFileSync(file, 'garbage');
    expect(store.inspect()).toMatchObject({ ok: false, error: { code: 'CORRUPT' } });
  });
});
