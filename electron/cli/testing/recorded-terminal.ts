import type { HeadlessCommand, Terminal } from '../command.ts';

/** What a command said, line by line. */
export interface Said {
  /** Its result. */
  readonly said: readonly string[];
  /** Its progress and its failures. */
  readonly noted: readonly string[];
}

/** A terminal that writes down what it is told; nobody interrupts the command. */
export function recordedTerminal(): Terminal & Said {
  const said: string[] = [];
  const noted: string[] = [];
  return {
    said,
    noted,
    out: (line) => void said.push(line),
    note: (line) => void noted.push(line),
    interrupted: new Promise(() => undefined),
  };
}

/** What a command said and its exit code. */
export interface Told extends Said {
  readonly code: number;
}

/** Runs a command to its end. */
export async function runToEnd(command: HeadlessCommand, words: readonly string[]): Promise<Told> {
  const terminal = recordedTerminal();
  const code = await command(words, terminal);
  return { code, said: terminal.said, noted: terminal.noted };
}
