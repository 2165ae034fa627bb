import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import type { SecondPlace } from '../../shared/domain/risk/protection/lock-evidence.ts';
import type { TradingDay } from '../../shared/domain/session/trading-day.ts';

/** What the second place keeps of an account's locks. */
export type PlacedLocks = Omit<SecondPlace, 'isSealValid'>;

/** A place apart from the journal that knows how far the locks had got. */
export interface LockPlace {
  /** Every account that it knows of. */
  accounts(): readonly AccountName[];
  /** Null: it knows nothing of the account. */
  read(account: AccountName): SecondPlace | null;
  write(account: AccountName, locks: PlacedLocks): Result<null, string>;
}

const time = z.int().transform((at) => at as EpochMs);
const day = z.string().transform((name) => name as TradingDay);

const LockEnd = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('instant'), at: time }),
  z.strictObject({ kind: z.literal('session'), after: day, opensAt: time.nullable() }),
  z.strictObject({ kind: z.literal('open') }),
]);

const Placed = z.strictObject({
  counter: z.int(),
  seal: z.string(),
  hold: z
    .strictObject({
      end: LockEnd,
      reason: z.string(),
      keepsFlat: z.boolean(),
      mayLoosen: z.boolean(),
    })
    .nullable(),
});

const File = z.strictObject({
  format: z.literal(1),
  accounts: z.record(z.string(), z.strictObject({ locks: Placed, check: z.string() })),
});
type File = z.infer<typeof File>;

/** A file beside the journal: a journal of yesterday that is put back is found older than this. */
export class LockFile implements LockPlace {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  accounts(): readonly AccountName[] {
    return Object.keys(this.#file().accounts) as AccountName[];
  }

  read(account: AccountName): SecondPlace | null {
    const found = this.#file().accounts[account];
    if (found === undefined) return null;
    return { ...found.locks, isSealValid: checkOf(account, found.locks) === found.check };
  }

  write(account: AccountName, locks: PlacedLocks): Result<null, string> {
    const file = this.#file();
    const check = checkOf(account, locks);
    const next = { ...file, accounts: { ...file.accounts, [account]: { locks, check } } };
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      const draft = `${this.#path}.draft`;
      writeFileSync(draft, JSON.stringify(next), { flush: true });
      renameSync(draft, this.#path);
      return ok(null);
    } catch (error) {
      return err((error as Error).message);
    }
  }

  /** A file that cannot be read holds nothing, which a journal with a history takes for a broken one. */
  #file(): File {
    try {
      const parsed = File.safeParse(JSON.parse(readFileSync(this.#path, 'utf8')));
      if (parsed.success) return parsed.data;
    } catch {
      // Missing at the first start, and damaged text is as good as missing.
    }
    return { format: 1, accounts: {} };
  }
}

function checkOf(account: AccountName, locks: PlacedLocks): string {
  return createHash('sha256')
    .update(JSON.stringify([account, locks]))
    .digest('hex');
}
