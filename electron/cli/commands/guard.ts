import { z } from 'zod';
import { assertNever } from '../../../shared/kernel/assert-never.ts';
import type { EpochMs } from '../../../shared/kernel/clock.ts';
import { err, ok, type Result } from '../../../shared/kernel/result.ts';
import type { AccountName } from '../../../shared/domain/account/account.ts';
import { unlimited, type GuardLimits } from '../../../shared/domain/guard/limits.ts';
import type { GuardVerdict } from '../../../shared/domain/guard/verdict.ts';
import { notSyncedText } from '../../../shared/domain/guard/wording.ts';
import { moneyFromDecimal } from '../../../shared/domain/money/money.ts';
import type { GuardOutcome, GuardRefusal } from '../../engine/guard-keeper.ts';
import { guardText } from '../../engine/projections/wording.ts';
import { SystemClock } from '../../platform/system-clock.ts';
import { EXIT, type HeadlessCommand, type Terminal } from '../command.ts';
import { defaultFolder, withHeadlessDesk, type HeadlessDesk } from '../headless-desk.ts';
import { parseWords, toggle } from '../words.ts';
import { keptBack } from './standing-guard.ts';

const USAGE =
  'Use: apex guard set --account <name> [--lock | --lock-until <iso time>] [--reason <text>] [--max-contracts <n>] [--floor <amount> [--flatten-at-floor]]' +
  ' | clear [--account <name>] | show, each with [--folder <dir>] [--port <n>] [--wait <s>] [--json]';

const FLAGS = {
  account: z.string().min(1).optional(),
  lock: toggle,
  lockUntil: z.iso
    .datetime({ offset: true })
    .transform((text) => Date.parse(text) as EpochMs)
    .optional(),
  reason: z.string().default(''),
  maxContracts: z.coerce.number().int().min(0).optional(),
  floor: z.coerce.number().optional(),
  flattenAtFloor: toggle,
  folder: z.string().min(1).default(defaultFolder()),
  port: z.coerce.number().int().min(0).max(65_535).default(8765),
  /** Seconds until the command gives up waiting for the AddOn's word. */
  wait: z.coerce.number().positive().max(3_600).default(60),
  json: toggle,
};

type Flags = { readonly [K in keyof typeof FLAGS]: z.output<(typeof FLAGS)[K]> };

type Wish =
  | { readonly kind: 'set'; readonly limits: GuardLimits }
  | { readonly kind: 'clear'; readonly account: AccountName | null }
  | { readonly kind: 'show' };

/**
 * `apex guard`: serves the bridge and brings limits and locks to the AddOn. Exits 0 only when the AddOn said
 * that it holds what is wanted and enforces it; what was not said in time stays wanted for the next desk.
 */
export const guard: HeadlessCommand = async (words, terminal) => {
  const parsed = parseWords(words, FLAGS);
  const wish = parsed.ok ? wishOf(parsed.value.rest, parsed.value.flags) : parsed;
  if (!parsed.ok || !wish.ok) {
    terminal.note(`${wish.ok ? '' : wish.error}. ${USAGE}`);
    return EXIT.usage;
  }
  const { folder, port, wait, json } = parsed.value.flags;
  return withHeadlessDesk({ folder, port }, terminal, async (desk) => {
    const refusal = standingAgainst(desk, wish.value);
    if (refusal !== null) {
      terminal.note(refusal);
      return EXIT.failed;
    }
    const outcome = carryOut(desk, wish.value);
    if (!outcome.ok) {
      terminal.note(refusalText(outcome.error));
      return outcome.error.code === 'NOT_RECORDED' ? EXIT.failed : EXIT.usage;
    }
    const world = new SystemClock();
    const over = new Promise<void>((resolve) => void world.after(wait * 1_000, resolve));
    await Promise.race([settled(desk), over, terminal.interrupted]);
    return tell(desk, json, terminal) ? EXIT.done : EXIT.failed;
  });
};

function wishOf(rest: readonly string[], flags: Flags): Result<Wish, string> {
  const account = (flags.account ?? null) as AccountName | null;
  const [action = ''] = rest;
  if (rest.length > 1) return err(`One action at a time, not "${rest.join(' ')}"`);
  if (action === 'show') return ok({ kind: 'show' });
  if (action === 'clear') return ok({ kind: 'clear', account });
  if (action !== 'set') return err('Name what to do');
  return account === null ? err('Name the account') : limitsOf(account, flags);
}

function limitsOf(account: AccountName, flags: Flags): Result<Wish, string> {
  const { lock, lockUntil, reason, maxContracts, floor, flattenAtFloor } = flags;
  const hardFloor = floor === undefined ? null : moneyFromDecimal(floor);
  if (hardFloor !== null && !hardFloor.ok) return err('--floor: not an amount');
  const limits = {
    ...unlimited(account),
    entriesLocked: lock || lockUntil !== undefined,
    lockedUntil: lockUntil ?? null,
    reason,
    maxContracts: maxContracts ?? null,
    hardFloor: hardFloor?.value ?? null,
    flattenAtFloor,
  };
  return ok({ kind: 'set', limits });
}

/** What stands against a wish; null where nothing does. */
function standingAgainst({ engine, clock }: HeadlessDesk, wish: Wish): string | null {
  if (wish.kind === 'show') return null;
  const { accounts } = engine.guard.wanted();
  const next = wish.kind === 'set' ? wish.limits : null;
  const named = wish.kind === 'set' ? wish.limits.account : wish.account;
  const concerned = named === null ? accounts.map(({ account }) => account) : [named];
  for (const account of concerned) {
    const wanted = accounts.find((limits) => limits.account === account);
    const risk = engine.risk.view(account);
    const reason = keptBack({ account, wanted, risk }, next, clock.wall());
    if (reason !== null) return reason;
  }
  return null;
}

function carryOut(desk: HeadlessDesk, wish: Wish): GuardOutcome {
  const { guard: door } = desk.engine;
  switch (wish.kind) {
    case 'set':
      return door.set(wish.limits);
    case 'clear':
      return door.clear(wish.account);
    case 'show':
      return ok({ revision: door.wanted().revision });
    default:
      return assertNever(wish);
  }
}

const REFUSALS: Readonly<Record<GuardRefusal['code'], string>> = {
  NOTHING_TO_GUARD: 'Nothing to guard: give a lock, a number of contracts or a floor.',
  LOCK_IN_THE_PAST: 'The lock would have ended already.',
  END_WITHOUT_LOCK: 'Only a lock has an end.',
  BAD_CONTRACTS: 'That is no number of contracts.',
  FLOOR_MISSING: '--flatten-at-floor needs --floor.',
  REASON_TOO_LONG: 'The reason is too long.',
  BAD_ACCOUNT: 'That is no name of an account.',
  TOO_MANY_ACCOUNTS: 'The guard has room for 200 accounts.',
  NOT_RECORDED: 'What loosens the guard was not done, because it could not be written down.',
};

function refusalText(refusal: GuardRefusal): string {
  const text = REFUSALS[refusal.code];
  return refusal.code === 'NOT_RECORDED' ? `${text} ${refusal.detail}` : text;
}

/** Resolves when the AddOn has said in this session that it holds what is wanted. */
function settled(desk: HeadlessDesk): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (desk.engine.guard.isSynced(desk.clock.wall())) resolve();
    };
    look();
    desk.engine.onPatch(look);
  });
}

function tell(desk: HeadlessDesk, json: boolean, terminal: Terminal): boolean {
  const { guard: door } = desk.engine;
  const now = desk.clock.wall();
  const isSynced = door.isSynced(now);
  const { revision } = door.wanted();
  const accounts = door
    .accounts(now)
    .map((account) => ({ account, ...door.verdict(account, now) }));
  if (json) {
    terminal.out(JSON.stringify({ revision, synced: isSynced, accounts }));
    return isSynced;
  }
  for (const { account, ...verdict } of accounts)
    terminal.out(`${account}: ${verdictText(verdict)}`);
  if (accounts.length === 0) terminal.out('No account has a guard.');
  if (!isSynced) terminal.note('NinjaTrader has not confirmed this guard.');
  return isSynced;
}

function verdictText(verdict: GuardVerdict): string {
  switch (verdict.state) {
    case 'off':
      return 'no guard';
    case 'armed':
      return `armed, ${guardText(verdict.limits)}`;
    case 'notSynced': {
      const wanted = verdict.limits === null ? 'nothing is wanted' : guardText(verdict.limits);
      return `not synced: ${notSyncedText(verdict.code, verdict.detail)}; ${wanted}`;
    }
    default:
      return assertNever(verdict);
  }
}
