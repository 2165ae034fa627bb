import type { MonoMs } from '../../shared/kernel/clock.ts';
import { rankOf, type AccountDesk, type DeskState } from '../../shared/domain/desk/state.ts';
import { money, type Money } from '../../shared/domain/money/money.ts';
import { itemOf } from '../../shared/domain/risk/feed/figures.ts';
import type { AccountEngine, TimelessEvent } from './account-engine.ts';

/** The broker's figures of a flat account as they have stood, and since when. */
interface Standing {
  readonly equity: Money;
  readonly room: Money;
  readonly since: MonoMs;
}

/**
 * A floor never falls again, so it is taken from two figures that certainly belong together: after a payout one of them
 * may follow the other only a while later. In milliseconds.
 */
const STANDS_MS = 60_000;

/**
 * Reads the floor from the drawdown that the broker still allows. Only at rest: while something is open, both figures
 * move and come one after the other, and protection keeps to the tighter room by itself.
 */
export class BrokerFloorWatch {
  readonly #engine: Pick<AccountEngine, 'state'>;
  #standing: Standing | null = null;

  constructor(engine: Pick<AccountEngine, 'state'>) {
    this.#engine = engine;
  }

  /** Null while there is no floor, or none that the rules do not know yet. */
  look(
    state: DeskState,
    account: AccountDesk,
    isAtRest: boolean,
    now: MonoMs,
  ): TimelessEvent | null {
    const told = isAtRest ? toldFigures(state, account) : null;
    if (told === null) {
      this.#standing = null;
      return null;
    }
    const before = this.#standing;
    const isSame = before?.equity === told.equity && before.room === told.room;
    const standing = isSame ? before : { ...told, since: now };
    this.#standing = standing;
    if (now - standing.since < STANDS_MS) return null;
    const floor = money(standing.equity - standing.room);
    return floor === this.#engine.state().book.brokerFloor ? null : { kind: 'broker-floor', floor };
  }
}

/** What this session has told; no room at all is what a lost connection says. */
function toldFigures(
  { link }: DeskState,
  account: AccountDesk,
): { readonly equity: Money; readonly room: Money } | null {
  const cell = account.items.get('trailingMaxDrawdown');
  const equity = itemOf(account, 'netLiquidation');
  if (cell === undefined || cell.rank < rankOf(link.epoch, 0) || cell.value === null) return null;
  if (equity === null || equity !== itemOf(account, 'cashValue') || cell.value <= 0) return null;
  return { equity, room: cell.value };
}
