import type { Stamp } from '../../shared/domain/desk/fact.ts';
import type { DeskState } from '../../shared/domain/desk/state.ts';
import type { DeskRecords } from './desk-records.ts';
import type { Effects } from './effects.ts';
import type { EngineDeps } from './engine.ts';
import type { GuardKeeper } from './guard-keeper.ts';
import type { FlattenPort, LinkStatus, RiskDesk } from './ports.ts';
import type { Publisher } from './publisher.ts';

interface RiskDeskParts extends Pick<EngineDeps, 'clock' | 'timers' | 'ids' | 'mode'> {
  readonly state: () => DeskState;
  readonly link: () => LinkStatus;
  readonly effects: Effects;
  readonly records: DeskRecords;
  readonly publisher: Publisher;
  readonly flattens: FlattenPort;
  readonly guard: GuardKeeper;
}

/** The desk as the guard over the accounts sees it; its flattens go through the one handler of all doors. */
export function riskDesk(parts: RiskDeskParts): RiskDesk {
  const { clock, timers, ids, mode, state, link, effects, records, publisher } = parts;
  const { flattens, guard } = parts;
  return {
    clock,
    timers,
    ids,
    mode,
    state,
    linkState: () => link().state,
    flatten: (scope) => void flattens.request(scope, 'guard'),
    together: (ask) => flattens.together(ask),
    send: (command) => void effects.send(command),
    guard: {
      wanted: () => guard.wanted().accounts,
      set: (limits) => guard.set(limits),
      clear: (account) => void guard.clear(account),
    },
    keep: (entry, stamp: Stamp) => records.keep(entry, stamp),
    keepDurably: (entry, stamp: Stamp) => records.keepDurably(entry, stamp),
    onChange: (account, isUrgent) => {
      publisher.markAccount(account);
      publisher.schedule(isUrgent ? 'urgent' : 'calm');
    },
    onBug: (part, cause) => records.bug(part, cause),
  };
}
