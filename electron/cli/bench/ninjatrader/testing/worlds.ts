import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Execution } from '../../../../../shared/domain/account/execution.ts';
import { AddonWorld, type AddonWorldTerms } from '../addon-world.ts';
import { isOfTime, type Violation } from '../host-answers.ts';
import type { NinjaTraderHost } from '../ninjatrader-host.ts';

/** The front month that every test trades in. */
export const ES = 'ES 12-26';

/** The accounts that every test begins with. */
export const ACCOUNTS = ['APEX-1', 'APEX-2'] as const;

/** Worlds in temporary folders, opened as a test asks and cleared away after it. */
export class Worlds {
  readonly #open: { readonly world: AddonWorld | null; readonly folder: string }[] = [];

  folder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'enigma-apex-addon-'));
    this.#open.push({ world: null, folder });
    return folder;
  }

  async open(terms: Omit<AddonWorldTerms, 'folder'> = {}): Promise<AddonWorld> {
    const folder = this.folder();
    const world = await AddonWorld.open({ folder, ...terms });
    this.#open.push({ world, folder });
    return world;
  }

  /** Two accounts of one connection with a price, and the AddOn at work. */
  async trading(terms: Omit<AddonWorldTerms, 'folder'> = {}): Promise<AddonWorld> {
    const world = await this.open(terms);
    await begin(world);
    return world;
  }

  async clear(): Promise<void> {
    for (const { world, folder } of this.#open.splice(0).reverse()) {
      await world?.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** Brings up the connection, its accounts and the AddOn in a host that has none of them yet. */
export async function begin(
  world: AddonWorld,
  accounts: readonly string[] = ACCOUNTS,
): Promise<void> {
  await prepare(world.host, accounts);
  await world.linked();
  await world.until('every account at the desk', () =>
    accounts.every((account) => world.account(account)?.identity.connectionStatus === 'connected'),
  );
}

/** NinjaTrader dies and comes back with the AddOn in it, while the broker goes on; the desk may be away. */
export async function restartHost(
  world: AddonWorld,
  accounts: readonly string[] = ACCOUNTS,
): Promise<void> {
  const frozen = Frozen.parse(await world.host.do('freeze'));
  await world.killHost();
  await world.openHost();
  await prepare(world.host, accounts, frozen.accounts);
}

const Frozen = z.looseObject({
  accounts: z.array(
    z.looseObject({ account: z.string(), orders: z.array(z.json()), fills: z.array(z.json()) }),
  ),
});
type History = z.infer<typeof Frozen>['accounts'][number];

/** The accounts on their line, with a price, and the AddOn at work. */
export async function prepare(
  host: NinjaTraderHost,
  accounts: readonly string[],
  histories: readonly History[] = [],
): Promise<void> {
  await bringUp(host, accounts, histories);
  await host.do('start');
}

/** The same without an AddOn. */
export async function bringUp(
  host: NinjaTraderHost,
  accounts: readonly string[],
  histories: readonly History[] = [],
): Promise<void> {
  await host.do('addConnection', { connection: 'Rithmic' });
  await host.do('setPrice', { instrument: ES, last: 6_000 });
  for (const account of accounts) {
    await host.do('addAccount', { account, connection: 'Rithmic', cash: 50_000 });
    const known = histories.find((history) => history.account === account);
    if (known === undefined) continue;
    await host.do('recall', { account, orders: known.orders, fills: known.fills });
  }
  await host.do('connect', { connection: 'Rithmic' });
}

/** Every execution that is on the desk's disk, in the order of the journal. */
export function journaled(world: AddonWorld): readonly Execution[] {
  const { journal } = world.desk.store;
  const flushed = journal.flush();
  if (!flushed.ok) throw new Error(flushed.error.detail);
  return [...journal.read(1)].flatMap(({ entry }) =>
    entry.kind === 'execution.reported' ? [entry.execution] : [],
  );
}

/** What the AddOn did wrong; not how long it took, which is the benchmark's business on a machine of its own. */
export function wrongs(host: NinjaTraderHost): readonly Violation[] {
  return host.violations.filter((each) => !isOfTime(each));
}
