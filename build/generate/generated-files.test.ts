import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkout } from '../bootstrap/checkout.ts';
import protocolDocument from './protocol-doc.ts';
import protocolSchema, { messageSets, schemasOf } from './protocol-schema.ts';

const files = [...protocolSchema(), ...protocolDocument()];

describe('the generated protocol files', () => {
  it.each(files.map(({ path, content }) => [path, content]))('%s is not stale', (path, content) => {
    const file = join(checkout, path);
    const current = existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : '';
    expect(current).toBe(content);
  });

  it('name every message in both files', () => {
    const sets = Object.keys(messageSets) as (keyof typeof messageSets)[];
    for (const type of sets.flatMap((set) => [...schemasOf(set).keys()])) {
      for (const { content } of files) expect(content).toContain(type);
    }
  });

  it('let a newer AddOn add fields, and let nobody add fields to a command', () => {
    const order = JSON.stringify(schemasOf('addonEvent').get('order'));
    const flatten = JSON.stringify(schemasOf('appCommand').get('flatten'));
    expect(order).not.toContain('"additionalProperties":false');
    expect(flatten).toContain('"additionalProperties":false');
  });
});
