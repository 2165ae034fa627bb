import { SystemClock } from '../platform/system-clock.ts';
import { UuidIds } from '../platform/uuid-ids.ts';
import { runSimulator } from './simulator.ts';
import { parseOptions } from './simulator-options.ts';

/** How often the process looks whether its parent is still there. */
const PARENT_CHECK_MS = 1_000;
const FAREWELL_MS = 200;

const world = new SystemClock();

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}

const options = parseOptions(process.argv.slice(2));
if (!options.ok) fail(options.error);
const started = runSimulator(options.value, {
  world,
  ids: new UuidIds(),
  say: (text) => console.log(text),
});
if (!started.ok) fail(started.error);
const simulator = started.value;

let isLeaving = false;
function leave(reason: string): void {
  if (isLeaving) return;
  isLeaving = true;
  simulator.stop(reason);
  // The goodbye needs a moment to leave the socket.
  world.after(FAREWELL_MS, () => process.exit(0));
}

process.on('SIGTERM', () => leave('stopped'));
process.on('SIGINT', () => leave('stopped'));
process.on('disconnect', () => leave('the parent process ended'));

/** Unix hands an orphan to another parent; on Windows the old number simply stops answering. */
function isParentAlive(): boolean {
  if (process.ppid !== parent) return false;
  try {
    process.kill(parent, 0);
    return true;
  } catch (error) {
    // Not being allowed to signal it still means that it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const parent = process.ppid;
world.every(PARENT_CHECK_MS, () => {
  if (!isParentAlive()) leave('the parent process ended');
});
if (options.value.seconds !== null) world.after(options.value.seconds * 1_000, () => leave('done'));
