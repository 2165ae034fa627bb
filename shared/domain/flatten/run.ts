import type { Stamp } from '../desk/fact.ts';
import type { AccountName } from '../account/account.ts';
import type { Exposure, FlattenDoor, FlattenStep, ProofOfFlat, UnresolvedCode } from './record.ts';
import type { FlattenScope } from './scope.ts';

/**
 * Where a flatten stands. `waiting`: there is no link. Reads run beside every other live stage.
 * `confirmed`, `refused` and `disarmed` are final.
 */
export type FlattenStage =
  'waiting' | 'sent' | 'accepted' | 'verifying' | 'confirmed' | 'refused' | 'disarmed';

/** Commands of one attempt that the platform has not answered yet. */
export interface Unanswered {
  readonly commands: readonly { readonly commandId: string; readonly scope: FlattenScope }[];
  /** The attempt they belong to; a repeat is the same command to the letter. */
  readonly attempt: number;
  readonly lastSentAt: number;
  readonly repeats: number;
}

/** The quiet time between the first complete report of flat and the last. */
export interface Watch {
  readonly startedAt: number;
  readonly endsAt: number;
  readonly firstReadId: string;
  readonly firstFlatWall: number;
}

/** A snapshot request of this run that is not answered yet. */
export interface PendingRead {
  readonly commandId: string;
  readonly requestedAt: number;
  /** How many before it, in a row, were given up. */
  readonly misses: number;
}

/** One flatten from the press to its proof or its alarm; plain data, so that it can be rebuilt from the journal. */
export interface FlattenRun {
  readonly id: string;
  readonly scope: FlattenScope;
  readonly door: FlattenDoor;
  readonly requestedAt: Stamp;
  /** Start of the present round: the request, the last press after an alarm, or the return of the link. */
  readonly roundAt: number;
  readonly changedAt: Stamp;
  readonly presses: number;
  readonly stage: FlattenStage;
  /** Set while the trader must know that flat is not proven; trying goes on unless `armed` is false. */
  readonly alarm: UnresolvedCode | null;
  readonly refusal: string | null;
  /** Whether the run may still send commands by itself. */
  readonly armed: boolean;
  readonly attempt: number;
  readonly lastAttemptAt: number;
  /** When the next attempt is due if something is still open. */
  readonly nextAttemptAt: number;
  /** Start of this process's command ids: a resumed run must never share an id with what was sent before. */
  readonly commandPrefix: string;
  readonly commandCount: number;
  readonly unanswered: Unanswered | null;
  readonly read: PendingRead | null;
  readonly lastReadAt: number;
  readonly watch: Watch | null;
  readonly brokenWatches: number;
  /** Whether it stopped sending by itself because something kept opening positions. */
  readonly stoodDown: boolean;
  /** Since when reads show nothing open and yet contradict themselves; null while they do not. */
  readonly doubtedSince: number | null;
  /** Whether an account of the scope could not be read at the last answered read. */
  readonly wasUnreadable: boolean;
  /** What was open in the scope at the last look. */
  readonly remaining: readonly Exposure[];
  readonly steps: readonly FlattenStep[];
  readonly proof: ProofOfFlat | null;
}

/** What a look at the desk tells about a scope. */
export interface Observation {
  readonly exposures: readonly Exposure[];
  /** Accounts of the scope whose connection is up and whose data is whole. */
  readonly covered: readonly AccountName[];
  /** Disconnected accounts of the scope with nothing known open. */
  readonly notCovered: readonly AccountName[];
  /** Accounts of the scope that must be proven flat and cannot be read now. */
  readonly unreadable: readonly AccountName[];
  /** Plain words on contradictory data in the scope; empty when it is consistent. */
  readonly doubts: readonly string[];
}

/** A run at its request, before anything was sent. */
export function newRun(
  request: Pick<FlattenRun, 'id' | 'scope' | 'door' | 'requestedAt' | 'remaining'>,
): FlattenRun {
  const { mono, wall } = request.requestedAt;
  return {
    ...request,
    roundAt: mono,
    changedAt: request.requestedAt,
    presses: 1,
    stage: 'waiting',
    alarm: null,
    refusal: null,
    armed: true,
    attempt: 0,
    lastAttemptAt: Number.NEGATIVE_INFINITY,
    nextAttemptAt: mono,
    commandPrefix: `${request.id}.${wall.toString(36)}`,
    commandCount: 0,
    unanswered: null,
    read: null,
    lastReadAt: mono,
    watch: null,
    brokenWatches: 0,
    stoodDown: false,
    doubtedSince: null,
    wasUnreadable: false,
    steps: [],
    proof: null,
  };
}

/** Whether the run has ended for good. */
export function isEnded(run: Pick<FlattenRun, 'stage'>): boolean {
  return run.stage === 'confirmed' || run.stage === 'refused' || run.stage === 'disarmed';
}

/** Whether the look shows nothing open and nothing in doubt; the only ground for a watch or a proof. */
export function isProvablyFlat(seen: Observation): boolean {
  return (
    seen.exposures.length === 0 &&
    seen.unreadable.length === 0 &&
    seen.doubts.length === 0 &&
    seen.covered.length > 0
  );
}
