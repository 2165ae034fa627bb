import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  decodeAddonEvent,
  decodeAppCommand,
  decodeClientHandshake,
  decodeServerHandshake,
} from '../../../shared/protocol/codec.ts';
import { randomFrom } from '../../../shared/simulation/random.ts';
import { anyAppCommand } from '../../../shared/testing/arbitraries.ts';
import { checkout } from '../../bootstrap/checkout.ts';
import { AddonDecoder, bits } from './addon-decoder.ts';
import { milled } from './frame-mill.ts';

const FIXTURES = join(checkout, 'shared/protocol/fixtures');
const FRAMES = 20_000;
const CODES = [
  'ok',
  ...['NOT_JSON', 'NOT_AN_ENVELOPE', 'UNSUPPORTED_VERSION', 'UNKNOWN_TYPE', 'SCHEMA'],
];
const CULTURES = ['de-DE', 'ar-SA', 'tr-TR', 'fa-IR', ''];

const read = (file: string): string => readFileSync(join(FIXTURES, file), 'utf8');
const manifest = Object.entries(JSON.parse(read('manifest.json')) as Record<string, string>);
const received = manifest.filter(([file]) => /^(app|server-handshake)\//.test(file));
const sent = manifest.filter(([file, code]) => /^(addon|client-)/.test(file) && code === 'ok');

let addon: AddonDecoder;
beforeAll(async () => {
  addon = await AddonDecoder.start();
}, 60_000);
afterAll(() => addon.stop());

const decoderOf = (file: string): string => (file.startsWith('app/') ? 'app' : 'server');

describe('what the app sends', () => {
  it.each(received)('%s is %s to the AddOn', async (file, code) => {
    expect((await addon.ask(decoderOf(file), read(file))).code).toBe(code);
  });

  it('is read alike by both sides whatever is wrong with it', async () => {
    const random = randomFrom('conformance');
    for (const folder of ['app', 'server']) {
      const decode = folder === 'app' ? decodeAppCommand : decodeServerHandshake;
      const texts = received
        .filter(([file]) => file.startsWith(folder))
        .map(([file]) => read(file));
      const frames = Array.from({ length: FRAMES / 2 }, () =>
        milled(random, texts as [string, ...string[]]),
      );
      const verdicts = await Promise.all(frames.map((frame) => addon.ask(folder, frame)));
      const differences = frames.flatMap((frame, i) => {
        const ours = decode(frame);
        const code = ours.ok ? 'ok' : ours.error.code;
        return code === verdicts[i]?.code ? [] : [{ frame, code, addon: verdicts[i]?.code }];
      });
      expect(differences).toEqual([]);
      // Frames that all fail alike would prove nothing.
      expect(new Set(verdicts.map(({ code }) => code))).toEqual(new Set(CODES));
    }
  }, 60_000);

  it('is read alike by both sides when it is no message at all, or names a field twice', async () => {
    const ping = read('app/ping.valid-typical.json');
    const frames = [
      ...fc.sample(fc.json({ maxDepth: 6 }), { numRuns: 3_000, seed: 3 }),
      ...fc.sample(fc.string({ maxLength: 60 }), { numRuns: 3_000, seed: 5 }),
      ...['"v":2', '"v":1', '"type":"pong"', '"seq":-1', '"seq":3', '"payload":{}'].flatMap(
        (field) => [ping.replace('{', `{${field},`), ping.replace(/\}\s*$/, `,${field}}`)],
      ),
    ];
    const verdicts = await Promise.all(frames.map((frame) => addon.ask('app', frame)));
    const ours = frames.map((frame) => decodeAppCommand(frame));
    expect(verdicts.map(({ code }) => code)).toEqual(
      ours.map((each) => (each.ok ? 'ok' : each.error.code)),
    );
  }, 60_000);

  it('is accepted whenever the schema accepts it', async () => {
    const commands = fc.sample(anyAppCommand(), { numRuns: 2_000, seed: 7 });
    const verdicts = await Promise.all(
      commands.map((command) => addon.ask('app', JSON.stringify(command))),
    );
    expect(new Set(verdicts.map(({ code }) => code))).toEqual(new Set(['ok']));
  }, 60_000);

  it.each([
    ['{', 'NOT_JSON'],
    ['', 'NOT_JSON'],
    ['[', 'NOT_JSON'],
  ])('is refused and crashes nothing when it is nested without end: %s', async (bracket, code) => {
    const opened = bracket === '{' ? '{"a":' : bracket;
    expect((await addon.ask('app', opened.repeat(100_000))).code).toBe(code);
  });
});

describe('every raw frame', () => {
  const raw = JSON.parse(read('raw-addon-frames.json')) as { name: string; frame: string }[];

  it.each(raw.map(({ name, frame }) => [name, frame]))(
    '"%s" gets one verdict',
    async (_, frame) => {
      const ours = decodeAppCommand(frame);
      const code = ours.ok ? 'ok' : ours.error.code;
      // The frames are the AddOn's own messages, whose types no app ever sends.
      const expected = code === 'SCHEMA' ? 'UNKNOWN_TYPE' : code;
      expect((await addon.ask('app', frame)).code).toBe(expected);
    },
  );
});

describe("the AddOn's writer", () => {
  it.each(sent.map(([file]) => file))('loses nothing of %s', async (file) => {
    const { code, text } = await addon.ask('rewrite', read(file));
    expect(code).toBe('ok');
    expect(JSON.parse(text)).toEqual(JSON.parse(read(file)));
    const decode = file.startsWith('addon/') ? decodeAddonEvent : decodeClientHandshake;
    const taken = decode(text);
    expect(taken.ok).toBe(true);
    expect(taken).toEqual(decode(read(file)));
  });

  it.each(CULTURES)('writes figures the same under the culture "%s"', async (culture) => {
    await addon.ask('culture', culture);
    const figures = [-0, 0, 1e21, 1e-7, 0.1 + 0.2, 5e-324, Number.MAX_VALUE, -6_000.25, 1 / 3];
    for (const figure of figures) {
      const { text } = await addon.ask('figure', bits(figure));
      // Zero below zero is the same amount.
      expect(Number(text) + 0).toBe(figure + 0);
      expect(JSON.parse(text)).toBe(Number(text));
    }
    for (const whole of ['9223372036854775807', '-9223372036854775808', '2147483647', '-1']) {
      expect((await addon.ask('whole', whole)).text).toBe(whole);
    }
  });

  it.each([NaN, Infinity, -Infinity])('never writes %s', async (value) => {
    expect((await addon.ask('figure', bits(value))).code).toBe('UNWRITABLE');
    expect((await addon.ask('figureOrNull', bits(value))).text).toBe('null');
  });

  it('writes any text so that it can be read again', async () => {
    const texts = [
      ...fc.sample(fc.string({ unit: 'binary' }), { numRuns: 2_000, seed: 11 }),
      ...['\ud800', 'a\udc00b', '\ud800\ud800\udc00', '"\\/\b\f\n\r\t\u0000\u001f\u007f\u2028'],
      ...['I\u0307ı', '\u200f\u0661\u0662', '\ufeff', '\uffff'],
    ];
    for (const culture of CULTURES) {
      await addon.ask('culture', culture);
      const written = await Promise.all(texts.map((text) => addon.ask('text', text)));
      expect(written.map(({ text }) => JSON.parse(text) as unknown)).toEqual(texts);
      // Nothing on the wire may be half a pair, which no UTF-8 can carry.
      expect(written.every(({ text }) => text.isWellFormed())).toBe(true);
    }
  }, 60_000);
});

it('proves the key as the worked examples do', async () => {
  const vectors = JSON.parse(read('proof-vectors.json')) as Record<string, string>[];
  for (const { key, clientNonce, serverNonce, instanceId, ...proofs } of vectors) {
    for (const role of ['server', 'client']) {
      const asked = [key, role, clientNonce, serverNonce, instanceId].map(String);
      expect((await addon.ask('proof', ...asked)).text).toBe(proofs[`${role}Proof`]);
    }
  }
});
