import { z } from 'zod';
import { err, ok, type Result } from '../../../shared/kernel/result.ts';
import { moneyFromDecimal } from '../../../shared/domain/money/money.ts';
import { SAFETY } from '../../../shared/domain/risk/protection/own-limit.ts';
import type { RulesWish } from '../../../shared/protocol/ipc/risk-calls.ts';
import type { RiskView } from '../../../shared/protocol/ipc/risk-view.ts';
import { EXIT, type HeadlessCommand, type Terminal } from '../command.ts';
import { defaultFolder, withKeptDesk } from '../headless-desk.ts';
import { parseWords, toggle } from '../words.ts';

const USAGE =
  'Use: apex rules assign --account <name> --template <id> [--safety conservative|balanced|aggressive] [--level observe|guard|protect] [--insists] [--fresh | --peak <amount>] [--daily-limit] [--folder <dir>] [--json], or apex rules show [--folder <dir>] [--json]';

const folder = z.string().min(1).default(defaultFolder());

const FLAGS = {
  account: z.string().min(1).max(200),
  template: z.string().min(1).max(200),
  safety: z.enum(['conservative', 'balanced', 'aggressive']).default('balanced'),
  level: z.enum(['observe', 'guard', 'protect']).default('observe'),
  insists: toggle,
  fresh: toggle,
  peak: z.coerce.number().optional(),
  dailyLimit: toggle,
  folder,
  json: toggle,
};

type Flags = { readonly [K in keyof typeof FLAGS]: z.output<(typeof FLAGS)[K]> };

/** `apex rules assign`: chooses the rules of an account; exits 1 when they were refused. */
export const rulesAssign: HeadlessCommand = (words, terminal) => {
  const parsed = parseWords(words, FLAGS);
  const wish = parsed.ok ? wishOf(parsed.value.flags) : parsed;
  if (!parsed.ok || !wish.ok) return misused(wish.ok ? '' : wish.error, terminal);
  const { flags } = parsed.value;
  return withKeptDesk(flags.folder, terminal, (desk) => {
    const answer = desk.engine.risk.assign(wish.value);
    const from = answer.from === null ? '' : ` From ${new Date(answer.from).toISOString()}.`;
    if (flags.json) terminal.out(JSON.stringify(answer));
    else terminal.out(`${flags.account}: ${answer.message}${from}`);
    return answer.outcome === 'refused' ? EXIT.failed : EXIT.done;
  });
};

/** `apex rules show`: by which rules every account is judged, and how it stands. */
export const rulesShow: HeadlessCommand = (words, terminal) => {
  const parsed = parseWords(words, { folder, json: toggle });
  if (!parsed.ok) return misused(parsed.error, terminal);
  const { flags } = parsed.value;
  return withKeptDesk(flags.folder, terminal, (desk) => {
    const accounts = desk.engine.risk.judged();
    if (flags.json) terminal.out(JSON.stringify(accounts));
    else for (const { account, risk } of accounts) terminal.out(`${account}: ${lineOf(risk)}`);
    if (accounts.length === 0 && !flags.json) terminal.out('No account has rules.');
    return EXIT.done;
  });
};

function wishOf(flags: Flags): Result<RulesWish, string> {
  const { account, template, level, insists, fresh, dailyLimit } = flags;
  if (fresh && flags.peak !== undefined) return err('A fresh account has no peak of its own');
  const peak = flags.peak === undefined ? null : moneyFromDecimal(flags.peak);
  if (peak !== null && !peak.ok) return err('--peak: not an amount');
  return ok({
    ...{ account, template, level, insists, safety: SAFETY[flags.safety] },
    ...{ start: fresh ? 'fresh' : 'running', peak: peak?.value ?? null, hasDailyLimit: dailyLimit },
  });
}

function lineOf({ rules, protection, state, lock, reason }: RiskView): string {
  if (rules === null) return reason;
  const { template, edition, content } = rules;
  const level = protection === null ? '' : `, ${protection.level} at ${protection.safety / 10} %`;
  const locked = lock === null ? '' : `, entries locked: ${lock.reason}`;
  return `${template}, edition ${edition}, ${content.slice(0, 12)}${level}, ${state}${locked}`;
}

function misused(error: string, terminal: Terminal): Promise<number> {
  terminal.note(`${error}. ${USAGE}`);
  return Promise.resolve(EXIT.usage);
}
