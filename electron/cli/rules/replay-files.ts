import { readFileSync } from 'node:fs';
import { err, type Result } from '../../../shared/kernel/result.ts';
import { EXIT, type Terminal } from '../command.ts';
import { replayVector, type Replay, type ReplayedEvent } from './replay.ts';
import { readVectors, type Vector } from './vector-file.ts';

interface ReplayedFile {
  readonly file: string;
  readonly vectors: readonly Replay[];
}

/** Replays files of vectors; every file is read before the first one is replayed. */
export function replayFiles(files: readonly string[], json: boolean, terminal: Terminal): number {
  const read = files.map((file) => ({ file, vectors: readFile(file) }));
  const flaws = read.flatMap(({ file, vectors }) =>
    vectors.ok ? [] : vectors.error.map((flaw) => `${file}: ${flaw}`),
  );
  if (flaws.length > 0) {
    for (const flaw of flaws) terminal.note(flaw);
    if (json) terminal.out(JSON.stringify({ ok: false, flaws }));
    return EXIT.usage;
  }
  const replayed = read.map(({ file, vectors }): ReplayedFile => {
    return { file, vectors: vectors.ok ? vectors.value.map(replayVector) : [] };
  });
  const events = replayed.flatMap(({ vectors }) => vectors.flatMap((one) => one.events));
  const mismatches = events.flatMap((event) => event.mismatches);
  const isOk = mismatches.length === 0;
  const counts = {
    vectors: replayed.reduce((sum, { vectors }) => sum + vectors.length, 0),
    events: events.length,
    mismatches: mismatches.length,
  };
  if (json) terminal.out(JSON.stringify({ ok: isOk, ...counts, files: replayed }));
  else tell(replayed, counts, terminal);
  return isOk ? EXIT.done : EXIT.failed;
}

function readFile(file: string): Result<readonly Vector[], readonly string[]> {
  try {
    return readVectors(readFileSync(file, 'utf8'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    return err([`cannot be read (${code})`]);
  }
}

function tell(
  replayed: readonly ReplayedFile[],
  counts: { readonly vectors: number; readonly events: number; readonly mismatches: number },
  terminal: Terminal,
): void {
  for (const { file, vectors } of replayed) {
    for (const { vector, events } of vectors) {
      events.forEach((event, index) => terminal.out(lineOf(vector, index, event)));
      for (const { event, field, expected, got } of events.flatMap((one) => one.mismatches)) {
        terminal.out(
          `MISMATCH ${file} ${vector} event ${event} ${field}: expected ${expected}, got ${got}`,
        );
      }
    }
  }
  const { vectors, events, mismatches } = counts;
  terminal.out(`${vectors} vectors, ${events} events, ${mismatches} mismatches`);
}

function lineOf(vector: string, index: number, { at, verdicts, decision }: ReplayedEvent): string {
  const rules = verdicts.map(({ rule, severity }) => `${rule} ${severity}`).join(', ');
  return `${vector} ${index} ${at} ${decision.state}: ${rules}`;
}
