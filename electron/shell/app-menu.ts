import type { MenuItemConstructorOptions } from 'electron';

/** Hidden until Alt is pressed; it is there for its keys: zoom up to 200 % and full screen. */
export function appMenu(): MenuItemConstructorOptions[] {
  return [
    {
      label: 'View',
      submenu: [
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'resetZoom' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    {
      label: 'Edit',
      submenu: [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
    },
  ];
}
