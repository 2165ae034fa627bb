/** Keeps a quote that was overtaken on the way from replacing a newer one. */
export class MarketFilter {
  readonly #newest = new Map<string, number>();

  /** Takes note of the quote's number; false when a newer quote of the instrument was seen. */
  isNewestQuote(instrument: string, seq: number): boolean {
    const newest = this.#newest.get(instrument);
    if (newest !== undefined && seq < newest) return false;
    this.#newest.set(instrument, seq);
    return true;
  }
}
