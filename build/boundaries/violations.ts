import type { Edge } from './import-graph.ts';
import { testZones, zones } from './zones.ts';
import type { Zone } from './zones.ts';

/** The forbidden edges of an import graph, each as a line that says where it is and what is allowed. */
export function violations(edges: readonly Edge[]): readonly string[] {
  const sourceZones = zones(domainFeatures(edges));
  return edges
    .filter((edge) => !isEndToEnd(edge.from) && edge.from !== 'renderer/vite.config.ts')
    .flatMap((edge) => {
      const zone = zoneOf(edge.from, isTest(edge.from) ? testZones : sourceZones);
      if (zone === undefined) return [`${at(edge)}: no rule says what this folder may import`];
      return isAllowed(edge, zone) ? [] : [`${at(edge)}: ${advice(zone)}`];
    });
}

function at(edge: Edge): string {
  return `${edge.from}:${edge.line} imports ${edge.to}`;
}

/** Builders and fakes for tests must not end up in the shipped app, not even from their own zone. */
function isAllowed(edge: Edge, zone: Zone): boolean {
  if (edge.isPackage) {
    return zone.packages.some((name) =>
      name.endsWith(':') ? edge.to.startsWith(name) : edge.to === name,
    );
  }
  if (isTest(edge.to) && !isTest(edge.from)) return false;
  if (isIn(edge.to, [...zone.owns, ...zone.may])) return true;
  return edge.typeOnly && isIn(edge.to, zone.mayTypesOf ?? []);
}

function advice(zone: Zone): string {
  const types = (zone.mayTypesOf ?? []).map((path) => `types of ${path}`);
  const packages = zone.packages.map((name) => (name === 'node:' ? "Node's own modules" : name));
  const all = [...zone.may, ...types, ...packages];
  return `${zone.owns.join(' and ')} may import ${all.length === 0 ? 'nothing else' : all.join(', ')}`;
}

function zoneOf(file: string, among: readonly Zone[]): Zone | undefined {
  const matches = among.flatMap((zone) =>
    zone.owns.filter((path) => isIn(file, [path])).map((path) => ({ zone, length: path.length })),
  );
  return matches.sort((a, b) => b.length - a.length)[0]?.zone;
}

/** A path belongs to a folder, or to a module named like it ("engine/ports" names ports.ts too). */
function isIn(path: string, owners: readonly string[]): boolean {
  return owners.some(
    (owner) => path === owner || path === `${owner}.ts` || path.startsWith(`${owner}/`),
  );
}

function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file) || /(^|\/)testing\//.test(file);
}

function isEndToEnd(file: string): boolean {
  return /^(electron|renderer)\/e2e\//.test(file);
}

function domainFeatures(edges: readonly Edge[]): readonly string[] {
  const features = edges.flatMap(({ from, to }) =>
    [from, to].flatMap((path) => /^shared\/domain\/([^/]+)\//.exec(path)?.[1] ?? []),
  );
  return [...new Set(features)];
}
