import { describe, expect, it } from 'vitest';
import { checkout } from '../bootstrap/checkout.ts';
import { electronFault, pinnedElectron } from './electron-age.ts';

describe('the age of Electron', () => {
  it.each([
    ['45.4.1', '45.0.0', true],
    ['47.0.0', '45.4.1', true],
    ['48.0.0', '45.4.1', false],
  ])('with %s as the newest, %s is supported: %s', (newest, pinned, supported) => {
    expect(electronFault(newest, pinned) === '').toBe(supported);
  });

  it('is no fault when the registry cannot be asked', () => {
    expect(electronFault(undefined, '1.0.0')).toBe('');
  });

  it('is read from what the project pins', () => {
    expect(pinnedElectron(checkout)).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
