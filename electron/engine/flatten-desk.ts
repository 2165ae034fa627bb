import type { DeskState } from '../../shared/domain/desk/state.ts';
import type { FlattenRun } from '../../shared/domain/flatten/run.ts';
import type { DeskRecords } from './desk-records.ts';
import type { Effects } from './effects.ts';
import type { EngineDeps } from './engine.ts';
import { observe } from './observation.ts';
import type { FlattenDesk } from './ports.ts';
import type { Publisher } from './publisher.ts';

interface FlattenDeskParts extends Pick<EngineDeps, 'clock' | 'timers' | 'ids' | 'journal'> {
  readonly state: () => DeskState;
  readonly effects: Effects;
  readonly records: DeskRecords;
  readonly publisher: Publisher;
  /** Told of every change of a run. */
  readonly onRun: (run: FlattenRun) => void;
}

/** The desk as the flatten service sees it; its commands go straight to the link and it keeps its own records. */
export function flattenDesk(parts: FlattenDeskParts): FlattenDesk {
  const { clock, timers, ids, journal, state, effects, records, publisher, onRun } = parts;
  return {
    clock,
    timers,
    ids,
    link: { send: (command) => effects.toLink(command) },
    linkUp: () => state().link.isOpen,
    look: (scope) => observe(state(), scope),
    journal: (record, stamp) => records.keep(record, stamp, record.flattenId),
    flush: () => void journal.flush(),
    onChange: (run) => {
      onRun(run);
      publisher.mark('flattens');
      publisher.schedule('urgent');
    },
    onBug: (part, cause) => records.bug(`flatten ${part}`, cause),
  };
}
