import { useState } from 'react';
import type { SettingsView } from '../../../shared/protocol/ipc/views.ts';
import { useDesk, useDeskParts } from '../../app/desk-context.ts';
import { FlattenControl } from '../flatten/flatten-control.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PortField } from './port-field.tsx';
import { ShortcutField } from './shortcut-field.tsx';

const THEMES = [
  ['system', 'As the system'],
  ['dark', 'Dark'],
  ['light', 'Light'],
] as const;

/** Theme, shortcut and port; every change is saved at once by the main process. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const { client } = useDeskParts();
  const settings = useDesk((state) => state.settings);
  const shortcut = useDesk((state) => state.shortcut);
  const isDemo = useDesk(({ view }) => view?.mode === 'demo');
  const [problem, setProblem] = useState('');
  const change = (part: Partial<SettingsView>): void => {
    void client
      .changeSettings(part)
      .then((reply) => setProblem(reply.ok ? '' : reply.error.message));
  };
  return (
    <Dialog title="Settings" onClose={onClose} isDemo={isDemo} emergency={<FlattenControl />}>
      {settings === null ? (
        <p>The settings have not been read yet.</p>
      ) : (
        <>
          <ThemeField theme={settings.theme} onPick={(theme) => change({ theme })} />
          <ShortcutField
            shortcut={shortcut}
            onPick={(flattenShortcut) => change({ flattenShortcut })}
          />
          <PortField
            key={settings.bridgePort}
            port={settings.bridgePort}
            onSave={(bridgePort) => change({ bridgePort })}
          />
        </>
      )}
      {problem !== '' && (
        <p className="problem" role="alert">
          Not saved: {problem}
        </p>
      )}
    </Dialog>
  );
}

interface ThemeFieldProps {
  readonly theme: SettingsView['theme'];
  readonly onPick: (theme: SettingsView['theme']) => void;
}

function ThemeField({ theme, onPick }: ThemeFieldProps) {
  return (
    <fieldset className="field">
      <legend className="field-label">Theme</legend>
      <div className="segments">
        {THEMES.map(([value, label]) => (
          <label key={value} className="segment">
            <input
              type="radio"
              name="theme"
              checked={theme === value}
              onChange={() => onPick(value)}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
