interface Locked {
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface Lockfile {
  readonly packages: Readonly<Record<string, Locked>>;
}

export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const EXACT = /^(npm:.+@)?\d+\.\d+\.\d+$/;

/**
 * Packages that would run a program at installation. None of them may (`ignore-scripts`), and each
 * is known to work without; a new one is looked at before it is added here.
 */
const SCRIPTED = new Set([
  'node_modules/electron-winstaller',
  'node_modules/esbuild',
  'node_modules/keytar',
]);

/**
 * What would make an installation from the lockfile fail elsewhere or differ: a version that is not
 * exact, the address of one registry, or a package that is named but not locked (npm drops those of
 * other platforms when it cannot find them, and then refuses its own lockfile).
 */
export function lockfileFaults(manifest: Manifest, lockfile: Lockfile): readonly string[] {
  const wanted = {
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
  };
  const loose = Object.entries(wanted)
    .filter(([, version]) => !EXACT.test(version))
    .map(([name, version]) => `${name} is not pinned to one version (${version})`);
  const located = Object.entries(lockfile.packages)
    .filter(([, locked]) => locked.resolved?.includes('://'))
    .map(([path]) => `${path} names the registry it came from`);
  const scripted = Object.entries(lockfile.packages)
    .filter(([path, locked]) => locked.hasInstallScript === true && !SCRIPTED.has(path))
    .map(([path]) => `${path} wants to run a program at installation`);
  return [...loose, ...located, ...scripted, ...unlocked(lockfile)];
}

function unlocked({ packages }: Lockfile): readonly string[] {
  return Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !foldersAbove(path).some((folder) => `${folder}${name}` in packages))
      .map((name) => `${path || 'package.json'} needs ${name}, which is not in the lockfile`),
  );
}

/** Where Node looks for a package: in the folder itself, then in each one that encloses it. */
function foldersAbove(path: string): readonly string[] {
  if (path === '') return ['node_modules/'];
  const end = path.lastIndexOf('/node_modules/');
  const above = end < 0 ? '' : path.slice(0, end);
  return [`${path}/node_modules/`, ...foldersAbove(above)];
}
