import type { FlattenCommand, PlatformScope } from '../platform-command.ts';
import type { ResultReport } from '../platform-event.ts';
import { accountsOf, openInstruments, remainingIn, type AddonParts } from './addon-parts.ts';
import { FlattenLeg, type LegCode } from './flatten-leg.ts';

interface Running {
  readonly leg: FlattenLeg;
  readonly onEnd: ((code: LegCode) => void)[];
}

export interface FlattenOrder {
  readonly command: Pick<FlattenCommand, 'commandId' | 'scope' | 'method'>;
  readonly onResult: (result: ResultReport) => void;
}

/** Runs flattens; one leg per account and instrument, which a second command joins instead of doubling it. */
export class FlattenDesk {
  readonly #parts: AddonParts;
  readonly #running = new Map<string, Running>();

  constructor(parts: AddonParts) {
    this.#parts = parts;
  }

  start(order: FlattenOrder): void {
    const { scope } = order.command;
    const codes: LegCode[] = [];
    let open = 1;
    const ended = (code: LegCode | null): void => {
      if (code !== null) codes.push(code);
      open -= 1;
      if (open === 0) order.onResult(this.#resultOf(order.command.commandId, scope, codes));
    };
    for (const account of accountsOf(this.#parts, scope)) {
      for (const instrument of openInstruments(account, scope)) {
        open += 1;
        const key = `${account.name}\n${instrument}`;
        const running = this.#running.get(key);
        if (running !== undefined) running.onEnd.push(ended);
        else this.#open(order, { key, account, instrument, ended });
      }
    }
    ended(null);
  }

  /** The AddOn is gone; its running work with it. */
  abandon(): void {
    for (const { leg } of this.#running.values()) leg.abandon();
    this.#running.clear();
  }

  #open(
    order: FlattenOrder,
    at: {
      readonly key: string;
      readonly account: ReturnType<typeof accountsOf>[number];
      readonly instrument: string;
      readonly ended: (code: LegCode) => void;
    },
  ): void {
    const leg = new FlattenLeg(this.#parts, {
      account: at.account,
      instrument: at.instrument,
      commandId: order.command.commandId,
      method: order.command.method,
      onEnd: (code) => {
        const running = this.#running.get(at.key);
        this.#running.delete(at.key);
        for (const told of running?.onEnd ?? []) told(code);
      },
    });
    this.#running.set(at.key, { leg, onEnd: [at.ended] });
    leg.start();
  }

  #resultOf(commandId: string, scope: PlatformScope, codes: readonly LegCode[]): ResultReport {
    const remaining = remainingIn(this.#parts, scope);
    const failure = codes.find((code) => code !== 'FLAT');
    const blind = accountsOf(this.#parts, scope).filter((account) => !account.connected);
    if (remaining.length === 0 && failure === undefined && blind.length === 0) {
      return { commandId, outcome: 'done', code: 'FLAT', detail: '', remaining };
    }
    const outcome = codes.includes('FLAT') ? 'partial' : 'failed';
    const code = failure ?? (blind.length > 0 ? 'NOT_CONNECTED' : 'NOT_FLAT');
    const detail = blind.map((account) => `${account.name} is not connected`).join('; ');
    return { commandId, outcome, code, detail, remaining };
  }
}
