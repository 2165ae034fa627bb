const SETTLE_MS = 200;

/**
 * Several builders work on one change, each at its own pace. A round is over when all of them have
 * built at least once and none has been at work for a moment.
 */
export class BuildRound {
  readonly #waitingFor: Set<string>;
  readonly #failing = new Set<string>();
  readonly #over: (failed: boolean) => void;
  #settling: NodeJS.Timeout | undefined;

  constructor(builders: readonly string[], over: (failed: boolean) => void) {
    this.#waitingFor = new Set(builders);
    this.#over = over;
  }

  began(builder: string): void {
    clearTimeout(this.#settling);
    this.#waitingFor.add(builder);
  }

  ended(builder: string, failed: boolean): void {
    this.#waitingFor.delete(builder);
    if (failed) this.#failing.add(builder);
    else this.#failing.delete(builder);
    clearTimeout(this.#settling);
    if (this.#waitingFor.size > 0) return;
    this.#settling = setTimeout(() => this.#over(this.#failing.size > 0), SETTLE_MS);
  }

  stop(): void {
    clearTimeout(this.#settling);
  }
}
