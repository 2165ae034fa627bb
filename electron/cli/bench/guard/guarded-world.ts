import type { AccountName } from '../../../../shared/domain/account/account.ts';
import type { RiskView } from '../../../../shared/protocol/ipc/risk-view.ts';
import type { SimulatedPlatform } from '../../../../shared/simulation/simulated-platform.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { PlatformLink } from '../../../engine/ports.ts';
import type { PackLibrary } from '../../../risk/pack-library.ts';
import { MemoryDisk } from '../fault-matrix/memory-journal.ts';
import { openVirtualDesk } from '../fault-matrix/virtual-desk.ts';
import type { VirtualLine } from '../fault-matrix/virtual-line.ts';

export interface GuardedWorldTerms {
  readonly platform: SimulatedPlatform;
  /** Time of the market and of the desk's clock at virtual time 0, UTC epoch milliseconds. */
  readonly startsAt: number;
  readonly library: PackLibrary;
  /** Called as a flatten of an account is handed to the line. */
  readonly onFlatten: (account: string) => void;
  /** Changes what a frame to the desk says. */
  readonly rewrite?: (frame: string) => string;
}

/** The rules that the account is to be guarded by. */
export interface GuardChoice {
  readonly account: string;
  readonly template: string;
  readonly safety: number;
}

/** The whole desk beside the simulated NinjaTrader, on one virtual time. */
export class GuardedWorld {
  readonly platform: SimulatedPlatform;
  readonly engine: Engine;
  readonly line: VirtualLine;

  constructor({ onFlatten, ...terms }: GuardedWorldTerms) {
    this.platform = terms.platform;
    const desk = openVirtualDesk({
      ...terms,
      name: 'guarded',
      disk: new MemoryDisk(),
      watch: (line) => watched(line, onFlatten),
    });
    this.engine = desk.engine;
    this.line = desk.line;
  }

  get now(): number {
    return this.platform.queue.now;
  }

  advance(ms: number): void {
    this.platform.queue.advanceTo(this.now + ms);
  }

  /** Has the account guarded, as one that has not traded yet; throws when the desk refuses. */
  guard({ account, template, safety }: GuardChoice): void {
    const answer = this.engine.risk.assign({
      ...{ account, template, safety },
      ...{ level: 'protect', insists: true, start: 'fresh', peak: null, hasDailyLimit: false },
    });
    if (answer.outcome !== 'now') throw new Error(`${template}: ${answer.message}`);
  }

  risk(account: string): RiskView | null {
    return this.engine.view().accounts.find(({ name }) => name === account)?.risk ?? null;
  }

  /** What became of the last flatten of an account; null without one. */
  flattenState(account: string): string | null {
    const found = this.engine
      .view()
      .flattens.find(({ scope }) => scope.kind === 'account' && scope.account === account);
    return found?.state ?? null;
  }
}

function watched(line: PlatformLink, onFlatten: (account: AccountName) => void): PlatformLink {
  return {
    status: () => line.status(),
    send: (command) => {
      const isWhole = command.kind === 'flatten' && command.scope.kind === 'account';
      if (isWhole) onFlatten(command.scope.account);
      return line.send(command);
    },
  };
}
