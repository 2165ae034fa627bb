import type { DeskView, FlattenView, ProofView } from '../../../shared/protocol/ipc/views.ts';
import { exposedScene, flatScene } from './base-scenes.ts';
import { offlineScene, withEvent } from './trouble-scenes.ts';
import { ES, flatten, NQ, SCENE } from './view-parts.ts';

const OPEN = [
  { account: 'APEX-114203', instrument: ES.name, quantity: 2, liveOrders: 2 },
  { account: 'APEX-114203', instrument: NQ.name, quantity: -1, liveOrders: 1 },
];

function running(scene: DeskView, run: FlattenView): DeskView {
  const withRun: DeskView = { ...scene, status: 'warning', flattens: [run] };
  return withEvent(withRun, 'notice', 'Flatten everything asked for by the button in this window.');
}

/** The command is on its way. */
export function sentScene(): DeskView {
  return running(exposedScene(), flatten('flat-1', { state: 'sent', remaining: OPEN }));
}

/** NinjaTrader is closing; the trader pressed three times. */
export function acceptedScene(): DeskView {
  return running(
    exposedScene(),
    flatten('flat-1', { state: 'accepted', presses: 3, remaining: OPEN.slice(0, 1) }),
  );
}

/** Nothing is reported any more; the watch runs. */
export function verifyingScene(): DeskView {
  return running(
    flatScene(),
    flatten('flat-1', {
      state: 'verifying',
      requestedAt: SCENE - 3_900,
      changedAt: SCENE - 3_200,
      verifiesAt: SCENE + 6_800,
    }),
  );
}

/** Proven. */
export function confirmedScene(): DeskView {
  const run = flatten('flat-1', {
    state: 'confirmed',
    requestedAt: SCENE - 51_000,
    changedAt: SCENE - 40_000,
    presses: 3,
    message: 'Flat, proven by two complete reports and a quiet watch.',
  });
  return withEvent({ ...flatScene(), flattens: [run] }, 'notice', 'Everything was proven flat.');
}

/** Tried everything; a position is left. */
export function unresolvedScene(): DeskView {
  const run = flatten('flat-1', {
    state: 'unresolved',
    requestedAt: SCENE - 34_000,
    changedAt: SCENE - 4_000,
    presses: 4,
    attempt: 3,
    code: 'NOT_FLAT_IN_TIME',
    remaining: OPEN,
    message:
      'NinjaTrader still reports exposure after 30 s. By hand: in NinjaTrader open the Control Center, Accounts tab, right-click APEX-114203 and choose Flatten Everything; if that fails, call your broker’s trade desk.',
  });
  return withEvent(
    { ...exposedScene(), status: 'warning', flattens: [run] },
    'critical',
    'Flatten everything is unresolved: long 2 ES 03-26 and short 1 NQ 03-26 are still reported.',
  );
}

/** Asked while the link was down: nothing was sent, and it will be when the link returns. */
export function armedScene(): DeskView {
  const run = flatten('flat-1', {
    state: 'unresolved',
    requestedAt: SCENE - 9_000,
    changedAt: SCENE - 9_000,
    code: 'LINK_DOWN',
    remaining: OPEN,
    armed: true,
    message:
      'The link to NinjaTrader is down, so nothing could be sent. By hand: flatten APEX-114203 in NinjaTrader now; if the computer lost its network, call your broker’s trade desk.',
  });
  return { ...offlineScene(), flattens: [run] };
}

/** NinjaTrader would not do it. */
export function refusedScene(): DeskView {
  const run = flatten('flat-1', {
    scope: { kind: 'account', account: 'APEX-114203' },
    door: 'accountCard',
    state: 'refused',
    code: 'UNKNOWN_ACCOUNT',
    remaining: OPEN,
    message:
      'NinjaTrader says that it does not know this account. By hand: close the positions in NinjaTrader and check the account’s connection.',
  });
  return withEvent(
    { ...exposedScene(), status: 'warning', flattens: [run] },
    'critical',
    'Flatten of APEX-114203 was refused by NinjaTrader.',
  );
}

/** The proof that belongs to the confirmed scene. */
export const PROOF: ProofView = {
  flattenId: 'flat-1',
  scope: { kind: 'all' },
  door: 'dashboard',
  requestedAt: SCENE - 51_000,
  firstFlatAt: SCENE - 50_180,
  confirmedAt: SCENE - 40_000,
  watchMs: 10_000,
  accounts: ['Sim101', 'APEX-114203'],
  notCovered: ['APEX-90001'],
  presses: 3,
  steps: [
    { at: SCENE - 51_000, code: 'requested', detail: 'Everything, by the button in this window' },
    { at: SCENE - 50_999, code: 'commandSent', detail: 'Attempt 1, market' },
    { at: SCENE - 50_940, code: 'commandAccepted', detail: '' },
    { at: SCENE - 50_700, code: 'requestedAgain', detail: 'Press 2' },
    { at: SCENE - 50_640, code: 'exposureSeen', detail: 'Short 1 NQ 03-26 in APEX-114203' },
    { at: SCENE - 50_520, code: 'requestedAgain', detail: 'Press 3' },
    {
      at: SCENE - 50_300,
      code: 'commandFinished',
      detail: '3 orders cancelled, 2 positions closed',
    },
    { at: SCENE - 50_180, code: 'flatReported', detail: 'Report snap-41, 2 accounts' },
    { at: SCENE - 50_180, code: 'watchStarted', detail: '10 s' },
    { at: SCENE - 40_000, code: 'confirmed', detail: 'Report snap-52, 2 accounts' },
  ],
};
