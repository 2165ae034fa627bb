import type { DeskView } from '../../../shared/protocol/ipc/views.ts';
import { connectingScene, emptyScene, exposedScene, flatScene } from './base-scenes.ts';
import { longNamesScene, twentyScene } from './crowd-scenes.ts';
import {
  acceptedScene,
  armedScene,
  confirmedScene,
  refusedScene,
  sentScene,
  unresolvedScene,
  verifyingScene,
} from './flatten-scenes.ts';
import {
  riskAloneScene,
  riskCriticalScene,
  riskCrowdScene,
  riskDoubtfulScene,
  riskFailedScene,
  riskNoticeScene,
  riskOkScene,
  riskSoftLockScene,
  riskStaleScene,
  riskUnknownScene,
  riskWarningScene,
} from './risk-scenes.ts';
import {
  disconnectedScene,
  guardScene,
  offlineScene,
  portTakenScene,
  staleScene,
  storeFailingScene,
} from './trouble-scenes.ts';

/** Every state of the desk that was designed, by name. */
export const SCENARIOS = {
  empty: emptyScene,
  connecting: connectingScene,
  flat: flatScene,
  exposed: exposedScene,
  'twenty-accounts': twentyScene,
  stale: staleScene,
  offline: offlineScene,
  'disconnected-account': disconnectedScene,
  'flatten-sent': sentScene,
  'flatten-accepted': acceptedScene,
  'flatten-verifying': verifyingScene,
  'flatten-confirmed': confirmedScene,
  'flatten-unresolved': unresolvedScene,
  'flatten-armed': armedScene,
  'flatten-refused': refusedScene,
  guard: guardScene,
  'store-failing': storeFailingScene,
  'port-taken': portTakenScene,
  demo: () => ({ ...exposedScene(), mode: 'demo', accounts: exposedScene().accounts.map(asDemo) }),
  'long-names': longNamesScene,
  'risk-ok': riskOkScene,
  'risk-notice': riskNoticeScene,
  'risk-warning': riskWarningScene,
  'risk-critical': riskCriticalScene,
  'risk-soft-lock': riskSoftLockScene,
  'risk-failed': riskFailedScene,
  'risk-unknown': riskUnknownScene,
  'risk-stale': riskStaleScene,
  'risk-doubtful': riskDoubtfulScene,
  'risk-crowd': riskCrowdScene,
  'risk-alone': riskAloneScene,
} as const satisfies Record<string, () => DeskView>;

export type ScenarioName = keyof typeof SCENARIOS;

function asDemo(account: DeskView['accounts'][number]): DeskView['accounts'][number] {
  return { ...account, badge: 'DEMO', connection: 'Simulated NinjaTrader' };
}
