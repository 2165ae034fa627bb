import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkout } from '../bootstrap/checkout.ts';
import exchangeCalendar from '../generate/exchange-calendar.ts';

it.each(exchangeCalendar().map(({ path, content }) => [path, content]))(
  'the generated table %s is not stale',
  (path, content) => {
    const current = readFileSync(join(checkout, path), 'utf8').replaceAll('\r\n', '\n');
    expect(current).toBe(content);
  },
);
