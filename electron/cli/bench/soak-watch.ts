import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Fact } from '../../../shared/domain/desk/fact.ts';
import type { LinkListener } from '../../engine/ports.ts';
import { Durations } from './durations.ts';
import type { ExecutionKey } from './ledger-diff.ts';
import { rounded } from './statistics.ts';

export interface LoopDelays {
  readonly eventLoopP99Ms: number;
  readonly eventLoopMaxMs: number;
}

/** Times every quote and execution on its way into the engine. */
export class SoakWatch {
  readonly all = new Durations();
  readonly executions = new Durations();
  readonly #wall: () => number;
  readonly #direct = new Set<string>();
  readonly #loop = monitorEventLoopDelay({ resolution: 1 });
  #isMeasuring = false;

  constructor(wall: () => number) {
    this.#wall = wall;
  }

  tap(listener: LinkListener): LinkListener {
    return {
      onStatus: (status) => listener.onStatus(status),
      onFact: (fact, stamp) => {
        listener.onFact(fact, stamp);
        this.#note(fact);
      },
    };
  }

  begin(): void {
    this.#isMeasuring = true;
    this.#loop.enable();
  }

  end(): LoopDelays {
    this.#isMeasuring = false;
    this.#loop.disable();
    const ms = (nanoseconds: number): number => rounded(nanoseconds / 1e6, 3);
    return {
      eventLoopP99Ms: ms(this.#loop.percentile(99)),
      eventLoopMaxMs: ms(this.#loop.max),
    };
  }

  cameDirectly(key: ExecutionKey): boolean {
    return this.#direct.has(textOf(key));
  }

  addRecovered(latencyMs: number): void {
    this.all.add(latencyMs);
    this.executions.add(latencyMs);
  }

  #note(fact: Fact): void {
    if (fact.kind === 'execution.reported') {
      const { account, id, executedAt } = fact.execution;
      this.#direct.add(textOf({ account, executionId: id }));
      if (!this.#isMeasuring) return;
      const latencyMs = this.#wall() - executedAt;
      this.all.add(latencyMs);
      this.executions.add(latencyMs);
    } else if (fact.kind === 'quote.reported' && this.#isMeasuring) {
      this.all.add(this.#wall() - fact.quote.quotedAt);
    }
  }
}

function textOf({ account, executionId }: ExecutionKey): string {
  return `${account} ${executionId}`;
}
