import { join } from 'node:path';
import type { EpochMs } from '../../../shared/kernel/clock.ts';
import type { AccountName } from '../../../shared/domain/account/account.ts';
import { foldJournal } from '../../../shared/domain/journal/fold.ts';
import { step } from '../../../shared/domain/risk/engine.ts';
import type { Verdict } from '../../../shared/domain/risk/verdict.ts';
import { FakeClock } from '../../../shared/testing/fake-clock.ts';
import { PACK_DAY, shippedLibrary } from '../../cli/shipped-packs.ts';
import { JournalStore } from '../../store/journal-store.ts';
import { openDatabase } from '../../store/sqlite.ts';
import { resumedState } from '../account-engine.ts';
import { PackArchive } from '../pack-content.ts';
import { rulesInForce } from '../rules-in-force.ts';

/** The verdicts that a journal comes to by itself at an instant, and the number of its rows that led to them. */
export function replayRisk(
  folder: string,
  account: AccountName,
  at: EpochMs,
): { readonly verdicts: readonly Verdict[]; readonly rows: number } {
  const journal = new JournalStore({
    open: () => openDatabase({ path: join(folder, 'journal.db') }),
    timers: new FakeClock(),
    runId: 'replay',
  });
  const records = [...journal.read(1)];
  journal.close();
  const risk = foldJournal(records).risk.get(account);
  const kept = risk?.kept ?? null;
  const assigned = risk?.assigned.at(-1);
  if (risk === undefined || kept === null || assigned === undefined)
    throw new Error('Nothing was kept.');
  const archive = new PackArchive(join(folder, 'rules'));
  const rules = rulesInForce({ library: shippedLibrary(PACK_DAY), archive }, assigned, kept.own);
  if (!rules.ok) throw new Error(rules.error);
  const state = resumedState(rules.value, kept.core, risk.taken);
  const rows = records.filter(({ entry }) => entry.kind === 'risk.taken').length;
  const judged = step(rules.value.engine, state, { kind: 'tick', at });
  if (!judged.ok) throw new Error(judged.error.code);
  return { verdicts: judged.value.verdicts, rows };
}
