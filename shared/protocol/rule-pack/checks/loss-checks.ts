import { amountIn } from '../amount.ts';
import { caution, problem, type PackIssue, type PackIssueCode } from '../issue.ts';
import type { Template } from '../template.ts';
import { isPart } from '../values.ts';

/** Start, floor, lock, target and daily limit must fit each other. */
export function checkLosses(template: Template): readonly PackIssue[] {
  return [
    ...startAndSize(template),
    ...floor(template),
    ...lock(template),
    ...dailyLoss(template),
    ...safetyNet(template),
  ];
}

function startAndSize({ id, size, rules }: Template): readonly PackIssue[] {
  const nominal = /^(\d+(?:_\d+)?)k$/.exec(size)?.[1];
  const { startBalance } = rules;
  if (nominal === undefined || typeof startBalance !== 'number' || startBalance === 0) return [];
  const expected = Math.round(Number(nominal.replace('_', '.')) * 1_000);
  const sentence = `A ${size} account starts with ${startBalance}.`;
  return expected === startBalance
    ? []
    : [problem('SIZE_AND_START_DIFFER', `${id} startBalance`, sentence)];
}

function floor({ id, rules: { drawdown, startBalance } }: Template): readonly PackIssue[] {
  const issues: PackIssue[] = [];
  const add = (code: PackIssueCode, field: string, sentence: string): void =>
    void issues.push(problem(code, `${id} drawdown.${field}`, sentence));
  const amount = amountIn(drawdown.amount, startBalance);
  const moves = drawdown.type === 'endOfDay' || drawdown.type === 'midnightBalance';
  if (moves && drawdown.recalculatedAt === undefined)
    add('NO_TIME_OF_RECALCULATION', 'recalculatedAt', 'Nothing says when the floor moves.');
  if ((drawdown.type === 'none') !== (drawdown.amount === 'none'))
    add('ONE_OF_TWO', 'amount', 'Type and amount must both be "none" or neither.');
  if (typeof startBalance === 'number' && startBalance > 0 && amount !== null)
    if (amount >= startBalance)
      add('FLOOR_NOT_BELOW_START', 'amount', `It is not less than the start of ${startBalance}.`);
  return issues;
}

function lock({ id, rules }: Template): readonly PackIssue[] {
  const { drawdown, startBalance: start, profitTarget } = rules;
  if (!isPart(drawdown.lock) || typeof start !== 'number') return [];
  const { floor: at, trigger, on } = drawdown.lock;
  const amount = amountIn(drawdown.amount, start);
  const target = amountIn(profitTarget, start);
  const issues: PackIssue[] = [];
  const add = (code: PackIssueCode, field: string, sentence: string): void =>
    void issues.push(problem(code, `${id} drawdown.lock${field}`, sentence));
  if (drawdown.type === 'static' || drawdown.type === 'none')
    add('LOCK_OF_STATIC', '', 'A floor that does not move cannot lock.');
  if (amount !== null && at <= start - amount)
    add('LOCK_BELOW_FLOOR', '.floor', `The floor starts at ${start - amount}, above ${at}.`);
  const needed = on.includes('peak') || on.includes('realizedProfit');
  if (needed && amount !== null && trigger !== at + amount)
    add('LOCK_TRIGGER_WRONG', '.trigger', `A floor of ${at} is reached at ${at + amount}.`);
  if (target !== null && at > start + target)
    add(
      'LOCK_ABOVE_TARGET',
      '.floor',
      `The target of ${target} is reached before the floor locks.`,
    );
  return issues;
}

function dailyLoss({ id, rules }: Template): readonly PackIssue[] {
  const { dailyLoss: daily, drawdown, startBalance } = rules;
  if (!isPart(daily)) return [];
  if ((daily.amount === undefined) === (daily.tiers === undefined))
    return [problem('ONE_OF_TWO', `${id} dailyLoss`, 'It needs an amount or tiers, not both.')];
  const first = daily.tiers?.[0]?.amount ?? daily.amount ?? 'unknown';
  const limit = amountIn(first, startBalance);
  const room = amountIn(drawdown.amount, startBalance);
  const sentence = `The day may lose ${limit}, the account only ${room}: the limit never binds first.`;
  return limit !== null && room !== null && limit > room
    ? [caution('DAILY_LOSS_PAST_DRAWDOWN', `${id} dailyLoss`, sentence)]
    : [];
}

function safetyNet({ id, rules: { payout, drawdown } }: Template): readonly PackIssue[] {
  if (!isPart(payout) || !isPart(drawdown.lock)) return [];
  const { safetyNet: net } = payout;
  if (typeof net !== 'number' || net >= drawdown.lock.floor) return [];
  const sentence = `A payout could leave ${net}, below the floor at ${drawdown.lock.floor}.`;
  return [problem('SAFETY_NET_BELOW_LOCK', `${id} payout.safetyNet`, sentence)];
}
