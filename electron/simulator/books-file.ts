import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { ORDER_STATES } from '../../shared/domain/account/order.ts';
import type { Money } from '../../shared/domain/money/money.ts';
import { contractFromName } from '../../shared/simulation/contracts.ts';
import type { PlatformBooks } from '../../shared/simulation/platform-options.ts';

const money = z.int().transform((amount) => amount as Money);
const ticks = z.int();
const quantity = z.int().positive();
const virtualMs = z.number();
const side = z.enum(['buy', 'sell']);
const contract = z.string().refine((name) => contractFromName(name).ok, 'no such contract');

/** What is open of one fill: signed contracts, and the price in ticks. */
export const LotBooks = z.strictObject({
  quantity: z.int().refine((contracts) => contracts !== 0),
  price: ticks,
});

const HoldingBooks = z.strictObject({
  instrument: contract,
  mark: ticks,
  lots: z.array(LotBooks),
});

const AccountBooks = z.strictObject({
  name: z.string(),
  startCash: money,
  grossRealized: money,
  commission: money,
  holdings: z.array(HoldingBooks),
});

const OrderBooks = z.strictObject({
  id: z.string(),
  brokerId: z.string(),
  account: z.string(),
  instrument: contract,
  action: z.enum(['buy', 'buyToCover', 'sell', 'sellShort']),
  side,
  type: z.enum(['market', 'limit', 'stopMarket', 'stopLimit']),
  quantity,
  filled: z.int().min(0),
  filledTicks: z.int(),
  limit: ticks.nullable(),
  stop: ticks.nullable(),
  oco: z.string(),
  name: z.string(),
  tif: z.enum(['day', 'gtc']),
  entry: z.enum(['automated', 'manual']),
  bracket: z.strictObject({ stopTicks: z.int(), targetTicks: z.int() }).nullable(),
  state: z.enum(ORDER_STATES),
  error: z.string(),
  comment: z.string(),
  arrived: z.boolean(),
  withdrawn: z.boolean(),
  matchable: z.boolean(),
  triggered: z.boolean(),
  resting: z.boolean(),
  cancelRequested: z.boolean(),
  updatedAt: virtualMs,
});

const FillBooks = z.strictObject({
  id: z.string(),
  account: z.string(),
  instrument: contract,
  orderId: z.string(),
  side,
  quantity,
  price: ticks,
  commission: money,
  positionAfter: z.int(),
  averageAfterE4: z.int().nullable(),
  at: virtualMs,
});

const File = z.strictObject({
  format: z.literal(1),
  startsAt: z.number(),
  lastPrices: z.record(contract, ticks),
  broker: z.strictObject({
    given: z.strictObject({ orders: z.int().min(0), fills: z.int().min(0) }),
    accounts: z.array(AccountBooks),
    orders: z.array(OrderBooks),
    fills: z.array(FillBooks),
  }),
});

/** The simulated broker's books on the disk: always whole, as they were before anybody heard of the last change. */
export class BooksFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Null: there is none. The error is one sentence. */
  read(): Result<PlatformBooks | null, string> {
    let content: unknown;
    try {
      content = JSON.parse(readFileSync(this.#path, 'utf8'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ok(null);
      return err(`${this.#path}: ${(error as Error).message}`);
    }
    const parsed = File.safeParse(content);
    if (parsed.success) {
      const { format: _, ...books } = parsed.data;
      return ok(books);
    }
    const [issue] = parsed.error.issues;
    return err(`${this.#path}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }

  write(books: PlatformBooks): Result<null, string> {
    const draft = `${this.#path}.draft`;
    try {
      writeFileSync(draft, JSON.stringify({ format: 1, ...books }), { mode: 0o600 });
      renameSync(draft, this.#path);
      return ok(null);
    } catch (error) {
      return err(`The broker's books could not be kept: ${(error as Error).message}`);
    }
  }
}
