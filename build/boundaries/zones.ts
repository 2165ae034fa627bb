/** A part of the source tree, and what its files may import beside their own zone. */
export interface Zone {
  /** Folders (or single files) that make up the zone; the longest match decides. */
  readonly owns: readonly string[];
  /** Folders or files of the project that it may import. */
  readonly may: readonly string[];
  /** Of these it may import types only. */
  readonly mayTypesOf?: readonly string[];
  /** Packages that it may import; "node:" stands for all of Node's own modules. */
  readonly packages: readonly string[];
}

const kernel = 'shared/kernel';
const domain = 'shared/domain';
const protocol = 'shared/protocol';
const ports = 'electron/engine/ports';
const platform = 'electron/platform';
const pure = [kernel, domain, protocol];

const services = ['bridge', 'risk', 'kelly', 'flatten', 'ninjatrader', 'vault', 'store'];
const servicePackages: Readonly<Record<string, readonly string[]>> = {
  bridge: ['ws'],
  ninjatrader: ['fflate'],
  store: ['better-sqlite3'],
  vault: ['keytar'],
};

/** What every feature of the domain talks about. These know nothing of the features. */
const vocabulary = ['account', 'instrument', 'market', 'money', 'session'];

/** The facts, commands and records of the desk tie all features together. */
const binders = ['desk', 'journal'];

/** A capability (flatten, risk, kelly, ...) sees the vocabulary and the desk, never another capability. */
function domainZone(feature: string): Zone {
  const seen = vocabulary.includes(feature) ? vocabulary : [...vocabulary, 'desk'];
  const may = binders.includes(feature) ? [domain] : seen.map((name) => `${domain}/${name}`);
  return { owns: [`${domain}/${feature}`], may: [kernel, ...may], packages: [] };
}

/** The whole dependency rule. What is not listed here is not allowed. */
export function zones(domainFeatures: readonly string[]): readonly Zone[] {
  return [...sharedZones(domainFeatures), ...innerZones, ...entryZones, rendererZone];
}

function sharedZones(domainFeatures: readonly string[]): readonly Zone[] {
  return [
    { owns: [kernel], may: [], packages: [] },
    ...domainFeatures.map(domainZone),
    { owns: [protocol], may: [kernel], packages: ['zod'] },
    { owns: ['shared/simulation'], may: [kernel, domain], packages: [] },
    { owns: ['shared/testing'], may: ['shared'], packages: ['fast-check', 'vitest'] },
  ];
}

const innerZones: readonly Zone[] = [
  { owns: ['electron/engine'], may: [kernel, domain], mayTypesOf: [protocol], packages: [] },
  ...services.map((service) => ({
    owns: [`electron/${service}`],
    may: [...pure, ports],
    packages: ['node:', 'zod', ...(servicePackages[service] ?? [])],
  })),
  { owns: [platform], may: [kernel], packages: ['node:'] },
  {
    owns: ['electron/ipc', 'electron/shell'],
    may: [...pure, 'electron/engine', platform],
    packages: ['electron', 'node:', 'zod'],
  },
];

const allServices = services.map((service) => `electron/${service}`);

const headlessMay = [
  ...pure,
  'shared/simulation',
  'electron/desk',
  'electron/engine',
  'electron/simulator',
  'package.json',
  platform,
  ...allServices,
];

/** Where programs begin and their parts are wired together. */
const entryZones: readonly Zone[] = [
  // The desk without a shell: its parts wired once, for the app and the headless command alike.
  {
    owns: ['electron/desk'],
    may: [...pure, 'electron/engine', platform, ...allServices],
    packages: ['node:', 'zod'],
  },
  {
    owns: ['electron/main.ts'],
    may: [
      ...pure,
      'electron/desk',
      'electron/engine',
      'electron/ipc',
      'electron/shell',
      'package.json',
      platform,
      ...allServices,
    ],
    packages: ['electron', 'node:'],
  },
  { owns: ['electron/preload.ts'], may: [kernel, `${protocol}/ipc`], packages: ['electron'] },
  {
    owns: ['electron/simulator'],
    may: [...pure, 'shared/simulation', platform],
    packages: ['node:', 'ws', 'zod'],
  },
  {
    owns: ['electron/cli'],
    may: headlessMay,
    packages: ['node:', 'zod'],
  },
  // The yardstick of the bridge's benchmark is a bare server of the same library.
  {
    owns: ['electron/cli/bench/sink.ts'],
    may: headlessMay,
    packages: ['node:', 'ws'],
  },
];

const rendererZone: Zone = {
  owns: ['renderer'],
  may: [kernel, domain, `${protocol}/ipc`],
  packages: [
    '@fontsource-variable/inter',
    'lightweight-charts',
    'react',
    'react-dom',
    'zod',
    'zustand',
  ],
};

/** Tests reach further, but never across the window's edge. */
export const testZones: readonly Zone[] = [
  { owns: ['shared'], may: ['shared', 'resources'], packages: ['fast-check', 'vitest', 'zod'] },
  {
    owns: ['electron'],
    may: ['shared', 'electron', 'resources', 'build/test-runtime'],
    packages: ['node:', 'better-sqlite3', 'fast-check', 'keytar', 'vitest', 'ws', 'zod'],
  },
  {
    owns: ['renderer'],
    may: ['shared', 'renderer'],
    packages: ['node:', 'fast-check', 'react', 'react-dom', 'vitest', 'zod', 'zustand'],
  },
];
