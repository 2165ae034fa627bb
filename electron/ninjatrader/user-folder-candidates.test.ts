import { posix, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import { userFolderCandidates } from './user-folder-candidates.ts';

const env = {
  USERPROFILE: 'C:\\Users\\Ann',
  OneDrive: 'C:\\Users\\Ann\\OneDrive',
  OneDriveConsumer: 'C:\\Users\\Ann\\OneDrive',
  OneDriveCommercial: 'D:\\OneDrive - Firm',
  PUBLIC: 'C:\\Users\\Public',
};

describe("the places where NinjaTrader's folder may be", () => {
  it('begin with the folder that Windows names, and use its translated name in OneDrive too', () => {
    const shellFolder = 'C:\\Users\\Ann\\OneDrive\\Dokumente';
    expect(userFolderCandidates({ shellFolder, env }, win32)).toEqual([
      { path: 'C:\\Users\\Ann\\OneDrive\\Dokumente\\NinjaTrader 8', source: 'shellFolder' },
      { path: 'C:\\Users\\Ann\\OneDrive\\Documents\\NinjaTrader 8', source: 'oneDrive' },
      { path: 'D:\\OneDrive - Firm\\Documents\\NinjaTrader 8', source: 'oneDrive' },
      { path: 'D:\\OneDrive - Firm\\Dokumente\\NinjaTrader 8', source: 'oneDrive' },
      { path: 'C:\\Users\\Ann\\Documents\\NinjaTrader 8', source: 'profile' },
      { path: 'C:\\Users\\Ann\\Dokumente\\NinjaTrader 8', source: 'profile' },
      { path: 'C:\\Users\\Public\\Documents\\NinjaTrader 8', source: 'public' },
      { path: 'C:\\Users\\Public\\Dokumente\\NinjaTrader 8', source: 'public' },
    ]);
  });

  it('name each place once, whatever its capitals', () => {
    const shellFolder = 'c:\\users\\ann\\documents';
    const paths = userFolderCandidates({ shellFolder, env }, win32).map(({ path }) =>
      path.toLowerCase(),
    );
    expect(new Set(paths).size).toBe(paths.length);
    expect(
      paths.filter((path) => path === 'c:\\users\\ann\\documents\\ninjatrader 8'),
    ).toHaveLength(1);
  });

  it('include OneDrive below the profile when no variable names it', () => {
    const places = userFolderCandidates(
      { shellFolder: null, env: { USERPROFILE: 'C:\\U' } },
      win32,
    );
    expect(places.map(({ path }) => path)).toContain('C:\\U\\OneDrive\\Documents\\NinjaTrader 8');
  });

  it.each([win32, posix])('are none when nothing is known', (path) => {
    expect(userFolderCandidates({ shellFolder: null, env: { PUBLIC: '' } }, path)).toEqual([]);
  });
});
