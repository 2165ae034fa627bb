import type { EpochMs } from '../../shared/kernel/clock.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { LinkStatus } from '../engine/ports.ts';
import type { PairingError } from './pairing.ts';
import type { LinkCounters, Session } from './session.ts';
import type { ListenError } from './ws-server.ts';

export interface BridgePhase {
  readonly state: LinkStatus['state'];
  readonly detail: string;
}

export interface StatusParts {
  readonly phase: BridgePhase;
  readonly session: Session | null;
  readonly port: number | null;
  readonly connectedAt: EpochMs | null;
  readonly messagesPerSecond: number;
  readonly counters: LinkCounters;
  readonly reconnects: number;
}

/** What the desk is told about the link. */
export function statusOf(parts: StatusParts): LinkStatus {
  const { phase, session, counters } = parts;
  const hello = session?.peer.hello;
  return {
    state: phase.state,
    detail: phase.detail,
    port: parts.port,
    sessionId: session?.peer.sessionId ?? null,
    peer:
      hello === undefined
        ? null
        : {
            platform: hello.platform,
            platformVersion: hello.platformVersion,
            addonVersion: hello.addonVersion,
          },
    connectedAt: parts.connectedAt,
    heardAt: session?.heardAt.wall ?? null,
    messagesPerSecond: parts.messagesPerSecond,
    latencyMs: session?.latencyMs ?? null,
    gaps: counters.gaps,
    refused: counters.refused,
    reconnects: parts.reconnects,
  };
}

/** Why the bridge cannot work, for a person. */
export function failureText(error: ListenError | PairingError): string {
  switch (error.code) {
    case 'PORT_TAKEN':
      return `Port ${error.port} is in use by ${error.holder ?? 'another program'}.`;
    case 'CANNOT_LISTEN':
      return `The bridge cannot listen: ${error.detail}.`;
    case 'CORRUPT':
      return `The pairing file is damaged (${error.detail}). Make a new key to pair again.`;
    case 'UNREADABLE':
      return `The pairing file cannot be read (${error.detail}).`;
    case 'NOT_WRITABLE':
      return `The pairing file cannot be written (${error.detail}).`;
    case 'NOT_PRIVATE':
      return `The pairing file is open to others (${error.detail}).`;
    default:
      return assertNever(error);
  }
}
