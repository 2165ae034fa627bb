import { z } from 'zod';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { money, MONEY_SCALE } from '../../shared/domain/money/money.ts';
import { contractFromName } from '../../shared/simulation/contracts.ts';
import type { PlatformBooks } from '../../shared/simulation/platform-options.ts';
import { BooksFile, LotBooks } from './books-file.ts';
import type { SimulatorOptions } from './simulator-options.ts';

/** What an app knows of one account: its last cash in ten-thousandths, and what its fills come to. */
const KnownAccount = z.strictObject({
  name: z.string(),
  cash: z.int().nullable(),
  holdings: z.array(z.strictObject({ instrument: z.string(), lots: z.array(LotBooks).min(1) })),
});
const KnownAccounts = z.array(KnownAccount);
type KnownAccounts = z.infer<typeof KnownAccounts>;

export interface Beginning {
  /** Null: everything begins anew. */
  readonly books: PlatformBooks | null;
  /** One line for a person about what was done; null when all is as usual. */
  readonly remark: string | null;
}

/** Where a run begins: from its kept books, from what the app knows where they cannot be had, or anew. */
export function beginningOf(options: SimulatorOptions, now: number): Result<Beginning, string> {
  if (options.books === null) return ok({ books: null, remark: null });
  const kept = new BooksFile(options.books).read();
  if (kept.ok && kept.value !== null) return ok({ books: kept.value, remark: null });
  const known = readKnown(options.known);
  if (!known.ok) return known;
  const why = kept.ok
    ? 'There are no books of the simulated broker.'
    : `The books of the simulated broker cannot be read (${kept.error}).`;
  if (known.value.length > 0) {
    const books = booksOf(known.value, options, now);
    return ok({ books, remark: `${why} It goes on from what the app knows of its accounts.` });
  }
  return ok({ books: null, remark: kept.ok ? null : `${why} It begins anew.` });
}

function readKnown(words: string | null): Result<KnownAccounts, string> {
  if (words === null) return ok([]);
  try {
    return ok(KnownAccounts.parse(JSON.parse(words)));
  } catch {
    return err('--known: not understood.');
  }
}

/** Numbers go on from the time, so that no id is one that the app has met before. */
function booksOf(known: KnownAccounts, options: SimulatorOptions, now: number): PlatformBooks {
  const usualCash = Math.round(options.cash * MONEY_SCALE);
  const lastPrices: Record<string, number> = {};
  const accounts = known.map(({ name, cash, holdings }) => ({
    name,
    startCash: money(cash ?? usualCash),
    grossRealized: money(0),
    commission: money(0),
    holdings: holdings
      .filter(({ instrument }) => contractFromName(instrument).ok)
      .map(({ instrument, lots }) => {
        const mark = lots.at(-1)?.price ?? 0;
        lastPrices[instrument] ??= mark;
        return { instrument, mark, lots };
      }),
  }));
  const given = { orders: now, fills: now };
  return { startsAt: now, lastPrices, broker: { given, accounts, orders: [], fills: [] } };
}
