import type { DeskRecords } from './desk-records.ts';
import type { Effects } from './effects.ts';
import type { EngineDeps } from './engine.ts';
import type { GuardKeeperDeps } from './guard-keeper.ts';

interface GuardDeskParts extends Pick<EngineDeps, 'clock' | 'timers' | 'ids'> {
  readonly effects: Effects;
  readonly records: DeskRecords;
  readonly onChange: () => void;
}

/** The desk as the keeper of the AddOn's guard sees it. */
export function guardDesk(parts: GuardDeskParts): GuardKeeperDeps {
  const { clock, timers, ids, effects, records, onChange } = parts;
  return {
    clock,
    timers,
    ids,
    send: (command) => effects.send(command),
    keep: (entry, stamp) => records.keep(entry, stamp),
    keepDurably: (entry, stamp) => records.keepDurably(entry, stamp),
    onChange,
  };
}
