import type { IncomingHttpHeaders } from 'node:http';
import { BRIDGE_PATH } from '../../shared/protocol/versions.ts';

/** An HTTP answer to a request that may not become a session; the body is for a person. */
export interface HttpRefusal {
  readonly status: number;
  readonly body: string;
}

export interface UpgradeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost']);

/**
 * Decides whether a request may become a WebSocket. A browser always sends `Origin` and cannot leave it
 * out, so no web page gets in; a foreign `Host` is how a rebound DNS name shows itself.
 */
export function refuseUpgrade(request: UpgradeRequest, port: number): HttpRefusal | null {
  if (request.headers.origin !== undefined) {
    return { status: 403, body: 'Web pages may not talk to the bridge (Origin header present).' };
  }
  if (!isLoopbackHost(request.headers.host, port)) {
    return { status: 421, body: `The bridge answers for 127.0.0.1:${port} only (wrong Host).` };
  }
  if (request.url !== BRIDGE_PATH) {
    return { status: 404, body: `Nothing here. This app speaks ${BRIDGE_PATH}.` };
  }
  if (request.method !== 'GET' || request.headers.upgrade?.toLowerCase() !== 'websocket') {
    return { status: 426, body: `${BRIDGE_PATH} is a WebSocket.` };
  }
  return null;
}

function isLoopbackHost(host: string | undefined, port: number): boolean {
  if (host === undefined) return false;
  const [name, given, ...rest] = host.toLowerCase().split(':');
  if (rest.length > 0 || name === undefined || !LOOPBACK_HOSTS.has(name)) return false;
  return given === undefined ? port === 80 : given === String(port);
}
