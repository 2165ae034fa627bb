import { describe, expect, it } from 'vitest';
import type { SettingsView } from '../../shared/protocol/ipc/views.ts';
import { SettingsStore } from './settings-store.ts';
import { openTemp } from './testing/store-world.ts';

const DEFAULTS: SettingsView = {
  theme: 'system',
  flattenShortcut: 'Ctrl+Alt+Shift+F',
  bridgePort: 8765,
  closeToTrayExplained: false,
};

describe('settings store', () => {
  it('gives back what was set, and defaults for what never was', () => {
    const { db, path } = openTemp();
    const store = new SettingsStore(db, path, DEFAULTS);
    expect(store.write({ theme: 'dark', flattenShortcut: null }).ok).toBe(true);
    const settings = { ...DEFAULTS, theme: 'dark', flattenShortcut: null };
    const again = new SettingsStore(db, path, DEFAULTS);
    expect(again.read()).toEqual({ ok: true, value: { settings, problems: [] } });
  });

  it.each([
    ['not JSON', '{'],
    ['of the wrong kind', '"8765"'],
    ['out of range', '80'],
  ])('names a value that is %s instead of passing over it', (_name, value) => {
    const { db, path } = openTemp();
    const store = new SettingsStore(db, path, DEFAULTS);
    store.write({ theme: 'light' });
    db.prepare("INSERT INTO setting VALUES ('bridgePort', ?)").run(value);
    expect(store.read()).toEqual({
      ok: true,
      value: {
        settings: { ...DEFAULTS, theme: 'light' },
        problems: [{ code: 'CORRUPT_SETTING', key: 'bridgePort', detail: value }],
      },
    });
  });

  it('tells why it cannot write', () => {
    const { db, path } = openTemp();
    db.pragma('query_only = ON');
    const written = new SettingsStore(db, path, DEFAULTS).write({ theme: 'dark' });
    expect(written).toMatchObject({ ok: false, error: { code: 'READ_ONLY', path } });
  });
});
