/** Times and tries of the guard's way to the AddOn; all durations in milliseconds on the monotonic clock. */
export const GUARD_POLICY = {
  /**
   * How long the AddOn has after the first snapshot to say which guard it holds. Nothing is sent before, as
   * that could wipe out a lock that only the AddOn knows of; a lock that is wanted does not wait for ever.
   */
  silenceMs: 3_000,
  /** Pause before the guard is sent again; doubled with every further try. */
  retryMs: 1_000,
  retryMaxMs: 16_000,
  /** Tries before it waits for a new session or a change. */
  maxTries: 8,
} as const;
