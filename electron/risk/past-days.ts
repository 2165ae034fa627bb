import { z } from 'zod';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { moneyFromDecimal } from '../../shared/domain/money/money.ts';
import type { RecordWish } from '../../shared/protocol/ipc/risk-calls.ts';

type History = Extract<RecordWish, { kind: 'history' }>;
type PastDay = History['days'][number];

const MOST = 1_000;
const HEAD = 'day,net,fills,kind';
const Day = z.iso.date();

/**
 * Daily results from CSV: the head `day,net,fills,kind`, then a line per trading day with its date, its net result in
 * units of currency, its number of fills and `full` or `half`. The error names the line.
 */
export function pastDaysOf(text: string): Result<readonly PastDay[], string> {
  const [head, ...lines] = text
    .replace(/^\uFEFF/u, '')
    .trimEnd()
    .split(/\r?\n/u);
  if (head?.trim() !== HEAD) return err(`Line 1: the head must be ${HEAD}`);
  const days: PastDay[] = [];
  for (const [index, line] of lines.entries()) {
    const day = dayOf(line);
    if (day === null) return err(`Line ${index + 2}: not a day in the form ${HEAD}`);
    days.push(day);
  }
  return ok(days);
}

/** The wish to record the days of a file; the error is one sentence. */
export function historyIn(account: string, text: string): Result<History, string> {
  const days = pastDaysOf(text);
  if (!days.ok) return days;
  const { length } = days.value;
  if (length === 0) return err('There is no day in it.');
  if (length > MOST) return err(`There are more than ${MOST} days in it.`);
  return ok({ kind: 'history', account, days: [...days.value] });
}

function dayOf(line: string): PastDay | null {
  const [day = '', net = '', fills = '', kind = '', ...more] = line
    .split(',')
    .map((cell) => cell.trim());
  const isWhole = more.length === 0 && Day.safeParse(day).success && /^\d{1,5}$/u.test(fills);
  if (!isWhole || !/^-?\d+(\.\d+)?$/u.test(net) || !['full', 'half'].includes(kind)) return null;
  const amount = moneyFromDecimal(Number(net));
  if (!amount.ok) return null;
  return { day, net: amount.value, fills: Number(fills), isHalf: kind === 'half' };
}
