import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { checkout } from '../bootstrap/checkout.ts';

/** The names that the compiler does not know in a probe file, compiled as if it stood in the layer. */
function unknownIn(
  project: string,
  names: readonly string[],
  beside: readonly string[] = [],
): string[] {
  const file = join(checkout, project);
  const read = ts.readConfigFile(file, (path) => ts.sys.readFile(path));
  const parsed = ts.parseJsonConfigFileContent(read.config, ts.sys, join(file, '..'));
  const probe = join(file, '..', 'layer-probe.ts');
  const text = [
    ...beside.map((name) => `import '${name}';`),
    ...names.map((name, n) =>
      name.includes(':') || name === 'electron'
        ? `export { default as n${n} } from '${name}';`
        : `export const n${n}: unknown = ${name};`,
    ),
  ].join('\n');
  const options = { ...parsed.options, noEmit: true, emitDeclarationOnly: false, composite: false };
  const host = ts.createCompilerHost(options);
  const readFile = host.getSourceFile.bind(host);
  host.getSourceFile = (path, ...rest) =>
    path === probe
      ? ts.createSourceFile(path, text, ts.ScriptTarget.ESNext)
      : readFile(path, ...rest);
  const program = ts.createProgram([...parsed.fileNames, probe], options, host);
  const source = program.getSourceFile(probe);
  const lines = ts
    .getPreEmitDiagnostics(program, source)
    .map(({ start = 0 }) => source?.getLineAndCharacterOfPosition(start).line ?? -1);
  return names.filter((_, n) => lines.includes(n + beside.length));
}

const node = ['process', 'Buffer', 'node:fs', 'setTimeout'];
const dom = ['document', 'window', 'HTMLElement'];

describe('each layer knows only its own world', { timeout: 60_000 }, () => {
  it('pure sources know neither Node, nor the page, nor timers, though their tests do import vitest', () => {
    expect(unknownIn('shared/tsconfig.json', [...node, ...dom])).toEqual([...node, ...dom]);
  });

  it('the probe itself can tell: a pure source knows the language', () => {
    expect(unknownIn('shared/tsconfig.json', ['Math', 'Promise', 'structured'])).toEqual([
      'structured',
    ]);
  });

  it('Electron sources know Node and not the page', () => {
    expect(unknownIn('electron/tsconfig.json', [...node, ...dom])).toEqual(dom);
  });

  it('the page knows the browser and not Node', () => {
    expect(unknownIn('renderer/tsconfig.json', ['process', 'Buffer', 'node:fs', ...dom])).toEqual([
      'process',
      'Buffer',
      'node:fs',
    ]);
  });
});
