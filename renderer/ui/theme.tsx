import { createContext, use, useLayoutEffect, useSyncExternalStore } from 'react';
import type { SettingsView } from '../../shared/protocol/ipc/views.ts';

export type Theme = 'dark' | 'light';

const ThemeContext = createContext<Theme>('dark');
export const ThemeProvider = ThemeContext.Provider;

/** The theme in force. */
export function useTheme(): Theme {
  return use(ThemeContext);
}

/** Resolves the setting, follows the system while it says so, and marks the document for the style sheet. */
export function useDocumentTheme(setting: SettingsView['theme'] | undefined): Theme {
  const systemIsLight = useSyncExternalStore(onSystemTheme, () => systemTheme().matches);
  const theme = resolved(setting, systemIsLight);
  // Before the effects of what is below, which read colours from the document.
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return theme;
}

function resolved(setting: SettingsView['theme'] | undefined, systemIsLight: boolean): Theme {
  if (setting === undefined) return 'dark';
  if (setting !== 'system') return setting;
  return systemIsLight ? 'light' : 'dark';
}

function systemTheme(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: light)');
}

function onSystemTheme(onChange: () => void): () => void {
  const query = systemTheme();
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}
