import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACCOUNT, ES, SimulatedDesk } from '../../shared/testing/simulated-desk.ts';
import type { PlatformBooks } from '../../shared/simulation/platform-options.ts';
import { beginningOf } from './beginning.ts';
import { BooksFile } from './books-file.ts';
import { parseOptions } from './simulator-options.ts';

const NOW = Date.UTC(2026, 0, 5, 16);
const KNOWN = [
  {
    name: ACCOUNT,
    cash: 1_498_000_000,
    holdings: [
      {
        instrument: ES,
        lots: [
          { quantity: 1, price: 20_000 },
          { quantity: 1, price: 20_004 },
        ],
      },
    ],
  },
];

let folder = '';
let path = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'books-'));
  path = join(folder, 'broker.json');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function tradedBooks(): PlatformBooks {
  const desk = new SimulatedDesk();
  desk.tick(20_000);
  desk.submit({ quantity: 2, bracket: { stopTicks: 8, targetTicks: 8 } });
  desk.submit({ type: 'limit', limit: 19_990 });
  desk.run(1_000);
  return desk.platform.books;
}

function beginning(...words: readonly string[]) {
  const options = parseOptions(['--pairing', 'none', ...words]);
  if (!options.ok) throw new Error(options.error);
  const begun = beginningOf(options.value, NOW);
  if (!begun.ok) throw new Error(begun.error);
  return begun.value;
}

describe('the file of the books', () => {
  test('gives back what was written', () => {
    const file = new BooksFile(path);
    const books = tradedBooks();
    expect(books.broker.orders.length).toBeGreaterThan(2);
    expect(file.write(books)).toEqual({ ok: true, value: null });
    expect(file.read()).toEqual({ ok: true, value: books });
    expect(readdirSync(folder)).toEqual(['broker.json']);
  });

  test('is as it was before when a write was broken off', () => {
    const file = new BooksFile(path);
    const books = tradedBooks();
    file.write(books);
    writeFileSync(`${path}.draft`, readFileSync(path).subarray(0, 100));
    expect(file.read()).toEqual({ ok: true, value: books });
    expect(file.write(books).ok).toBe(true);
    expect(readdirSync(folder)).toEqual(['broker.json']);
  });

  test('that cannot be written says so in one sentence', () => {
    const written = new BooksFile(join(folder, 'none', 'broker.json')).write(tradedBooks());
    expect(written).toMatchObject({ ok: false });
  });

  test.each<[string, (text: string) => string]>([
    ['is empty', () => ''],
    ['ends in the middle', (text) => text.slice(0, text.length / 2)],
    ['is of another format', (text) => text.replace('"format":1', '"format":2')],
    ['names a contract that does not exist', (text) => text.replaceAll(ES, 'XX 01-26')],
    ['holds half a contract', (text) => text.replace(/"quantity":\d/, '"quantity":0.5')],
    ['is somebody else’s', () => '{"accounts":[]}'],
  ])('is refused whole when it %s', (_name, damage) => {
    const file = new BooksFile(path);
    file.write(tradedBooks());
    writeFileSync(path, damage(readFileSync(path, 'utf8')));
    expect(file.read()).toMatchObject({ ok: false });
  });
});

describe('a run begins', () => {
  test('anew without books, whatever the app knows', () => {
    expect(beginning('--known', JSON.stringify(KNOWN))).toEqual({ books: null, remark: null });
  });

  test('anew, and without a word, at the very first start', () => {
    expect(beginning('--books', path, '--known', '[]')).toEqual({ books: null, remark: null });
  });

  test('from its books when they are whole', () => {
    const books = tradedBooks();
    new BooksFile(path).write(books);
    const begun = beginning('--books', path, '--known', JSON.stringify(KNOWN));
    expect(begun).toEqual({ books, remark: null });
  });

  test.each([
    ['missing', null, /no books/],
    ['damaged', '{"format":1', /cannot be read/],
  ])('from what the app knows when its books are %s, and says so', (_name, text, words) => {
    if (text !== null) writeFileSync(path, text);
    const { books, remark } = beginning('--books', path, '--known', JSON.stringify(KNOWN));
    expect(remark).toMatch(words);
    if (books === null) throw new Error('It began anew.');
    const desk = new SimulatedDesk({ books, startsAt: NOW });
    const account = desk.platform.broker.account(ACCOUNT);
    expect(desk.position()).toBe(2);
    expect(account.cash).toBe(KNOWN[0]?.cash);
    expect(account.averageTicksE4(ES)).toBe(200_020_000);
    expect(books.lastPrices).toEqual({ [ES]: 20_004 });
    expect(books.broker.given.orders).toBeGreaterThan(1_000_000);
  });

  test('anew, and says so, when its books are damaged and nothing is known', () => {
    writeFileSync(path, 'no');
    const { books, remark } = beginning('--books', path, '--known', '[]');
    expect(books).toBeNull();
    expect(remark).toMatch(/cannot be read.*begins anew/);
    expect(remark?.split('\n')).toHaveLength(1);
  });

  test('not at all from words that nobody understands', () => {
    const options = parseOptions(['--pairing', 'none', '--books', path, '--known', '{']);
    if (!options.ok) throw new Error(options.error);
    expect(beginningOf(options.value, NOW)).toMatchObject({ ok: false });
  });
});
