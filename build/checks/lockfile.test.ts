import { describe, expect, it } from 'vitest';
import { lockfileFaults } from './lockfile.ts';

const sound = {
  packages: {
    '': { dependencies: { a: '1.0.0' } },
    'node_modules/a': { dependencies: { b: '^1.0.0' }, optionalDependencies: { c: '1.0.0' } },
    'node_modules/a/node_modules/b': { dependencies: { c: '1.0.0' } },
    'node_modules/c': {},
  },
};

describe('the lockfile', () => {
  it('is sound when everything is pinned, locked and without an address', () => {
    const manifest = { dependencies: { a: '1.0.0', keytar: 'npm:@github/keytar@7.10.6' } };
    expect(lockfileFaults(manifest, sound)).toEqual([]);
  });

  it.each(['^1.0.0', '~1.0.0', 'latest', '1.x', 'github:owner/name'])(
    'is not with %s',
    (version) => {
      expect(lockfileFaults({ devDependencies: { a: version } }, sound)).toHaveLength(1);
    },
  );

  it('is not when a package of another platform was dropped', () => {
    const { 'node_modules/c': _, ...packages } = sound.packages;
    expect(lockfileFaults({}, { packages })).toEqual([
      'node_modules/a needs c, which is not in the lockfile',
      'node_modules/a/node_modules/b needs c, which is not in the lockfile',
    ]);
  });

  it('is not when a package nobody looked at runs a program at installation', () => {
    const packages = {
      'node_modules/esbuild': { hasInstallScript: true },
      'node_modules/stranger': { hasInstallScript: true },
    };
    expect(lockfileFaults({}, { packages })).toEqual([
      'node_modules/stranger wants to run a program at installation',
    ]);
  });

  it('is not when it names where a package came from', () => {
    const packages = { 'node_modules/a': { resolved: 'https://example.test/a.tgz' } };
    expect(lockfileFaults({}, { packages })).toHaveLength(1);
  });
});
