import { assertNever } from '../../kernel/assert-never.ts';
import type { AddonFacts } from './facts.ts';
import { compareVersions } from './version.ts';

export type AddonState =
  | 'ready'
  | 'notInstalled'
  | 'unreadable'
  | 'duplicated'
  | 'appOlder'
  | 'edited'
  | 'outdated'
  | 'removedButRunning'
  | 'compileDue'
  | 'compileBlocked'
  | 'leftOut'
  | 'restartDue'
  | 'notConnected'
  | 'notWatched';

/** How the AddOn stands and the one thing to do about it; `advice` is empty when nothing is to be done. */
export interface AddonHealth {
  readonly state: AddonState;
  readonly advice: string;
}

const ADVICE: Readonly<Record<AddonState, string>> = {
  ready: '',
  notInstalled: 'Install the AddOn that came with the app.',
  unreadable: "Give this Windows user the right to read NinjaTrader's bin\\Custom\\AddOns folder.",
  duplicated:
    'Delete the other copies of the AddOn: NinjaTrader compiles nothing while its source folder holds two.',
  appOlder: 'Update the app: it is older than the AddOn.',
  edited: 'Install the AddOn that came with the app; the changed file is kept as a backup.',
  outdated: 'Install the AddOn that came with the app: the one in NinjaTrader is older.',
  removedButRunning:
    'Install the AddOn again, or press F5 in New > NinjaScript Editor and restart NinjaTrader to end it.',
  compileDue: 'Press F5 in New > NinjaScript Editor.',
  compileBlocked:
    'Another script stops NinjaTrader from compiling: press F5 in New > NinjaScript Editor and repair or exclude the script that it names.',
  leftOut:
    'NinjaTrader compiled without the AddOn: open EnigmaApexBridge below AddOns in New > NinjaScript Editor and press F5 there.',
  restartDue: 'Restart NinjaTrader: it still runs another version of the AddOn.',
  notConnected:
    'Start NinjaTrader; if it is running, restart it, and look at the pairing when that does not help.',
  notWatched: 'Open the app to see whether the AddOn connects.',
};

/** Judges the AddOn from what lies on the disk, what NinjaTrader compiled and what answers on the bridge. */
export function addonHealth(facts: AddonFacts): AddonHealth {
  const state = stateOf(facts);
  return { state, advice: ADVICE[state] };
}

function stateOf(facts: AddonFacts): AddonState {
  const { disk, running, shipped } = facts;
  if (running.seen === 'connected' && isNewer(running.version, shipped)) return 'appOlder';
  switch (disk.state) {
    case 'absent':
      if (running.seen === 'connected') return 'removedButRunning';
      return facts.duplicates > 0 ? 'duplicated' : 'notInstalled';
    case 'unreadable':
      return 'unreadable';
    case 'newer':
      return 'appOlder';
    case 'edited':
      return 'edited';
    case 'older':
      return 'outdated';
    case 'current':
      // A second copy breaks the next compile even while the present one still runs well.
      return facts.duplicates > 0 ? 'duplicated' : stateOfCurrent(facts);
    default:
      return assertNever(disk);
  }
}

/** The file is the right one; is it also what runs? */
function stateOfCurrent({ running, shipped, compile }: AddonFacts): AddonState {
  if (running.seen === 'connected' && compareVersions(running.version, shipped) === 0) {
    return 'ready';
  }
  switch (compile.state) {
    case 'leftOut':
      return 'leftOut';
    case 'waiting':
    case 'unknown':
      // To compile once more does no harm.
      return 'compileDue';
    case 'notCompiled':
      return 'compileBlocked';
    case 'compiled':
      return running.seen === 'connected' ? 'restartDue' : unseen(running.seen);
    default:
      return assertNever(compile);
  }
}

function unseen(seen: 'none' | 'notWatched'): AddonState {
  return seen === 'none' ? 'notConnected' : 'notWatched';
}

function isNewer(version: string, than: string): boolean {
  return (compareVersions(version, than) ?? 0) > 0;
}
