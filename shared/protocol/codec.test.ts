import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addonEvent,
  addonPayloads,
  anyAddonEvent,
  anyAppCommand,
  appCommand,
  appPayloads,
} from '../testing/arbitraries.ts';
import type { AppCommand } from './addon/commands.ts';
import type { AddonEvent } from './addon/events.ts';
import {
  decodeAddonEvent,
  decodeAppCommand,
  decodeClientHandshake,
  decodeServerHandshake,
  encode,
} from './codec.ts';

const DECODERS = [
  decodeAddonEvent,
  decodeAppCommand,
  decodeClientHandshake,
  decodeServerHandshake,
] as const;

const REFUSALS = new Set([
  'NOT_TEXT',
  'NOT_JSON',
  'NOT_AN_ENVELOPE',
  'UNSUPPORTED_VERSION',
  'UNKNOWN_TYPE',
  'SCHEMA',
]);

describe('encode and decode', () => {
  it.each(Object.keys(addonPayloads) as AddonEvent['type'][])(
    'give back every %s of the AddOn as it was',
    (type) => {
      fc.assert(
        fc.property(addonEvent(type), (event) => {
          expect(decodeAddonEvent(encode(event))).toEqual({ ok: true, value: event });
        }),
      );
    },
  );

  it.each(Object.keys(appPayloads) as AppCommand['type'][])(
    'give back every %s of the app as it was',
    (type) => {
      fc.assert(
        fc.property(appCommand(type), (command) => {
          expect(decodeAppCommand(encode(command))).toEqual({ ok: true, value: command });
        }),
      );
    },
  );

  it('let a newer AddOn say more than is known, and drop it', () => {
    fc.assert(
      fc.property(anyAddonEvent(), fc.jsonValue(), (event, more) => {
        const payload = { ...event.payload, notYetInvented: more };
        const text = JSON.stringify({ ...event, payload, alsoNew: more });
        expect(decodeAddonEvent(text)).toEqual({ ok: true, value: event });
      }),
    );
  });

  it('refuse a command with a field that is not in its schema', () => {
    fc.assert(
      fc.property(anyAppCommand(), (command) => {
        const text = JSON.stringify({ ...command, payload: { ...command.payload, bypass: true } });
        expect(decodeAppCommand(text)).toMatchObject({ ok: false, error: { code: 'SCHEMA' } });
      }),
    );
  });
});

describe('decode is total', () => {
  it('over bytes and text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array()), refusesWithACode),
      { numRuns: 6_000 },
    );
  });

  it('over any JSON', () => {
    fc.assert(fc.property(fc.json(), refusesWithACode), { numRuns: 6_000 });
  });

  it('over valid frames with characters changed, cut out or repeated', () => {
    fc.assert(
      fc.property(
        fc.oneof(anyAddonEvent(), anyAppCommand()),
        fc.nat(),
        fc.nat({ max: 12 }),
        fc.string({ maxLength: 6 }),
        (valid, at, length, put) => {
          const text = encode(valid);
          const from = at % text.length;
          refusesOrReads(text.slice(0, from) + put + text.slice(from + length));
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it('over valid frames with one value replaced by another', () => {
    fc.assert(
      fc.property(anyAddonEvent(), fc.nat(), fc.jsonValue(), (valid, at, other) => {
        const keys = Object.keys(valid.payload);
        const key = keys[at % keys.length] ?? 'nothing';
        refusesOrReads(JSON.stringify({ ...valid, payload: { ...valid.payload, [key]: other } }));
        const envelopeKey = Object.keys(valid)[at % Object.keys(valid).length] ?? 'v';
        refusesOrReads(JSON.stringify({ ...valid, [envelopeKey]: other }));
      }),
      { numRuns: 5_000 },
    );
  });

  it('over text nested deeper than any stack', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    refusesWithACode(deep);
    refusesOrReads(
      `{"v":1,"id":"a","seq":1,"ts":1,"type":"pong","payload":{"echo":"e","x":${deep}}}`,
    );
  });
});

describe('a refusal says why', () => {
  it.each([
    ['NOT_TEXT', new Uint8Array([123, 125])],
    ['NOT_JSON', '{'],
    ['NOT_AN_ENVELOPE', '[]'],
    ['NOT_AN_ENVELOPE', 'null'],
    ['NOT_AN_ENVELOPE', '{"v":1}'],
    ['UNSUPPORTED_VERSION', '{"v":2,"type":"pong"}'],
    ['UNKNOWN_TYPE', '{"v":1,"type":"cheer"}'],
    ['SCHEMA', '{"v":1,"type":"pong"}'],
  ])('%s', (code, frame) => {
    expect(decodeAddonEvent(frame)).toMatchObject({ ok: false, error: { code } });
  });

  it('names the field', () => {
    const text = '{"v":1,"id":"a","seq":1,"ts":1,"type":"pong","payload":{"echo":""}}';
    const result = decodeAddonEvent(text);
    expect(result).toMatchObject({ error: { code: 'SCHEMA', type: 'pong' } });
    expect(JSON.stringify(result)).toContain('payload.echo');
  });

  it.each(['NaN', 'Infinity', '1e999', '-1e999'])('refuses %s as a figure', (figure) => {
    const payload = `{"account":"a","item":"cashValue","value":${figure},"time":1}`;
    const text = `{"v":1,"id":"a","seq":1,"ts":1,"type":"accountItem","payload":${payload}}`;
    expect(decodeAddonEvent(text).ok).toBe(false);
  });
});

function refusesWithACode(frame: string | Uint8Array): void {
  for (const decode of DECODERS) {
    const result = decode(frame);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(REFUSALS).toContain(result.error.code);
  }
}

function refusesOrReads(frame: string): void {
  for (const decode of DECODERS) {
    const result = decode(frame);
    if (!result.ok) expect(REFUSALS).toContain(result.error.code);
  }
}
