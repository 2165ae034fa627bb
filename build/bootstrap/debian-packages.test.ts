import { describe, expect, it } from 'vitest';
import { ensureDebianPackages, needs } from './debian-packages.ts';
import type { Machine } from './debian-packages.ts';
import { quietProgress } from './testing/quiet-progress.ts';

quietProgress();

interface Given {
  readonly programs?: readonly string[];
  readonly libraries?: string;
  readonly files?: readonly string[];
  readonly isRoot?: boolean;
  readonly platform?: NodeJS.Platform;
  readonly answer?: (line: string) => { code: number; output: string };
}

function machine(given: Given): { machine: Machine; lines: string[] } {
  const lines: string[] = [];
  const fine = { code: 0, output: '' };
  return {
    lines,
    machine: {
      platform: given.platform ?? 'linux',
      isRoot: given.isRoot ?? true,
      hasProgram: (name) => (given.programs ?? ['apt-get']).includes(name),
      hasFile: (path) => (given.files ?? []).includes(path),
      libraries: async () => given.libraries ?? '',
      run: async (program, args) => {
        const line = [program, ...args].join(' ');
        lines.push(line);
        return { ...(given.answer?.(line) ?? fine), timedOut: false };
      },
    },
  };
}

describe('the system packages', () => {
  it('are left alone when what they bring is there', async () => {
    const { machine: given, lines } = machine({ programs: ['python3', 'make', 'g++'] });
    await ensureDebianPackages(needs.nativeBuild, given);
    expect(lines).toEqual([]);
  });

  it('are told by the library, whatever the package is called here', async () => {
    const libraries = needs.window
      .map(({ library }) => `\t${library} (libc6) => /lib/x`)
      .join('\n');
    const { machine: given, lines } = machine({ programs: [], libraries });
    await ensureDebianPackages(needs.window, given);
    expect(lines).toEqual([]);
  });

  it('are told by a file where they bring no program', async () => {
    const files = ['/usr/lib/mono/4.5/System.Web.Extensions.dll'];
    const { machine: given, lines } = machine({ programs: ['apt-get', 'mcs', 'mono'], files });
    await ensureDebianPackages(needs.mono, given);
    expect(lines.at(-1)).toMatch(/ libmono-system-xml-linq4\.0-cil$/);
  });

  it('are no matter outside of Linux', async () => {
    await ensureDebianPackages(needs.window, machine({ platform: 'win32' }).machine);
  });

  it('are installed by root, only the missing ones', async () => {
    const { machine: given, lines } = machine({ programs: ['apt-get', 'make', 'g++'] });
    await ensureDebianPackages(needs.nativeBuild, given);
    expect(lines.at(-1)).toMatch(
      /^env DEBIAN_FRONTEND=noninteractive apt-get .*install .* python3$/,
    );
  });

  it('are installed with sudo where it asks for no password', async () => {
    const { machine: given, lines } = machine({ isRoot: false, programs: ['apt-get', 'sudo'] });
    await ensureDebianPackages(needs.nativeBuild, given);
    expect(lines.at(-1)).toMatch(/^sudo -n env .* python3 make g\+\+$/);
  });

  it('are named, with the command to type, where this user may not install them', async () => {
    const refusal = { code: 1, output: 'sudo: a password is required' };
    const given = { isRoot: false, programs: ['apt-get', 'sudo'], answer: () => refusal };
    await expect(ensureDebianPackages(needs.nativeBuild, machine(given).machine)).rejects.toThrow(
      'run "sudo apt-get install python3 make g++" and then the command again.',
    );
  });

  it('are described where there is no apt-get', async () => {
    await expect(
      ensureDebianPackages(needs.nativeBuild, machine({ programs: [] }).machine),
    ).rejects.toThrow(/not a Debian/);
  });

  it('ask for a network in one sentence when the package server cannot be reached', async () => {
    const answer = (line: string): { code: number; output: string } =>
      line.includes('install')
        ? { code: 100, output: 'E: Failed to fetch x  Could not resolve host' }
        : { code: 0, output: '' };
    await expect(
      ensureDebianPackages(needs.nativeBuild, machine({ answer }).machine),
    ).rejects.toThrow(/package server cannot be reached/);
  });

  it('are installed even when the package lists could not be refreshed', async () => {
    const answer = (line: string): { code: number; output: string } => ({
      code: line.endsWith('update') ? 100 : 0,
      output: '',
    });
    await ensureDebianPackages(needs.nativeBuild, machine({ answer }).machine);
  });
});
