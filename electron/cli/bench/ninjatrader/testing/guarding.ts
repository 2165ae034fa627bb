import type { AccountName } from '../../../../../shared/domain/account/account.ts';
import { unlimited, type GuardLimits } from '../../../../../shared/domain/guard/limits.ts';
import { money } from '../../../../../shared/domain/money/money.ts';
import type { AddonWorld } from '../addon-world.ts';
import type { StepArguments } from '../ninjatrader-host.ts';
import { ACCOUNTS, ES } from './worlds.ts';

export const [LOCKED, OTHER] = ACCOUNTS as unknown as readonly [AccountName, AccountName];
export const LOCK = { entriesLocked: true, reason: 'daily limit' };
/** A thousand below what an account begins with. */
export const FLOOR = { hardFloor: money(490_000_000) };

/** Sets a guard at the desk and waits until the AddOn says that it holds it. */
export async function guarded(
  world: AddonWorld,
  ...limits: readonly Partial<GuardLimits>[]
): Promise<void> {
  const { guard } = world.desk.engine;
  for (const each of limits) guard.set({ ...unlimited(LOCKED), ...each });
  await armed(
    world,
    limits.map(({ account }) => account ?? LOCKED),
  );
}

export async function armed(world: AddonWorld, accounts: readonly AccountName[]): Promise<void> {
  const { guard } = world.desk.engine;
  await world.until('the armed guard', () =>
    accounts.every((name) => guard.verdict(name, world.clock.wall()).state === 'armed'),
  );
}

export function order(
  account: string,
  action: string,
  quantity: number,
  more: StepArguments = {},
): StepArguments {
  return { account, instrument: ES, action, quantity, ...more };
}

/** An entry far from the market. */
export function bid(account: string): StepArguments {
  return order(account, 'Buy', 1, { type: 'Limit', limit: 5_900 });
}

export async function position(world: AddonWorld, account: string): Promise<number> {
  return (await world.host.books(account)).positions[0]?.quantity ?? 0;
}

export async function holds(world: AddonWorld, account: string, quantity: number): Promise<void> {
  const due = `${account} at ${quantity}`;
  await world.until(due, async () => (await position(world, account)) === quantity);
}

/** Waits until a new entry has been taken out of the market again. */
export async function isBlocked(world: AddonWorld, account: string): Promise<void> {
  const entry = await world.host.submit(bid(account));
  await world.until(`the end of entry ${entry}`, async () => {
    const { orders } = await world.host.shown(account);
    return orders.some(({ id, state }) => id === entry && state === 'Cancelled');
  });
}
