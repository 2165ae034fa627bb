import * as esbuild from 'esbuild';
import { join } from 'node:path';
import { bundleOptions, bundles, pageConfig } from './app-build.ts';
import { BuildRound } from './build-round.ts';

const PAGE = 'page';

/** Rebuilds on every change of a source, and tells when a round of building is over. */
export async function watchApp(
  root: string,
  over: (failed: boolean) => void,
): Promise<() => Promise<void>> {
  const round = new BuildRound([...bundles.map(({ source }) => source), PAGE], over);
  const contexts = await Promise.all(
    bundles.map((bundle) => {
      const { plugins = [], ...options } = bundleOptions(root, bundle);
      const plugin = telling(bundle.source, round);
      return esbuild.context({ ...options, plugins: [...plugins, plugin] });
    }),
  );
  await Promise.all(contexts.map((context) => context.watch()));
  const stopPage = await watchPage(root, round);
  return async () => {
    round.stop();
    await Promise.all(contexts.map((context) => context.dispose()));
    await stopPage();
  };
}

function telling(name: string, round: BuildRound): esbuild.Plugin {
  return {
    name: 'telling',
    setup(build) {
      build.onStart(() => round.began(name));
      build.onEnd(({ errors }) => round.ended(name, errors.length > 0));
    },
  };
}

async function watchPage(root: string, round: BuildRound): Promise<() => Promise<void>> {
  const vite = await import('vite');
  const watcher = await vite.build({
    configFile: join(root, pageConfig),
    logLevel: 'warn',
    build: { watch: {} },
  });
  if (!('on' in watcher)) throw new Error('vite was asked to watch and did not');
  watcher.on('event', ({ code }) => {
    if (code === 'START') round.began(PAGE);
    if (code === 'END') round.ended(PAGE, false);
    if (code === 'ERROR') round.ended(PAGE, true);
  });
  return () => watcher.close();
}
