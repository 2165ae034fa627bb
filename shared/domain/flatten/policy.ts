/** Times and tries of a flatten; all durations in milliseconds on the monotonic clock. */
export interface FlattenPolicy {
  /** Silence after a command before it is sent again under the same id. */
  readonly ackTimeoutMs: number;
  /** Repeats of one unanswered command before the alarm; it keeps being repeated after it. */
  readonly ackRepeats: number;
  /** Silence after a snapshot request before another one is made; the second in a row waits as long. */
  readonly readTimeoutMs: number;
  /** Each further request in a row waits twice as long, up to this: a slow platform answers late, not never. */
  readonly readTimeoutMaxMs: number;
  /** Pause between two reads while something is still open and nothing is heard. */
  readonly readEveryMs: number;
  /** How long data may contradict itself before the trader is told; fills and positions arrive apart. */
  readonly doubtPatienceMs: number;
  /** What the platform gets to close everything before the next attempt; it may wait 5 s for cancels alone. */
  readonly attemptWindowMs: number;
  /** Least pause between two attempts. */
  readonly attemptSpacingMs: number;
  readonly maxAttempts: number;
  /** Pause between further tries once all attempts were used; the alarm is on by then. */
  readonly exhaustedRetryMs: number;
  /** Time without verification, or past the end of a watch, before the alarm; trying goes on behind it. */
  readonly alarmAfterMs: number;
  /** How long nothing may be open, with a complete report at both ends, before flat is proven. */
  readonly watchMs: number;
  /** Broken watches before the trader is told that something keeps opening positions. */
  readonly brokenWatches: number;
  /** Broken watches before the run stops sending by itself: fighting a machine costs a spread each time. */
  readonly brokenWatchesLimit: number;
  /** Pause before an account that was not connected is tried again. */
  readonly disconnectedRetryMs: number;
  /** Entries are held off by the platform for this long after each command. */
  readonly holdEntriesMs: number;
  /** A request older than this is not sent by itself when the link returns. */
  readonly armedForMs: number;
}

export const FLATTEN_POLICY: FlattenPolicy = {
  ackTimeoutMs: 500,
  ackRepeats: 3,
  readTimeoutMs: 750,
  readTimeoutMaxMs: 6_000,
  readEveryMs: 500,
  doubtPatienceMs: 2_000,
  attemptWindowMs: 7_000,
  attemptSpacingMs: 500,
  maxAttempts: 4,
  exhaustedRetryMs: 30_000,
  alarmAfterMs: 10_000,
  watchMs: 10_000,
  brokenWatches: 3,
  brokenWatchesLimit: 10,
  disconnectedRetryMs: 2_000,
  holdEntriesMs: 20_000,
  armedForMs: 300_000,
};
