/** What a headless command talks to; a test gives its own. */
export interface Terminal {
  /** A line of the command's result. */
  out(line: string): void;
  /** A line about its progress or its failure. */
  note(line: string): void;
  /** Resolves when the person asks the command to stop. */
  readonly interrupted: Promise<void>;
}

/** Answers with the exit code: 0 done, 1 a check failed or the goal was missed, 2 the call was not understood. */
export type HeadlessCommand = (words: readonly string[], terminal: Terminal) => Promise<number>;

export const EXIT = { done: 0, failed: 1, usage: 2 } as const;
