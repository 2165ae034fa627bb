import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkout } from '../bootstrap/checkout.ts';
import rulePackSchema from './rule-pack-schema.ts';

describe('the generated schema of rule packs', () => {
  it.each(rulePackSchema().map(({ path, content }) => [path, content]))(
    '%s is not stale',
    (path, content) => {
      const file = join(checkout, path);
      const current = existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : '';
      expect(current).toBe(content);
    },
  );

  it('lets nobody misspell a field', () => {
    const [{ content } = { content: '' }] = rulePackSchema();
    expect(content).toContain('"additionalProperties": false');
    for (const section of [
      'drawdown',
      'dailyLoss',
      'contracts',
      'consistency',
      'payout',
      'session',
    ])
      expect(content).toContain(`"${section}": {`);
  });
});
