import { join } from 'node:path';
import type { HeadlessDesk } from '../../headless-desk.ts';
import type { LinkListener } from '../../../engine/ports.ts';
import { NinjaTraderHost } from '../ninjatrader/ninjatrader-host.ts';
import type { Stage } from '../stage.ts';

export const ACCOUNTS = ['ADDON-1', 'ADDON-2', 'ADDON-3', 'ADDON-4', 'ADDON-5'] as const;
export const CONTRACTS = ['ES 12-26', 'NQ 12-26'] as const;
const PRICES: Readonly<Record<(typeof CONTRACTS)[number], number>> = {
  'ES 12-26': 6_000,
  'NQ 12-26': 21_500,
};
const CONNECTED_WITHIN_MS = 30_000;

/** The folder that a host of this folder reads its pairing from. */
export function dataFolderOf(folder: string): string {
  return join(folder, 'data', 'Enigma Apex');
}

/** A desk where the AddOn of a host in this folder finds it. */
export async function openDesk(
  stage: Stage,
  folder: string,
  tap?: (listener: LinkListener) => LinkListener,
): Promise<HeadlessDesk> {
  return stage.openDesk({ folder: dataFolderOf(folder), ...(tap === undefined ? {} : { tap }) });
}

/** Five connected accounts, two contracts with a price, and the AddOn at work; the stage ends it. */
export async function startPlatform(stage: Stage, folder: string): Promise<NinjaTraderHost> {
  const host = await NinjaTraderHost.launch({ folder });
  const forget = stage.onClose(() => host.stop());
  try {
    await host.do('addConnection', { connection: 'Bench' });
    for (const account of ACCOUNTS) {
      await host.do('addAccount', { account, connection: 'Bench', cash: 50_000 });
    }
    await host.do('connect', { connection: 'Bench' });
    for (const instrument of CONTRACTS) {
      await host.do('setPrice', { instrument, last: PRICES[instrument] });
    }
    await host.do('start');
    return host;
  } catch (error) {
    forget();
    await host.stop();
    throw error;
  }
}

/** Waits until the desk knows every account of the platform in the present session. */
export async function joined(stage: Stage, { engine }: HeadlessDesk): Promise<void> {
  const isJoined = (): boolean => {
    const { link, accounts } = engine.state();
    const names = [...accounts].filter(
      ([, { identity }]) => identity.connectionStatus === 'connected',
    );
    const known = new Set(names.map(([name]) => String(name)));
    return link.isOpen && ACCOUNTS.every((name) => known.has(name));
  };
  if (await stage.until(isJoined, CONNECTED_WITHIN_MS)) return;
  throw new Error('The AddOn did not come to the desk.');
}
