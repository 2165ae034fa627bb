import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  AppCommand,
  ClientHandshake,
  ServerHandshake,
} from '../../shared/protocol/addon/commands.ts';
import { AddonEvent } from '../../shared/protocol/addon/events.ts';
import {
  decodeAddonEvent,
  decodeAppCommand,
  decodeClientHandshake,
  decodeServerHandshake,
} from '../../shared/protocol/codec.ts';
import { proofsMatch, prove } from './proof.ts';

const FOLDER = join(import.meta.dirname, '../../shared/protocol/fixtures');

const DIRECTIONS = {
  addon: { decode: decodeAddonEvent, schema: AddonEvent },
  app: { decode: decodeAppCommand, schema: AppCommand },
  'client-handshake': { decode: decodeClientHandshake, schema: ClientHandshake },
  'server-handshake': { decode: decodeServerHandshake, schema: ServerHandshake },
} as const;
const directions = Object.keys(DIRECTIONS) as (keyof typeof DIRECTIONS)[];

const read = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');
const manifest = JSON.parse(read('manifest.json')) as Record<string, string>;

function typesOf(direction: keyof typeof DIRECTIONS): string[] {
  return DIRECTIONS[direction].schema.options.map((option) => option.shape.type.value);
}

describe('the golden messages', () => {
  it.each(Object.entries(manifest))('%s decodes to %s', (file, expected) => {
    const direction = file.split('/')[0] as keyof typeof DIRECTIONS;
    const text = read(file);
    const result = DIRECTIONS[direction].decode(text);
    expect(result.ok ? 'ok' : result.error.code).toBe(expected);
    if (result.ok) expect(JSON.parse(text)).toMatchObject(result.value);
  });

  it.each(directions.flatMap((direction) => typesOf(direction).map((type) => [direction, type])))(
    'hold a valid and several invalid ones of %s %s',
    (direction, type) => {
      const ofType = Object.entries(manifest).filter(([file]) =>
        file.startsWith(`${direction}/${type}.`),
      );
      expect(ofType.filter(([, expected]) => expected === 'ok').length).toBeGreaterThanOrEqual(1);
      expect(ofType.filter(([, expected]) => expected !== 'ok').length).toBeGreaterThanOrEqual(2);
    },
  );

  it('are all listed, and named as what they are', () => {
    const files = directions.flatMap((direction) =>
      readdirSync(join(FOLDER, direction)).map((file) => `${direction}/${file}`),
    );
    expect(Object.keys(manifest)).toEqual(files.sort());
    for (const [file, expected] of Object.entries(manifest)) {
      expect(file).toContain(expected === 'ok' ? '.valid-' : '.invalid-');
    }
  });

  const raw = JSON.parse(read('raw-addon-frames.json')) as {
    name: string;
    frame: string;
    code: string;
  }[];
  it.each(raw)('$name is refused as $code', ({ frame, code }) => {
    expect(decodeAddonEvent(frame)).toMatchObject({ ok: false, error: { code } });
  });
});

describe('the golden proofs', () => {
  const vectors = JSON.parse(read('proof-vectors.json')) as {
    key: string;
    clientNonce: string;
    serverNonce: string;
    instanceId: string;
    serverProof: string;
    clientProof: string;
  }[];

  it.each(vectors)('are what key and nonces of $instanceId give', (vector) => {
    const key = Buffer.from(vector.key, 'base64');
    expect(prove(key, 'server', vector)).toBe(vector.serverProof);
    expect(prove(key, 'client', vector)).toBe(vector.clientProof);
  });

  it('match themselves and nothing else', () => {
    const [vector] = vectors;
    expect(proofsMatch(vector!.serverProof, vector!.serverProof)).toBe(true);
    expect(proofsMatch(vector!.serverProof, vector!.clientProof)).toBe(false);
    expect(proofsMatch(vector!.serverProof, '')).toBe(false);
    expect(proofsMatch(vector!.serverProof, vector!.serverProof.slice(0, 40))).toBe(false);
  });
});
