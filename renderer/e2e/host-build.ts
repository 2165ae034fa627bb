import react from '@vitejs/plugin-react';
import * as esbuild from 'esbuild';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const source = join(import.meta.dirname, 'host');

/** Builds the bare Electron program and its page into a folder that Electron can start. */
export async function buildHost(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const about = { name: 'renderer-host', version: '0.0.0', main: 'main.cjs' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(about));
  await esbuild.build({
    entryPoints: [join(source, 'main.ts')],
    outfile: join(folder, 'main.cjs'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: ['electron'],
    logLevel: 'warning',
  });
  await build({
    configFile: false,
    root: source,
    base: './',
    logLevel: 'warn',
    cacheDir: join(folder, 'vite-cache'),
    plugins: [react()],
    build: {
      outDir: join(folder, 'page'),
      emptyOutDir: true,
      target: 'chrome130',
      assetsInlineLimit: 0,
      cssCodeSplit: false,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2_000,
      rolldownOptions: { input: join(source, 'page.html') },
    },
  });
}
