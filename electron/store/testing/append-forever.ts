import { SystemClock } from '../../platform/system-clock.ts';
import { JournalStore } from '../journal-store.ts';
import { openDatabase } from '../sqlite.ts';
import { appendItem } from './plain-item.ts';

/** Run as a process of its own: appends without end and says which number is safe, until it is killed. */
const [path = ''] = process.argv.slice(2);
const journal = new JournalStore({
  timers: new SystemClock(),
  runId: `run-${process.pid}`,
  open: () => openDatabase({ path }),
});
let n = [...journal.read(1)].length;

function step(): void {
  for (let i = 0; i < 50; i += 1) journal.append(appendItem(++n));
  const written = n % 500 === 0 ? journal.appendDurably(appendItem(++n)) : journal.flush();
  // What is queued after the last word is the part that a kill may take.
  const safe = n;
  for (let i = 0; i < 20; i += 1) journal.append(appendItem(++n));
  process.stdout.write(written.ok ? `${safe}\n` : `failed ${written.error.detail}\n`, () => {
    setImmediate(step);
  });
}

step();
