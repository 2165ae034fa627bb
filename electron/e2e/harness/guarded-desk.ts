import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../../../build/bootstrap/checkout.ts';
import type { RiskAnswerView, RulesWish } from '../../../shared/protocol/ipc/risk-calls.ts';
import type { AccountView, DeskView } from '../../../shared/protocol/ipc/views.ts';
import type { EpochMs } from '../../../shared/kernel/clock.ts';
import { SAFETY } from '../../../shared/domain/risk/protection/own-limit.ts';
import { sessionFacts } from '../../../shared/domain/risk/protection/session-facts.ts';
import { writeOverrides } from '../../risk/override-file.ts';
import type { DeskApp } from './desk-app.ts';

/** Trails 2,000 below the highest equity of an account that begins with 50,000. */
export const TRAILING = 'apex.4_0.intraday.eval.50k.rithmic';
/** Ten-thousandths. */
export const TRAIL = 20_000_000;

/** The account that is judged, and the one beside it that nobody judges. */
export const GUARDED = 'Sim101';
export const BESIDE = 'Sim102';

/** Longer than any run. */
const RUN_MS = 180_000;

const RECORDING = join(checkout, '..', 'shared', 'data', 'market', 'es-201312-20131008-minute.csv');

/**
 * Words for the simulator: the morning of a falling day, a minute to the second. Its prices keep the times of their
 * day, so that no run comes to the end of a session by them. Null, and told, where there is no recording or a
 * session ends during the run.
 */
export function fallingMarket(): readonly string[] | null {
  if (!existsSync(RECORDING)) {
    console.warn(`SKIPPED: ${RECORDING} is not there.`);
    return null;
  }
  if (opensSoon(Date.now() as EpochMs)) {
    console.warn('SKIPPED: a session opens within minutes, and locks end with it.');
    return null;
  }
  const start = ['--from', '2013-10-08T14:32:00Z', '--times', 'original'];
  const pace = ['--history-minutes', '5', '--speed', '60', '--seed', '3'];
  return ['--market', RECORDING, '--accounts', '2', '--cash', '50000', ...start, ...pace];
}

function opensSoon(now: EpochMs): boolean {
  const { opensNext } = sessionFacts('ES', now);
  return opensNext !== null && opensNext - now < RUN_MS;
}

/** The trader's own value for the template: no hour of the day is to flatten what a test holds. */
export function withoutFlatBy(dataFolder: string): void {
  const written = writeOverrides(join(dataFolder, 'overrides.json'), [
    {
      ...{ template: TRAILING, path: 'session.flatBy', value: 'none', packValue: null },
      ...{ by: 'test', at: 1_767_614_400_000, reason: 'Tests run at any hour' },
    },
  ]);
  if (!written.ok) throw new Error(written.error.detail);
}

/** Chooses the rules of an account through the window's own channel. */
export async function assign(
  desk: DeskApp,
  level: RulesWish['level'],
  safety: number = SAFETY.balanced,
): Promise<RiskAnswerView> {
  const wish: RulesWish = {
    ...{ account: GUARDED, template: TRAILING, level, safety, insists: true },
    ...{ start: 'fresh', peak: null, hasDailyLimit: false },
  };
  const page = await desk.page();
  const reply = await page.evaluate((asked) => window.desk.call('risk.assign', asked), wish);
  if (!reply.ok) throw new Error(reply.error.message);
  return reply.value;
}

/** Asks for the end of the locks through the window's own channel. */
export async function unlock(desk: DeskApp, reason: string): Promise<RiskAnswerView> {
  const page = await desk.page();
  const wish = { account: GUARDED, reason };
  const reply = await page.evaluate((asked) => window.desk.call('risk.unlock', asked), wish);
  if (!reply.ok) throw new Error(reply.error.message);
  return reply.value;
}

export function accountIn({ accounts }: DeskView, name = GUARDED): AccountView {
  const found = accounts.find((account) => account.name === name);
  if (found === undefined) throw new Error(`${name} is not shown.`);
  return found;
}

/** Everything that the feed says, oldest first. */
export function told({ feed }: DeskView): string {
  return feed.map(({ text }) => text).join('\n');
}
