import { parseArgs } from 'node:util';
import { z } from 'zod';
import { err, ok, type Result } from '../../shared/kernel/result.ts';

const number = z.coerce.number();

const Options = z.strictObject({
  /** Pairing file of the app. */
  pairing: z.string().min(1),
  accounts: z.coerce.number().int().min(1).max(20).default(2),
  /** `generated`, or the path of a minute or tick file. */
  market: z.string().min(1).default('generated'),
  /** Contract of the file, or comma-separated contracts or roots of the generated market. */
  instrument: z.string().min(1).nullable().default(null),
  seed: z.string().min(1).default('1'),
  speed: number.positive().max(10_000).default(1),
  /** Where a recording starts: a UTC time; by default its start plus the history. */
  from: z.iso.datetime().nullable().default(null),
  /** `now` moves the recording's times so that it starts now; `original` keeps them. */
  times: z.enum(['now', 'original']).default('now'),
  historyMinutes: number.int().min(0).max(1_440).default(180),
  faults: z.string().min(1).nullable().default(null),
  trader: z.enum(['on', 'off']).default('on'),
  profile: z.enum(['sim', 'rithmic', 'tradovate']).default('sim'),
  size: number.int().min(1).max(100).default(2),
  cash: number.positive().default(150_000),
  ledger: z.string().min(1).nullable().default(null),
  /** File of the broker's books: the platform goes on from it and keeps it. Null begins anew every time. */
  books: z.string().min(1).nullable().default(null),
  /** What the app knows of the accounts, as JSON; it counts where the books are missing or damaged. */
  known: z.string().nullable().default(null),
  /** Messages per second, or `max`; null trades at the market's own pace. */
  flood: z
    .union([z.literal('max'), number.positive()])
    .nullable()
    .default(null),
  /** Ends after so many seconds; null runs until told to stop. */
  seconds: number.positive().nullable().default(null),
});
export type SimulatorOptions = z.infer<typeof Options>;

/** Reads command-line words; the error is one sentence. */
export function parseOptions(words: readonly string[]): Result<SimulatorOptions, string> {
  const names = Object.keys(Options.shape);
  const options = Object.fromEntries(
    names.map((name) => [dashed(name), { type: 'string' as const }]),
  );
  let values: Record<string, unknown>;
  try {
    values = parseArgs({ args: [...words], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // parseArgs reports an unknown or half-given flag by throwing.
    return err((error as Error).message);
  }
  const given = Object.fromEntries(names.map((name) => [name, values[dashed(name)]]));
  const parsed = Options.safeParse(given);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  return err(`--${dashed(String(issue?.path[0] ?? ''))}: ${issue?.message ?? 'not understood'}`);
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
