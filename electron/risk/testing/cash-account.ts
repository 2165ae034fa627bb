import { item } from '../../../shared/testing/desk-facts.ts';
import { dollars, riskWorld } from './risk-world.ts';

type World = ReturnType<typeof riskWorld>;

/** By then the desk has decided what a change of cash was. */
export const WAIT_MS = 10_100;

/** A flat account with limits of the day whose cash of 50,000 is known. */
export function watchedAccount(template: string): World {
  const world = riskWorld();
  world.connect();
  world.assign({ template, hasDailyLimit: true });
  world.clock.advance(WAIT_MS);
  tellCash(world, 50_000);
  return world;
}

/** The broker tells another balance of an account that is flat. */
export function tellCash(world: World, amount: number): void {
  world.takeNext(
    (seq) => item(seq, 'cashValue', dollars(amount)),
    (seq) => item(seq, 'netLiquidation', dollars(amount)),
  );
}
