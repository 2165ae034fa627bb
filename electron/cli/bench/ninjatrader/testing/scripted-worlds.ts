import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NinjaTraderHost } from '../ninjatrader-host.ts';
import { ScriptedApp } from './scripted-app.ts';
import { ACCOUNTS, ES } from './worlds.ts';

export interface ScriptedWorld {
  readonly host: NinjaTraderHost;
  readonly app: ScriptedApp;
}

export interface ScriptedWorldTerms {
  readonly zone?: string;
  readonly culture?: string;
}

/** The AddOn with two accounts at work, and an app that is spoken by hand; cleared away after the test. */
export class ScriptedWorlds {
  readonly #open: (() => Promise<void> | void)[] = [];

  async open({ zone, culture }: ScriptedWorldTerms = {}): Promise<ScriptedWorld> {
    const folder = mkdtempSync(join(tmpdir(), 'enigma-apex-addon-'));
    this.#open.push(() => rmSync(folder, { recursive: true, force: true }));
    const host = await NinjaTraderHost.launch({ folder, ...(zone === undefined ? {} : { zone }) });
    this.#open.push(() => host.stop());
    const app = await ScriptedApp.open(host.folders.pairingFile);
    this.#open.push(() => app.close());
    if (culture !== undefined) await host.do('setCulture', { culture });
    await host.do('addConnection', { connection: 'Rithmic' });
    for (const account of ACCOUNTS) {
      await host.do('addAccount', { account, connection: 'Rithmic', cash: 50_000 });
    }
    await host.do('connect', { connection: 'Rithmic' });
    await host.do('setPrice', { instrument: ES, last: 6_000 });
    await host.do('start');
    await app.joined();
    for (const name of ACCOUNTS) await app.knows(name);
    return { host, app };
  }

  async clear(): Promise<void> {
    for (const end of this.#open.splice(0).reverse()) await end();
  }
}
