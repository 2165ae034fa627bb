import type { UnresolvedCode } from './record.ts';
import type { FlattenRun } from './run.ts';

/** What the trader can always do without us; every alarm ends with it. */
const BY_HAND =
  'In NinjaTrader open Control Center > Positions, right-click, Flatten Everything, then check the Orders tab. ' +
  "If that does not work, call your broker's trade desk.";

const ALARMS: Readonly<Record<UnresolvedCode, string>> = {
  LINK_DOWN: 'NinjaTrader is not connected to Enigma Apex, so nothing was sent or proven.',
  NO_ACK: 'NinjaTrader does not answer the flatten command. It is being repeated.',
  NOT_FLAT_IN_TIME: 'Positions or orders are still open.',
  NO_REPORT: 'NinjaTrader sends no complete report, so nothing tells whether everything is closed.',
  KEEPS_REOPENING:
    'Something keeps opening positions, probably an enabled strategy or a copier. Disable it in NinjaTrader.',
  ACCOUNT_DISCONNECTED:
    'An account is not connected to its broker, so it cannot be closed or read.',
  DATA_IN_DOUBT: 'The reported positions contradict the fills, so flat cannot be proven.',
  RESTARTED_TOO_LATE:
    'This flatten was asked for too long ago to be sent by itself. Press flatten again if you still want it.',
  NOT_RECORDED:
    'NinjaTrader is closing for a flatten that Enigma Apex has no record of; it must have ended just after the press. What was asked for is not known: press flatten again if you still want it.',
};

const REFUSALS: Readonly<Record<string, string>> = {
  UNKNOWN_ACCOUNT: 'NinjaTrader does not know the account.',
  UNKNOWN_INSTRUMENT: 'NinjaTrader does not know the instrument.',
  ACCOUNT_NOT_PERMITTED: 'NinjaTrader does not permit commands on the account.',
  UNSUPPORTED: 'The installed AddOn cannot flatten. Update it.',
  BAD_COMMAND: 'The AddOn could not read the flatten command. Update it.',
};

/** What an alarm means, in one sentence or two. */
export function alarmText(code: UnresolvedCode): string {
  return ALARMS[code];
}

/** The run in plain words: what is known, what is being done and, in an alarm, what to do by hand. */
export function flattenMessage(run: FlattenRun): string {
  if (run.stage === 'refused') {
    const code = run.refusal ?? 'INTERNAL';
    return `Refused: ${REFUSALS[code] ?? code} ${BY_HAND}`;
  }
  if (run.alarm !== null) return `${alarmText(run.alarm)} ${willActAgain(run)}${BY_HAND}`;
  switch (run.stage) {
    case 'waiting':
      return 'Waiting for NinjaTrader.';
    case 'sent':
      return 'Flatten sent, waiting for NinjaTrader to answer.';
    case 'accepted':
      return 'NinjaTrader is cancelling orders and closing positions.';
    case 'verifying':
      return 'No position and no working order reported. Watching that it stays so.';
    case 'confirmed':
      return confirmedMessage(run);
    case 'disarmed':
      return 'Disarmed by you before flat was proven.';
  }
}

function willActAgain(run: FlattenRun): string {
  if (!run.armed) return '';
  if (run.alarm === 'NOT_FLAT_IN_TIME') return 'Closing is being tried again. ';
  if (run.alarm !== 'LINK_DOWN') return '';
  return 'The flatten stays armed and is sent when the link returns. ';
}

function confirmedMessage(run: FlattenRun): string {
  const left = run.proof?.notCovered.length ?? 0;
  const base = 'Flat, proven by two complete reports and a quiet watch.';
  return left === 0 ? base : `${base} ${left} disconnected account(s) could not be read.`;
}
