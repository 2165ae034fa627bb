import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replayVector, type Mismatch } from '../replay.ts';
import { readVectors } from '../vector-file.ts';

const FOLDER = join(import.meta.dirname, '../../../../shared/domain/risk/vectors');

/** A vector as it stands in its file, so that a test can write it otherwise. */
export interface Written {
  readonly id: string;
  readonly template?: string;
  readonly params?: Record<string, unknown>;
  readonly rule?: string;
  readonly rules?: readonly unknown[];
  readonly events: readonly Record<string, unknown>[];
  readonly expect: readonly unknown[];
}

export const vectorFiles: readonly string[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => join(FOLDER, name));

/** Every vector of the folder by its id. */
export const written: ReadonlyMap<string, Written> = new Map(
  vectorFiles
    .flatMap((file) => JSON.parse(readFileSync(file, 'utf8')) as Written[])
    .map((vector) => [vector.id, vector]),
);

export function vectorNamed(id: string): Written {
  const vector = written.get(id);
  if (vector === undefined) throw new Error(`there is no vector ${id}`);
  return vector;
}

export function withParams(id: string, params: Record<string, unknown>): Written {
  const vector = vectorNamed(id);
  return { ...vector, params: { ...vector.params, ...params } };
}

/** What does not come out as written. */
export function replayed(vector: unknown): readonly Mismatch[] {
  const read = readVectors(JSON.stringify(vector));
  if (!read.ok) throw new Error(read.error.join('; '));
  return read.value.flatMap((one) => replayVector(one).events.flatMap((line) => line.mismatches));
}
