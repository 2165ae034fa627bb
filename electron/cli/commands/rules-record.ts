import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { err, ok, type Result } from '../../../shared/kernel/result.ts';
import { moneyFromDecimal, type Money } from '../../../shared/domain/money/money.ts';
import { RecordWish } from '../../../shared/protocol/ipc/risk-calls.ts';
import { EXIT, type HeadlessCommand } from '../command.ts';
import { defaultFolder, withKeptDesk } from '../headless-desk.ts';
import { pastDaysOf } from '../../risk/past-days.ts';
import { parseWords, toggle } from '../words.ts';

const USAGE =
  'Use: apex rules record payout|deposit|adjustment|was-trading|reset|end-of-day|peak --account <name> --amount <n>, payout-request --account <name>, or history --account <name> --file <days.csv>, each with [--folder <dir>] [--json]. The amount of a reset and of an end of day is the balance, that of a peak the highest equity or balance that counted; an adjustment is signed';

const FLAGS = {
  account: z.string().min(1).max(200),
  amount: z.coerce.number().optional(),
  file: z.string().min(1).optional(),
  folder: z.string().min(1).default(defaultFolder()),
  json: toggle,
};

type Flags = { readonly [K in keyof typeof FLAGS]: z.output<(typeof FLAGS)[K]> };

/** `apex rules record`: tells the rules what only the trader knows; exits 1 when it was refused. */
export const rulesRecord: HeadlessCommand = (words, terminal) => {
  const parsed = parseWords(words, FLAGS);
  const wish = parsed.ok ? wishOf(parsed.value.rest, parsed.value.flags) : parsed;
  if (!parsed.ok || !wish.ok) {
    terminal.note(`${wish.ok ? '' : wish.error}. ${USAGE}`);
    return Promise.resolve(EXIT.usage);
  }
  const { folder, account, json } = parsed.value.flags;
  return withKeptDesk(folder, terminal, (desk) => {
    const answer = desk.engine.risk.record(wish.value);
    terminal.out(json ? JSON.stringify(answer) : `${account}: ${answer.message}`);
    return answer.outcome === 'refused' ? EXIT.failed : EXIT.done;
  });
};

function wishOf(rest: readonly string[], flags: Flags): Result<RecordWish, string> {
  const [kind, ...more] = rest;
  if (kind === undefined || more.length > 0) return err('Name one thing to record');
  const fields = fieldsOf(kind, flags);
  if (!fields.ok) return fields;
  const wish = RecordWish.safeParse({ kind, account: flags.account, ...fields.value });
  return wish.success ? ok(wish.data) : err(wish.error.issues[0]?.message ?? 'Not understood');
}

/** Told by the balance and not by a change. */
const BALANCES: ReadonlySet<string> = new Set(['reset', 'end-of-day']);

function fieldsOf(kind: string, { amount, file }: Flags): Result<object, string> {
  if (kind === 'payout-request') return ok({});
  if (kind === 'history') {
    if (file === undefined) return err('Name the file of days');
    const days = daysIn(file);
    return days.ok ? ok({ days: days.value }) : days;
  }
  const said = amountOf(amount);
  if (!said.ok) return said;
  if (kind === 'peak') return ok({ peak: said.value });
  return ok(BALANCES.has(kind) ? { balance: said.value } : { amount: said.value });
}

function amountOf(units: number | undefined): Result<Money, string> {
  const amount = units === undefined ? null : moneyFromDecimal(units);
  return amount?.ok === true ? ok(amount.value) : err('--amount: give an amount');
}

function daysIn(file: string): ReturnType<typeof pastDaysOf> {
  try {
    return pastDaysOf(readFileSync(file, 'utf8'));
  } catch (error) {
    return err(`${file} cannot be read: ${(error as Error).message}`);
  }
}
