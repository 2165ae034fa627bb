import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { requireDisplay } from './display.mjs';

const cleanUps: (() => void)[] = [];
afterEach(() => cleanUps.splice(0).forEach((cleanUp) => cleanUp()));

function listen(where: { path: string } | { host: string; port: number }): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  cleanUps.push(() => server.close());
  return new Promise((resolve) => {
    server.listen(where, () => resolve((server.address() as AddressInfo).port));
  });
}

describe('the screen that a window needs', () => {
  it('is missed in one sentence when the session has none', async () => {
    await expect(requireDisplay({}, 'linux')).rejects.toThrow(
      /this session has none.*npm run apex/,
    );
  });

  it('is missed when the display that is named does not answer', async () => {
    await expect(requireDisplay({ DISPLAY: ':59817' }, 'linux')).rejects.toThrow(
      /display :59817 does not answer/,
    );
  });

  it('is missed when what is named is no display', async () => {
    await expect(requireDisplay({ DISPLAY: 'nonsense' }, 'linux')).rejects.toThrow(/not answer/);
  });

  it('is there when an X server answers', async () => {
    const port = await listen({ host: '127.0.0.1', port: 0 });
    await requireDisplay({ DISPLAY: `127.0.0.1:${port - 6000}.0` }, 'linux');
  });

  it('is there when a Wayland compositor answers', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wayland-'));
    cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
    await listen({ path: join(folder, 'wayland-0') });
    await requireDisplay({ XDG_RUNTIME_DIR: folder, WAYLAND_DISPLAY: 'wayland-0' }, 'linux');
  });

  it('is taken for granted on Windows', () => requireDisplay({}, 'win32'));
});
