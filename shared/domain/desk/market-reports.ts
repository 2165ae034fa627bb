import type { Instrument } from '../instrument/instrument.ts';
import type { Quote } from '../market/quote.ts';
import type { Fact } from './fact.ts';
import type { Reduction } from './reduction.ts';
import { withEntry } from './state.ts';

/** Takes in a contract's terms. */
export function instrumentReported(
  r: Reduction,
  fact: Extract<Fact, { kind: 'instrument.reported' }>,
): void {
  const { instrument } = fact;
  const known = r.state.instruments.get(instrument.name);
  if (known !== undefined && sameTerms(known, instrument)) return;
  r.state = {
    ...r.state,
    instruments: withEntry(r.state.instruments, instrument.name, instrument),
  };
  r.instruments.add(instrument.name);
  r.isUrgent = true;
  r.keep(fact);
}

/** Takes in a quote; one from before the known one changes nothing. */
export function quoteReported(r: Reduction, quote: Quote): void {
  const known = r.state.quotes.get(quote.instrument);
  if (known !== undefined && quote.quotedAt < known.quotedAt) return;
  r.state = { ...r.state, quotes: withEntry(r.state.quotes, quote.instrument, quote) };
  r.instruments.add(quote.instrument);
}

function sameTerms(a: Instrument, b: Instrument): boolean {
  return (
    a.tickSizeE8 === b.tickSizeE8 &&
    a.tickValue === b.tickValue &&
    a.currency === b.currency &&
    a.root === b.root
  );
}
