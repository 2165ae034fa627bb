import { describe, expect, it } from 'vitest';
import { clockText, dateText } from './time-text.ts';
import { bothClocks } from './zone-text.ts';

describe('an end in two clocks', () => {
  it.each([
    [Date.UTC(2026, 0, 5, 22, 0, 0), 'Mon 16:00:00 in Chicago'],
    [Date.UTC(2026, 6, 6, 22, 0, 0), 'Mon 17:00:00 in Chicago'],
    [Date.UTC(2026, 0, 6, 5, 30, 0), 'Mon 23:30:00 in Chicago'],
  ])('follows the daylight saving of the exchange', (at, text) => {
    expect(bothClocks(at, at)).toBe(`${clockText(at)} here, ${text}`);
  });

  it('says the day when it is another one here', () => {
    const at = Date.UTC(2026, 0, 8, 18, 0, 0);
    expect(bothClocks(at, at - 3 * 86_400_000)).toBe(
      `${dateText(at)} ${clockText(at)} here, Thu 12:00:00 in Chicago`,
    );
  });
});
