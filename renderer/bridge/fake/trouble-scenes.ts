import type { DeskView, FeedEntryView } from '../../../shared/protocol/ipc/views.ts';
import { agedAccount, agedScene } from './aged-scene.ts';
import { emptyScene, exposedAccount, exposedScene } from './base-scenes.ts';
import { dollars, guard, NOT_REPORTED, SCENE } from './view-parts.ts';

/** A scene with one more thing that happened. */
export function withEvent(
  scene: DeskView,
  severity: FeedEntryView['severity'],
  text: string,
  agoMs = 1_500,
): DeskView {
  const entry = { id: 500 + scene.feed.length, at: SCENE - agoMs, severity, account: null, text };
  return { ...scene, feed: [...scene.feed, entry] };
}

/** The AddOn is silent; the socket still stands. */
export function staleScene(): DeskView {
  const scene = agedScene(exposedScene(), 4_700);
  return withEvent(
    {
      ...scene,
      status: 'warning',
      bridge: { ...scene.bridge, state: 'stale', messagesPerSecond: 0 },
      accounts: scene.accounts.map((one) => ({ ...one, freshness: 'stale' })),
    },
    'warning',
    'NinjaTrader has been silent for 3 s.',
  );
}

/** The link is gone while a position is open. */
export function offlineScene(): DeskView {
  const scene = agedScene(exposedScene(), 46_700);
  return withEvent(
    {
      ...scene,
      status: 'offline',
      bridge: {
        ...scene.bridge,
        state: 'lost',
        detail: 'The AddOn closed the connection. Waiting for it to come back.',
        peer: null,
        connectedAt: null,
        messagesPerSecond: 0,
        latencyMs: null,
        gaps: 1,
        reconnects: 2,
      },
      accounts: scene.accounts.map((one) => ({ ...one, freshness: 'offline' })),
    },
    'critical',
    'Link to NinjaTrader lost with 2 positions open.',
    46_800,
  );
}

/** NinjaTrader is there; its connection to one broker is not. */
export function disconnectedScene(): DeskView {
  const scene = exposedScene();
  return withEvent(
    {
      ...scene,
      status: 'warning',
      accounts: [
        ...scene.accounts.slice(0, 1),
        {
          ...agedAccount(exposedAccount(), 61_600),
          freshness: 'disconnected',
          connectionStatus: 'connectionLost',
          netLiquidation: NOT_REPORTED,
        },
      ],
    },
    'warning',
    'NinjaTrader lost its connection "Rithmic for NinjaTrader".',
  );
}

/** One account is guarded; the guard of another is refused. */
export function guardScene(): DeskView {
  const scene = exposedScene();
  const guards = [
    guard({ entriesLocked: true, lockedUntil: SCENE + 3_600_000, reason: 'daily limit' }),
    guard({
      state: 'notSynced',
      maxContracts: 2,
      hardFloor: dollars(47_500),
      flattenAtFloor: true,
      code: 'REFUSED',
      problem: 'the AddOn refused it (BAD_COMMAND, revision 4 is in force)',
      since: SCENE - 40_000,
    }),
  ];
  return withEvent(
    {
      ...scene,
      status: 'warning',
      accounts: scene.accounts.map((one, place) => ({ ...one, guard: guards[place] ?? one.guard })),
    },
    'notice',
    'Guard: Sim101 entries locked until 2026-01-05 16:04 UTC (daily limit).',
  );
}

/** The journal's disk does not take writes. */
export function storeFailingScene(): DeskView {
  return withEvent(
    {
      ...exposedScene(),
      status: 'warning',
      store: { state: 'full', detail: 'No space left on drive C:.', pending: 214 },
    },
    'warning',
    'The journal cannot be written: no space left on drive C:.',
  );
}

/** Another program holds the bridge's port. */
export function portTakenScene(): DeskView {
  const scene = emptyScene();
  return withEvent(
    {
      ...scene,
      bridge: {
        ...scene.bridge,
        state: 'failed',
        detail:
          'Port 8765 is held by another program (python.exe, process 4120). Close it, or choose another port in Settings.',
      },
    },
    'critical',
    'The bridge could not open port 8765.',
  );
}
