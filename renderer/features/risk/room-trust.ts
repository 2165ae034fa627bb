import type { AccountView } from '../../../shared/protocol/ipc/views.ts';

/** Whether the figures are the last known ones, or ones that are not acted on. */
export function isOld({ freshness, risk }: Pick<AccountView, 'freshness' | 'risk'>): boolean {
  return freshness !== 'live' || risk.figureDoubt !== '';
}

/** Whether the distance to the floor can be taken as it stands. */
export function isCertain(account: Pick<AccountView, 'freshness' | 'risk'>): boolean {
  return !isOld(account) && !account.risk.midCycle && account.risk.severity !== 'unknown';
}
