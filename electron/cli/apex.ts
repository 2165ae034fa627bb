import { EXIT, type HeadlessCommand, type Terminal } from './command.ts';
import { addon } from './commands/addon.ts';
import { bench } from './commands/bench.ts';
import { bridge } from './commands/bridge.ts';
import { flatten } from './commands/flatten.ts';
import { guard } from './commands/guard.ts';
import { journal } from './commands/journal.ts';
import { news } from './commands/news.ts';
import { rules } from './commands/rules.ts';
import { simulate } from './commands/simulate.ts';

const COMMANDS: Readonly<Record<string, HeadlessCommand>> = {
  bridge,
  simulate,
  flatten,
  guard,
  journal,
  rules,
  news,
  addon,
  bench,
};

const USAGE = `Use: npm run apex -- <command> [flags]
  bridge     serve the bridge without a window
  simulate   run the simulated NinjaTrader against a bridge
  flatten    flatten and exit 0 only with a proof of flat
  guard      set, clear or show the limits and locks that the AddOn enforces
  journal    verify or export a journal
  rules      choose, show and record for accounts; replay vectors; check and compare rule packs
  news       import and show the calendar of news releases
  addon      find, install, remove or pack NinjaTrader's AddOn
  bench      measure bridge, soak, flatten, launch, faults, engine, AddOn and guard`;

const terminal: Terminal = {
  out: (line) => process.stdout.write(`${line}\n`),
  note: (line) => process.stderr.write(`${line}\n`),
  interrupted: new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  }),
};

const [name = '', ...words] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
if (['--help', '-h', 'help'].includes(name)) {
  terminal.out(USAGE);
} else if (command === undefined) {
  terminal.note(name === '' ? USAGE : `There is no command "${name}".\n${USAGE}`);
  process.exitCode = EXIT.usage;
} else {
  process.exitCode = await command(words, terminal);
}
