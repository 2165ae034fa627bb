import { DEFAULT_BRIDGE_PORT } from '../versions.ts';
import type { SettingsView } from './views.ts';

/** The settings of a desk that was never changed. */
export const DEFAULT_SETTINGS: SettingsView = {
  theme: 'dark',
  flattenShortcut: 'Ctrl+Alt+Shift+F',
  bridgePort: DEFAULT_BRIDGE_PORT,
  closeToTrayExplained: false,
};
