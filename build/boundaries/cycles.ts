import type { Edge } from './import-graph.ts';

/** Files that import each other in a ring, each ring once, beginning with its first name. */
export function cycles(edges: readonly Edge[]): readonly string[] {
  const next = new Map<string, string[]>();
  for (const { from, to, isPackage, typeOnly } of edges) {
    if (!isPackage && !typeOnly) next.set(from, [...(next.get(from) ?? []), to]);
  }
  const finished = new Set<string>();
  const found = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    const begin = path.indexOf(file);
    if (begin >= 0) {
      found.add(ring(path.slice(begin)));
    } else if (!finished.has(file)) {
      for (const to of next.get(file) ?? []) walk(to, [...path, file]);
      finished.add(file);
    }
  };
  for (const file of next.keys()) walk(file, []);
  return [...found].sort();
}

function ring(files: readonly string[]): string {
  const first = [...files].sort()[0] ?? '';
  const begin = files.indexOf(first);
  return [...files.slice(begin), ...files.slice(0, begin), first].join(' -> ');
}
