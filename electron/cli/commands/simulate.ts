import { SystemClock } from '../../platform/system-clock.ts';
import { UuidIds } from '../../platform/uuid-ids.ts';
import { parseOptions } from '../../simulator/simulator-options.ts';
import { runSimulator } from '../../simulator/simulator.ts';
import { EXIT, type HeadlessCommand } from '../command.ts';

/** `apex simulate --pairing <file> ...`: the simulated NinjaTrader against a running app or `apex bridge`. */
export const simulate: HeadlessCommand = async (words, terminal) => {
  const options = parseOptions(words);
  if (!options.ok) {
    terminal.note(options.error);
    return EXIT.usage;
  }
  const world = new SystemClock();
  const started = runSimulator(options.value, {
    world,
    ids: new UuidIds(),
    say: (text) => terminal.note(text),
  });
  if (!started.ok) {
    terminal.note(started.error);
    return EXIT.usage;
  }
  const { seconds } = options.value;
  const over = new Promise<void>((resolve) => {
    if (seconds !== null) world.after(seconds * 1_000, resolve);
  });
  await Promise.race([over, terminal.interrupted]);
  started.value.stop('stopped');
  return EXIT.done;
};
