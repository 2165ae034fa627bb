import type { LinkStatus } from './ports.ts';

/** The link before the bridge has said anything. */
export const NO_LINK_YET: LinkStatus = {
  state: 'starting',
  detail: 'The bridge is starting.',
  port: null,
  sessionId: null,
  peer: null,
  connectedAt: null,
  heardAt: null,
  messagesPerSecond: 0,
  latencyMs: null,
  gaps: 0,
  refused: 0,
  reconnects: 0,
};
