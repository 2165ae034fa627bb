import { join } from 'node:path';
import type { Command } from '../../../shared/domain/desk/command.ts';
import type { Fact } from '../../../shared/domain/desk/fact.ts';
import {
  item,
  opened,
  position,
  SIM,
  snapshot,
  terms,
} from '../../../shared/testing/desk-facts.ts';
import type { RulesWish } from '../../../shared/protocol/ipc/risk-calls.ts';
import type { RiskView } from '../../../shared/protocol/ipc/risk-view.ts';
import { guardReport } from '../../../shared/testing/guard-limits.ts';
import type { FakeClock } from '../../../shared/testing/fake-clock.ts';
import { PACK_DAY, shippedLibrary } from '../../cli/shipped-packs.ts';
import { engineWorld } from '../../engine/testing/engine-world.ts';
import { tempFolder } from '../../store/testing/temp-folder.ts';
import { createGuardService } from '../guard-service.ts';
import { LockFile } from '../lock-place.ts';
import { NewsFile } from '../news-file.ts';
import { PackArchive } from '../pack-content.ts';

/** Trails 2,000 below the highest equity of an account that begins with 50,000. */
export const TRAILING = 'apex.4_0.intraday.eval.50k.rithmic';

export function dollars(amount: number): number {
  return Math.round(amount * 10_000);
}

export interface RiskWorldOptions {
  /** Data folder; a new one without. */
  readonly folder?: string;
  readonly path?: string;
  readonly clock?: FakeClock;
}

/** The engine with its guard over a data folder, and the account and the prices in the test's hands. */
export function riskWorld(options: RiskWorldOptions = {}) {
  const folder = options.folder ?? tempFolder();
  const path = options.path ?? join(folder, 'journal.db');
  const world = engineWorld({
    path,
    ...(options.clock !== undefined && { clock: options.clock }),
    createRisk: createGuardService({
      library: shippedLibrary(PACK_DAY),
      archive: new PackArchive(join(folder, 'rules')),
      locks: new LockFile(join(folder, 'locks.json')),
      news: new NewsFile(join(folder, 'news.json')),
    }),
  });
  let seq = 100;
  let sessions = 0;
  /** Takes facts with the next numbers of the session. */
  const take = (...facts: readonly ((seq: number) => Fact)[]): void => {
    for (const fact of facts) world.take(fact((seq += 1)));
  };
  const equity = (amount: number): void => {
    take((at) => item(at, 'netLiquidation', dollars(amount)));
    world.clock.advance(50);
  };
  return {
    ...world,
    folder,
    equity,
    takeNext: take,
    /** A session opens and everything is told of an account with cash of 50,000. */
    connect: (amount = 50_000, held = 0) => {
      sessions += 1;
      seq = 100;
      const positions = held === 0 ? [] : [position(2, held)];
      world.take(opened(`sess-${sessions}`), terms(1), snapshot(2, { positions }));
      take((at) => item(at, 'cashValue', dollars(50_000)));
      equity(amount);
      take((at) => guardReport(at, 0, []));
    },
    hold: (quantity: number) => {
      take((at) => position(at, quantity));
      world.clock.advance(50);
    },
    /** Loses in strides that are believed. */
    lose: (from: number, to: number, stride = 100) => {
      for (let amount = from - stride; amount > to; amount -= stride) equity(amount);
      equity(to);
    },
    assign: (wish: Partial<RulesWish> = {}) =>
      world.engine.risk.assign({
        ...{ account: SIM, template: TRAILING, level: 'protect', safety: 700, insists: true },
        ...{ start: 'fresh', peak: null, hasDailyLimit: false },
        ...wish,
      }),
    risk: (): RiskView => {
      const found = world.engine.view().accounts.find(({ name }) => name === SIM);
      if (found === undefined) throw new Error('The account is not shown.');
      return found.risk;
    },
    sentKinds: (): readonly Command['kind'][] => world.sent.map(({ kind }) => kind),
  };
}
