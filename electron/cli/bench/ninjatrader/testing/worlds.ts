import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AddonWorld, type AddonWorldTerms } from '../addon-world.ts';

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
  const { host } = world;
  await host.do('addConnection', { connection: 'Rithmic' });
  for (const account of accounts) {
    await host.do('addAccount', { account, connection: 'Rithmic', cash: 50_000 });
  }
  await host.do('connect', { connection: 'Rithmic' });
  await host.do('setPrice', { instrument: ES, last: 6_000 });
  await host.do('start');
  await world.linked();
  await world.until('every account at the desk', () =>
    accounts.every((account) => world.account(account)?.identity.connectionStatus === 'connected'),
  );
}
