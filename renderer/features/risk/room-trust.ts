import type { AccountView } from '../../../shared/protocol/ipc/views.ts';

/** Whether the figures are the last known ones, or ones that are not acted on. */
export function isOld({ freshness, risk }: Pick<AccountView, 'freshness' | 'risk'>): boolean {
  return freshness !== 'live' || risk.figureDoubt !== '';
}

/** Whether the distance to the floor can be taken as it stands. */
export function isCertain(account: Pick<AccountView, 'freshness' | 'risk'>): boolean {
  const { midCycle, verdicts, binding } = account.risk;
  const bound = verdicts.find(({ id }) => id === binding);
  return !isOld(account) && !midCycle && bound?.severity !== 'unknown';
}
